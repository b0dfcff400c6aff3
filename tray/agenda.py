"""When is the next check or fetch of an account due? Pure: what was seen and what is configured in, a time out."""

from __future__ import annotations

from datetime import datetime, timedelta

from tray.health import State
from tray.picture import Health
from tray.retry import Silence, asked_for, pause, silent, trouble

SPREAD_AFTER_PAUSE = timedelta(minutes=1)
"""A service that asked thousands of PCs for a pause does not see all of them again in the same second."""


def next_check(health: Health, silence: Silence, every: timedelta, now: datetime, chance: float) -> datetime:
    """`chance` in [0, 1) spreads the offices of this world: up to a tenth of the interval later, never earlier."""
    wait = pause(trouble(health, silence), silence, every, now)
    spread = max(wait / 10, SPREAD_AFTER_PAUSE) if asked_for(silence, now) else wait / 10
    return now + wait + spread * chance


def first_check(
    health: Health, silence: Silence, every: timedelta, now: datetime, chance: float, spread: timedelta
) -> datetime:
    """After a start: soon, unless the last check is young enough. `spread` is the longest that soon may take."""
    soon = at_first(silence, now, chance, spread)
    if health.checked_at is None or health.checked_at > now or health.state is not State.OK:
        return soon
    return max(soon, health.checked_at + every)


def next_fetch(silence: Silence, every: timedelta, now: datetime, chance: float, failures: int) -> datetime:
    """Failures in a row stretch the interval, up to eightfold; a pause that a server asked for is kept.

    What was nothing but silence is fetched as soon as a check is answered again.
    """
    stretched = max(every * min(1 << failures, 8), asked_for(silence, now))
    return now + stretched * (1 + chance / 10)


def next_sending(silence: Silence, due: datetime, now: datetime, soonest: timedelta) -> datetime:
    """`due`: the next letter's own time. While nobody answers, not each of its letters asks anew."""
    wait = pause(silent(silence), silence, soonest, now) if silence.outages else soonest
    return max(due, now + wait)


def at_first(silence: Silence, now: datetime, chance: float, spread: timedelta) -> datetime:
    """Soon, but not before the end of a pause that a server asked for: it knows nothing of restarts here."""
    rest = asked_for(silence, now)
    return now + rest + (max(spread, SPREAD_AFTER_PAUSE) if rest else spread) * chance


def after_a_jump(
    last_start: datetime | None, silence: Silence, now: datetime, chance: float, spread: timedelta
) -> datetime | None:
    """After sleep or a set clock: soon. None: it has run just now, in the moment of waking up."""
    if last_start is not None and timedelta() <= now - last_start < timedelta(minutes=1):
        return None
    return at_first(silence, now, chance, spread)
