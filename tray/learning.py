"""What does an answer change in what is known of an account? Pure: what was known and what was just seen in."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from auth.outcome import Cure, Granted, Outcome, Refused, Unreachable
from auth.provider import Session
from tray.health import OFFLINE_GRACE, Check, Facts, Outage

_DECLINED, _NOT_APPROVED = "AADSTS65004", "AADSTS65001"
"""The second says that nobody has approved: after the first, that is no news and nobody else's turn."""


def learn(facts: Facts, outcome: Outcome | None, held: Session | None, now: datetime) -> Facts:
    """What the provider answered. None: nobody is signed in."""
    facts = replace(facts, vault="", held=held)
    match outcome:
        case None:
            # where not even the sign-in was allowed without approval, that stays so until somebody tries again
            waiting = facts.refused if facts.refused and facts.refused.cure is Cure.CONSENT and held is None else None
            return _outages(replace(facts, refused=waiting, checks={}, checked_at=now), {}, now)
        case Granted():
            others = {name: outage for name, outage in facts.outages.items() if name != "token"}
            return _outages(replace(facts, refused=None, checked_at=now), others, now)
        case Refused():
            declined = facts.refused if facts.refused and facts.refused.code == _DECLINED else None
            told = declined if declined and outcome.code == _NOT_APPROVED else outcome
            return _outages(replace(facts, refused=told, checks={}, checked_at=now), {}, now)
        case Unreachable():
            outage = Outage(outcome.code, not_before=_end(outcome.retry_after, now))
            return _outages(facts, {**facts.outages, "token": outage}, now)
        case _:
            assert_never(outcome)


def learn_vault(facts: Facts, code: str) -> Facts:
    """The stored sign-in cannot be read now. Says nothing about whether it is still good."""
    return replace(facts, vault=code)


def believe_outage(facts: Facts, now: datetime) -> Facts:
    """Somebody asks and waits for the answer: an outage is told at once, however short."""
    if facts.outage_since is None:
        return facts
    return replace(facts, outage_since=min(facts.outage_since, now - OFFLINE_GRACE))


def learn_mailbox(facts: Facts, checks: Mapping[str, Check], now: datetime) -> Facts:
    """What the mail servers answered that were asked. One that did not answer keeps what was last known of it.

    Once the sign-in was refused, what an access token from before still opens says nothing about the mailbox.
    """
    if facts.refused:
        return facts
    answers = {name: check for name, check in checks.items() if check.reachable}
    silent = {
        name: Outage(check.text, check.facts, _end(check.retry_after, now))
        for name, check in checks.items()
        if not check.reachable
    }
    others = {name: outage for name, outage in facts.outages.items() if name not in answers}
    return _outages(replace(facts, checks={**facts.checks, **answers}), {**others, **silent}, now)


def in_use(facts: Facts, servers: AbstractSet[str]) -> Facts:
    """Without what was seen of servers that the account does not use any more."""
    outages = {name: outage for name, outage in facts.outages.items() if name in servers or name == "token"}
    checks = {name: check for name, check in facts.checks.items() if name in servers}
    return replace(facts, checks=checks, outages=outages, outage_since=facts.outage_since if outages else None)


def _end(pause: timedelta | None, now: datetime) -> datetime | None:
    return None if pause is None else now + pause


def _outages(facts: Facts, outages: Mapping[str, Outage], now: datetime) -> Facts:
    """An outage that goes on keeps its beginning."""
    return replace(facts, outages=outages, outage_since=(facts.outage_since or now) if outages else None)
