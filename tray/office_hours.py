"""When is somebody there to read a notice? Pure: quiet hours, weekends and the next working morning, in local time.

`zone` is the office's, None the system's; what comes out is aware UTC. Public holidays are not known here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tray.settings import Notify

MORNING = time(9)
_SATURDAY = 5
_DAY = timedelta(days=1)
_STEP = timedelta(minutes=1)


def is_quiet(moment: datetime, notify: Notify, zone: tzinfo | None = None) -> bool:
    local = moment.astimezone(zone)
    if not notify.weekends and local.weekday() >= _SATURDAY:
        return True
    if notify.quiet is None:
        return False
    (start, end), now = notify.quiet, local.time()
    return start <= now < end if start < end else now >= start or now < end


def quiet_ends(moment: datetime, notify: Notify, zone: tzinfo | None = None) -> datetime:
    """`moment` itself where it is not quiet."""
    moment = moment.astimezone(UTC)  # arithmetic in a zone goes by the clock on the wall
    while is_quiet(moment, notify, zone):
        # an hour that the clock goes through twice may end before it began
        moment = max(_next_end(moment, notify, zone), moment + _STEP)
    return moment


def working_morning(moment: datetime, days: int = 1, zone: tzinfo | None = None) -> datetime:
    """Nine o'clock so many days later, on a working day: on a Friday, tomorrow is Monday."""
    day = moment.astimezone(zone).date() + days * _DAY
    while day.weekday() >= _SATURDAY:
        day += _DAY
    return _at(day, MORNING, zone)


def _next_end(moment: datetime, notify: Notify, zone: tzinfo | None) -> datetime:
    local = moment.astimezone(zone)
    if notify.quiet is None or (not notify.weekends and local.weekday() >= _SATURDAY):
        return _at(local.date() + _DAY, time(0), zone)
    start, end = notify.quiet
    tomorrow = start > end and local.time() >= start
    return _at(local.date() + _DAY if tomorrow else local.date(), end, zone)


def _at(day: date, clock: time, zone: tzinfo | None) -> datetime:
    """A time that the clock skips is an hour later; of one that comes twice it is the first."""
    local = datetime.combine(day, clock)
    return (local.replace(tzinfo=zone) if zone else local.astimezone()).astimezone(UTC)
