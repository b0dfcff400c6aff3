"""Which limits has a provider shown so far? Pure: an experience and what was just seen in, the next experience out.

An experience is small and bounded. It is kept beside the journal, not made from it, so that it outlives its lines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from auth.descriptions import told
from auth.outcome import Refused
from auth.provider import Session

GRACE = timedelta(hours=1)
"""A session that lives so long after a limit has outlived it: a provider that is a little late has not changed it."""

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=3_650)
"""What is shorter or longer is no limit that somebody set: such a text is not believed."""

KEPT = 8
"""Limits stated in texts, per kind: the shortest are kept, they count."""

AGREEING = 2
"""So many ends without a reason at the same age make a limit: one alone may have been anything."""

_BY_AGE = frozenset({"AADSTS70043", "AADSTS70044", "AADSTS50078", "AADSTS700081", "AADSTS700084"})
_BY_INACTIVITY = frozenset({"AADSTS700082", "AADSTS70008"})
_WITHOUT_REASON = frozenset({"AADSTS70000", "invalid_grant", "login_required"})
"""What else ends a session (a changed password, a locked account, a blocked device) is no period: nothing to learn."""

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Between these two ages something ended: it was seen alive at the first and ended at the second."""

    alive: timedelta
    ended: timedelta

    def meets(self, other: Span) -> Span | None:
        """What both allow; None: they are about different limits."""
        both = Span(max(self.alive, other.alive), min(self.ended, other.ended))
        return both if both.alive < both.ended else None

    def outlived(self, age: timedelta) -> Span | None:
        """After something was alive at this age; None: it was alive at an age at which this says it ends."""
        return None if age >= self.ended else replace(self, alive=max(self.alive, age))


@dataclass(frozen=True)
class Limit:
    """`sure` where it was stated, or where the spans leave room for one limit only that somebody would set."""

    after: timedelta
    sure: bool


@dataclass(frozen=True)
class Limits:
    """What is known of one kind of limit. `stated` ascends."""

    survived: timedelta = timedelta()
    stated: tuple[timedelta, ...] = ()
    observed: Span | None = None
    unexplained: Span | None = None
    agreeing: int = 0  # ends that made `unexplained`

    @property
    def limit(self) -> Limit | None:
        """The earliest limit known; where none is sure, the earliest that may be. None: no session ended by one."""
        seen = [_round(span) for span in (self.observed, self._agreed) if span]
        sure = [*self.stated[:1], *(each.after for each in seen if each.sure)]
        if sure:
            return Limit(min(sure), sure=True)
        return min(seen, key=lambda each: each.after, default=None)

    @property
    def _agreed(self) -> Span | None:
        return self.unexplained if self.agreeing >= AGREEING else None

    def lived(self, age: timedelta) -> Limits:
        """It was alive at this age: whatever says that it ends before does not hold any more."""
        unexplained = self.unexplained.outlived(age - GRACE) if self.unexplained else None
        return replace(
            self,
            survived=max(self.survived, age),
            stated=tuple(each for each in self.stated if each + GRACE >= age),
            observed=self.observed.outlived(age - GRACE) if self.observed else None,
            unexplained=unexplained,
            agreeing=self.agreeing if unexplained else 0,
        )

    def ended(self, span: Span, stated: timedelta | None) -> Limits:
        """One ended because of this kind of limit: longer than it, none has lived."""
        limits = replace(self.lived(span.alive), survived=span.alive)
        if stated is not None:
            return replace(limits, stated=tuple(sorted({*limits.stated, stated}))[:KEPT])
        return replace(limits, observed=(limits.observed and limits.observed.meets(span)) or span)

    def ended_somehow(self, span: Span) -> Limits:
        """One ended, and nobody said why."""
        both = self.unexplained.meets(span) if self.unexplained else None
        return replace(self, unexplained=both or span, agreeing=self.agreeing + 1 if both else 1)


@dataclass(frozen=True)
class Experience:
    """`disproved` is a configured sign-in frequency that a session has outlived."""

    age: Limits = field(default_factory=Limits)
    inactivity: Limits = field(default_factory=Limits)
    disproved: timedelta | None = None


def lived(experience: Experience, before: Session, now: Session, sign_in_every: timedelta | None) -> Experience:
    """The session was renewed. `before`: as it was until then; `sign_in_every`: the frequency that is configured."""
    age_before, age = before.refreshed_at - before.signed_in_at, now.refreshed_at - now.signed_in_at
    disproved = experience.disproved
    if sign_in_every and age_before <= sign_in_every + GRACE < age:
        disproved = sign_in_every
    gap = now.refreshed_at - before.refreshed_at
    return Experience(experience.age.lived(age), experience.inactivity.lived(gap), disproved)


def ended(experience: Experience, held: Session, refused: Refused, at: datetime) -> Experience:
    """The session was refused. `held`: as it was when it was renewed last."""
    stated = _stated(refused)
    age = Span(held.refreshed_at - held.signed_in_at, at - held.signed_in_at)
    if age.alive >= age.ended and stated is None:
        return experience  # by a clock that was set meanwhile: no span to learn from
    if refused.code in _BY_AGE:
        return replace(experience, age=experience.age.ended(age, stated))
    if refused.code in _BY_INACTIVITY:
        idle = Span(timedelta(), at - held.refreshed_at)
        return replace(experience, inactivity=experience.inactivity.ended(idle, stated))
    if refused.code in _WITHOUT_REASON and age.alive < age.ended:
        return replace(experience, age=experience.age.ended_somehow(age))
    return experience


def _stated(refused: Refused) -> timedelta | None:
    said = told(refused.detail)
    limit = said.inactive_for if refused.code in _BY_INACTIVITY else said.lifetime
    return limit if limit and SHORTEST <= limit <= LONGEST else None


def _round(span: Span) -> Limit:
    """People set limits in whole hours up to a day, and in whole days from then on."""
    candidates = [*_whole(_HOUR, span.alive, min(span.ended, _DAY)), *_whole(_DAY, max(span.alive, _DAY), span.ended)]
    if not candidates:
        return Limit(span.alive, sure=False)
    return Limit(candidates[0], sure=len(candidates) == 1)


def _whole(unit: timedelta, after: timedelta, until: timedelta) -> list[timedelta]:
    """The first two multiples."""
    first = math.floor(after / unit) + 1
    return [number * unit for number in (first, first + 1) if number * unit <= until]
