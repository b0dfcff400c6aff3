"""What became of an account day by day? Pure: the journal's entries in, stretches, marks and days out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from tray.health import State
from tray.journal import Entry, Happened

BACK = timedelta(days=90)
"""As long as an unused sign-in lasts with Microsoft."""

_MARKS = (Happened.SIGNED_IN, Happened.SIGNED_OUT, Happened.SIGN_IN_ENDED, Happened.CONSENT_GRANTED)
_WELL = (Happened.REFRESHED,)
_FAILED = (Happened.REFRESH_FAILED, Happened.FETCH_FAILED)
TOLD_OF = (Happened.STATE, *_MARKS, *_WELL, *_FAILED)


@dataclass(frozen=True)
class Stretch:
    """A state from `begin` to `end`. Times are aware UTC."""

    state: State
    begin: datetime
    end: datetime


@dataclass(frozen=True)
class Mark:
    at: datetime
    kind: str


@dataclass(frozen=True)
class Day:
    """How often the sign-in was renewed on this day of the PC's calendar, and how often that or fetching failed."""

    date: date
    renewed: int
    failed: int


@dataclass(frozen=True)
class Timeline:
    begin: datetime
    now: datetime
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    days: tuple[Day, ...]


def timeline(
    entries: Sequence[Entry], state: State, since: datetime, now: datetime, zone: tzinfo | None = None
) -> Timeline:
    """`entries` of the last 90 days, oldest first; `state` holds since `since`. Days are `zone`'s, else the PC's."""
    begin = now - BACK
    told = [entry for entry in entries if begin <= entry.at <= now]
    marks = tuple(Mark(entry.at, entry.kind) for entry in told if entry.kind in _MARKS)
    return Timeline(begin, now, tuple(_stretches(told, state, since, begin, now)), marks, tuple(_days(told, zone)))


def _stretches(
    entries: Iterable[Entry], state: State, since: datetime, begin: datetime, now: datetime
) -> Iterable[Stretch]:
    """What was before the first change is drawn as well, but for an account that nobody had looked at yet."""
    changes = [entry for entry in entries if entry.kind == Happened.STATE]
    if not changes:
        yield Stretch(state, max(begin, min(since, now)), now)
        return
    before = State(str(changes[0].facts["before"]))
    if before is not State.UNKNOWN:
        yield Stretch(before, begin, changes[0].at)
    ends = [*(change.at for change in changes[1:]), now]
    for change, end in zip(changes, ends, strict=True):
        yield Stretch(State(str(change.facts["state"])), change.at, end)


def _days(entries: Iterable[Entry], zone: tzinfo | None) -> Iterable[Day]:
    counted: dict[date, list[int]] = {}
    for entry in entries:
        if entry.kind in {*_WELL, *_FAILED}:
            count = counted.setdefault(entry.at.astimezone(zone).date(), [0, 0])
            count[entry.kind in _FAILED] += int(str(entry.facts.get("times", 1)))
    return [Day(day, renewed, failed) for day, (renewed, failed) in sorted(counted.items())]
