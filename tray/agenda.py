"""When is the next check or fetch of an account due? Pure: what was seen and what is configured in, a time out."""

from __future__ import annotations

from datetime import datetime, timedelta

from tray.health import Outage, State, Who
from tray.picture import Health

OFFLINE_RETRY = timedelta(minutes=1)
CONSENT_PROBE = timedelta(minutes=30)
"""Asking whether approval has come. More often, and Entra takes us for a loop (AADSTS50196)."""

DORMANT = timedelta(hours=6)
"""Nothing changes by asking again before the user has signed in, who is noticed at once."""


def next_check(health: Health, outage: Outage | None, every: timedelta, now: datetime, chance: float) -> datetime:
    """`outage`: nobody gave a definite answer the last time, even if that is too young to be shown as a state.

    `chance` in [0, 1) spreads the offices of this world: up to a tenth of the interval later, never earlier.
    """
    if outage:
        return now + max(min(every, OFFLINE_RETRY), outage.retry_after or timedelta()) * (1 + chance / 10)
    interval: timedelta = {
        State.CONSENT_PENDING: CONSENT_PROBE,
        # what an administrator mends is seen by asking only
        State.SIGN_IN_REQUIRED: max(every, DORMANT if health.who is Who.USER else CONSENT_PROBE),
    }.get(health.state, every)
    return now + interval * (1 + chance / 10)


def first_check(health: Health, every: timedelta, now: datetime, chance: float, spread: timedelta) -> datetime:
    """After a start: soon, unless the last check is young enough. `spread` is the longest that soon may take."""
    soon = now + spread * chance
    if health.checked_at is None or health.checked_at > now or health.state is not State.OK:
        return soon
    return max(soon, health.checked_at + every)


def next_fetch(every: timedelta, now: datetime, chance: float, failures: int) -> datetime:
    """Failures in a row stretch the interval, up to eightfold."""
    stretched = every * min(1 << failures, 8)
    return now + stretched * (1 + chance / 10)


def after_a_jump(last_start: datetime | None, now: datetime, chance: float, spread: timedelta) -> datetime | None:
    """After sleep or a set clock: soon. None: it has run just now, in the moment of waking up."""
    if last_start is not None and timedelta() <= now - last_start < timedelta(minutes=1):
        return None
    return now + spread * chance
