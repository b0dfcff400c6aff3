"""When is an account's next sign-in, and is it told now? Pure: what was seen and is configured in, an answer out."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from auth.forecast import MICROSOFT, Because, Confidence, Customs, Forecast, forecast
from tray.health import Facts

FRESH = timedelta(days=2)
"""A date is told on the strength of an answer that is no older. After days off, or with a clock that was set, the next
check is seconds away, and knows better.
"""

UNRENEWED = timedelta(days=1)
"""The limit of inactivity is told only when checks have been answered for so long without a new refresh token: as long
as they bring one, the date never comes.
"""

BY_THE_HOUR = timedelta(days=2)
"""A sign-in that is given no more than this is told hours before, not days."""

WORKING_DAYS = 3
"""So many working days (Monday to Friday) ahead a sign-in is told that is given at least a week; a shorter one, one."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_SATURDAY = 5
_OPENS, _CLOSES = time(7), time(17)
"""When somebody may be at the PC: nobody is told at night that the sign-in ends before the morning."""


@dataclass(frozen=True)
class Outlook:
    """`due` is aware UTC. `told` is the last of the account's reminder days that has come: 3 from three days before on,
    0 where it is told by the hour. None: there is nothing to tell, or not yet.
    """

    due: datetime
    because: Because
    confidence: Confidence
    days_left: int
    told: int | None


def outlook(
    facts: Facts,
    sign_in_every: timedelta | None,
    remind_days: Collection[int],
    now: datetime,
    zone: tzinfo | None = None,
    usual: Customs = MICROSOFT,
) -> Outlook | None:
    """`now` by this PC's clock. `zone` is the office's, None the system's. `usual` is what the provider does by itself.

    None: nobody is signed in, or nobody can know.
    """
    if facts.held is None:
        return None
    expected = forecast(facts.held, facts.experience, sign_in_every, usual)
    if not expected:
        return None
    true_now = now - facts.held.clock_error
    for each in expected if remind_days else ():
        literally = each.because is not Because.LEARNED and facts.session <= 1
        told = _told(each, remind_days, true_now, zone, literally=literally)
        if told is not None and _may_be_told(each, facts, now):
            return _as_seen(each, true_now, told)
    return _as_seen(expected[0], true_now, None)


def _as_seen(found: Forecast, now: datetime, told: int | None) -> Outlook:
    return Outlook(found.due, found.because, found.confidence, days_left(found.due, now), told)


def days_left(due: datetime, now: datetime) -> int:
    """Whole days, rounded up: 14 from the moment on when 14 days are left. Never below 0."""
    return max(0, math.ceil((due - now) / _DAY))


def _may_be_told(found: Forecast, facts: Facts, now: datetime) -> bool:
    """A mere assumption is shown, but nobody is called for it."""
    if found.confidence is Confidence.ASSUMED or facts.held is None or facts.checked_at is None:
        return False
    if not timedelta() <= now - facts.checked_at <= FRESH:
        return False
    answered_at = facts.checked_at - facts.held.clock_error
    return found.by_age or answered_at - facts.held.refreshed_at >= UNRENEWED


def _told(
    found: Forecast, remind_days: Collection[int], now: datetime, zone: tzinfo | None, *, literally: bool
) -> int | None:
    """Days that are more than half of the time given would only say that the sign-in of this morning is over some day:
    in their place some working days ahead. The first time (`literally`) they are told all the same where that time is
    configured: so the person learns how short it is.
    """
    if found.limit <= BY_THE_HOUR:
        return 0 if now >= _hours_before(found, zone) else None
    fitting = [each for each in remind_days if literally or each * _DAY <= found.limit / 2]
    come = [each for each in fitting if found.due - now <= each * _DAY]
    if len(fitting) < len(remind_days):
        ahead, since = _working_days_before(found, zone)
        come += [ahead] if now >= since and ahead >= max(fitting, default=0) else []
    return min(come, default=None)


def _working_days_before(found: Forecast, zone: tzinfo | None) -> tuple[int, datetime]:
    """How many days before, and the beginning of that day in the office."""
    left, ahead = WORKING_DAYS if found.limit >= _WEEK else 1, 0
    due = found.due.astimezone(zone)
    while left:
        ahead += 1
        left -= (due - ahead * _DAY).weekday() < _SATURDAY
    return ahead, (due - ahead * _DAY).replace(hour=0, minute=0, second=0, microsecond=0)


def _hours_before(found: Forecast, zone: tzinfo | None) -> datetime:
    """The last third of the time given, but while the office is open: next morning, or the afternoon before."""
    start, due = (found.due - found.limit / 3).astimezone(zone), found.due.astimezone(zone)
    if _OPENS <= start.time() < _CLOSES:
        return start
    morning = start.replace(hour=_OPENS.hour, minute=0, second=0, microsecond=0)
    if start.time() >= _CLOSES:
        morning += _DAY
    evening = morning - _DAY + timedelta(hours=_CLOSES.hour - _OPENS.hour)
    return morning if morning < due else evening
