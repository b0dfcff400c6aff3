"""How does an account stand now, as all are shown it? Pure: what is configured and what was seen in, health out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, tzinfo

from auth.forecast import customs
from auth.problems import Fact
from tray.health import Check, Facts, Verdict, assess
from tray.learning import in_use
from tray.outlook import Outlook, outlook
from tray.picture import Health
from tray.settings import Account


def standing(
    account: Account, facts: Facts, remind_days: Collection[int], now: datetime, zone: tzinfo | None = None
) -> Health:
    """`since` is now: whoever remembers what was before knows better. `zone` is the office's, None the system's."""
    facts = in_use(facts, servers_of(account))
    ahead = outlook(facts, account.sign_in_every, remind_days, now, zone, customs(account.issuer))
    verdict = assess(facts, now, expiring=ahead is not None and ahead.told is not None)
    return Health(
        state=verdict.state,
        since=now,
        checked_at=facts.checked_at,
        checks=_checks(facts),
        code=verdict.code,
        who=verdict.who,
        texts=verdict.texts,
        signed_in_as=facts.held.username if facts.held else "",
        by_system=facts.held is not None and facts.held.by_system,
        sign_in_due=ahead.due if ahead else None,
        days_left=ahead.days_left if ahead else None,
        due_because=ahead.because.value if ahead else "",
        due_confidence=ahead.confidence.value if ahead else "",
        told=ahead.told if ahead else None,
        facts=_facts_for_texts(account, verdict, ahead),
    )


def servers_of(account: Account) -> frozenset[str]:
    """The names of the checks: imap, pop3, smtp."""
    return frozenset(server.protocol.value for server in account.mailbox.servers)


def _checks(facts: Facts) -> Mapping[str, Check]:
    """The token is absent where nobody has signed in: nothing was refused then."""
    if facts.checked_at is None or (facts.held is None and facts.refused is None):
        return facts.checks
    refusal = facts.refused
    return {"token": Check(refusal is None, refusal.code if refusal else ""), **facts.checks}


def _facts_for_texts(account: Account, verdict: Verdict, ahead: Outlook | None) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "account": account.id,
        "address": account.address,
        "person": account.person,
        "code": verdict.code,
        **verdict.facts,
    }
    if ahead:
        facts |= {"days": 0 if ahead.told == 0 else ahead.days_left, "due": ahead.due}
    return facts
