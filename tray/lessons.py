"""What does a provider's answer teach beyond the moment? Pure: facts and an answer in, wiser facts out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from auth.experience import Experience, Limits, ended, lived
from auth.outcome import Cure, Granted, Outcome, Refused, Unreachable
from auth.provider import Session
from tray.health import Facts
from tray.learning import learn


def take_in(
    facts: Facts, outcome: Outcome | None, held: Session | None, now: datetime, sign_in_every: timedelta | None
) -> Facts:
    """All of learn(), with the session in the provider's time, and what its life or its end says about limits.

    `held` and `now` are by this PC's clock; `sign_in_every` is the frequency that is configured.
    """
    before, experience, renewed = facts.held, facts.experience, isinstance(outcome, Granted)
    if renewed and _is_over(facts):
        before = None  # the next one: a check came between its sign-in and the word of it
    if held and before and isinstance(outcome, Unreachable):  # nobody said what time it is
        held = replace(held, clock_error=before.clock_error)
    held = held and _in_provider_time(held, before, renewed=renewed)
    seen = before and not before.by_system  # else its age is not the provider's measure
    if before and seen and held and renewed:
        experience = lived(experience, before, held, sign_in_every)
    if before and seen and isinstance(outcome, Refused) and not _is_over(facts):
        experience = ended(experience, before, outcome, now - (held or before).clock_error)
    return replace(learn(facts, outcome, held, now), experience=experience)


def lessons(before: Experience, after: Experience) -> Iterator[tuple[str, timedelta | None]]:
    """What is known now and was not before: `age` or `inactivity`, and the limit. None: the former does not hold."""
    for kind, was, known in (("age", before.age, after.age), ("inactivity", before.inactivity, after.inactivity)):
        if _sure(was) != _sure(known):
            yield kind, _sure(known)


def _sure(limits: Limits) -> timedelta | None:
    return limits.limit.after if limits.limit and limits.limit.sure else None


def _is_over(facts: Facts) -> bool:
    """Each end teaches once."""
    return facts.refused is not None and facts.refused.cure is Cure.SIGN_IN


def _in_provider_time(held: Session, before: Session | None, *, renewed: bool) -> Session:
    """What was taken down by a clock that is wrong is set right once, and then stays, whatever becomes of the clock."""
    refreshed = held.refreshed_at - held.clock_error
    if before is None:
        return replace(held, signed_in_at=min(held.signed_in_at - held.clock_error, refreshed), refreshed_at=refreshed)
    return replace(held, signed_in_at=before.signed_in_at, refreshed_at=refreshed if renewed else before.refreshed_at)
