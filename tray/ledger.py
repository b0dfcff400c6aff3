"""What do we know of each account, and how does it stand? Every answer of a provider or mail server ends here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from auth.outcome import Outcome
from auth.problems import AccountChanged, Fact
from auth.provider import Clock, Session
from mail.problems import StoreProblem
from tray.health import (
    Check,
    Facts,
    Outage,
    State,
    Verdict,
    assess,
    believe_outage,
    in_use,
    learn_mailbox,
    learn_vault,
)
from tray.journal import Happened, Journal
from tray.lessons import take_in
from tray.memory import Memo, Memory
from tray.outlook import Outlook, outlook
from tray.picture import Health
from tray.settings import Account, Settings

log = logging.getLogger(__name__)


class Ledger:
    """Learns, keeps, judges. Safe to call from any thread."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        memory: Memory,
        journal: Journal,
        clock: Clock,
        changed: Callable[[], None],
    ) -> None:
        """`changed` is called after each change, outside the lock."""
        self._settings = settings
        self._memory = memory
        self._journal = journal
        self._clock = clock
        self._changed = changed
        self._lock = threading.RLock()
        self._memos: dict[str, Memo] = {}

    def session(self, account: Account) -> int:
        """Counts sign-ins and sign-outs. Ask before a request; an answer to an earlier session is dropped."""
        return self._memo(account).facts.session

    def signed_in(self, account: Account) -> bool:
        return self._memo(account).facts.held is not None

    def took(self, account: Account, session: int, outcome: Outcome | None, held: Session | None) -> bool:
        """The identity provider's answer. False: somebody signed in or out meanwhile, the answer is about the past."""
        return self._learn(
            account, session, lambda facts, now: take_in(facts, outcome, held, now, account.sign_in_every)
        )

    def took_vault(self, account: Account, session: int, code: str) -> bool:
        """The stored sign-in could not be read; empty: it could."""
        return self._learn(account, session, lambda facts, _now: learn_vault(facts, code))

    def believe_outage(self, account: Account) -> None:
        """Somebody asks and waits for the answer: no grace for a silent server."""
        self._learn(account, self.session(account), believe_outage)

    def took_mailbox(self, account: Account, session: int, checks: Mapping[str, Check]) -> bool:
        """The mail servers' answers, for the servers that were asked."""
        return self._learn(account, session, lambda facts, now: learn_mailbox(facts, checks, now))

    def new_session(self, account: Account, outcome: Outcome | None, held: Session | None) -> int:
        """Somebody signed in (`held`) or out (None): what was known of the former session is worth nothing now.

        Raises AccountChanged.
        """
        with self._lock:
            if not self._counts(account):
                raise AccountChanged(account=account.id)
            before = self._memo(account).facts
            number = before.session + 1
            afresh = Facts(session=number, experience=before.experience)
            self._keep(account, take_in(afresh, outcome, held, self._clock(), account.sign_in_every))
        self._changed()
        return number

    def forget(self, account_id: str) -> None:
        with self._lock:
            self._memos.pop(account_id, None)
            self._memory.forget(account_id)
        self._changed()

    def health(self, account: Account, next_check_at: datetime | None = None) -> Health:
        """The account's health now: a date that has drawn near shows without a new check."""
        memo = self._memo(account)
        facts, now = in_use(memo.facts, _servers(account)), self._clock()
        ahead = self._outlook(account, facts, now)
        verdict = self._verdict(account, facts, now)
        checks = dict(facts.checks)
        if facts.checked_at is not None:
            refusal = facts.refused
            checks = {
                "token": Check(facts.held is not None and refusal is None, refusal.code if refusal else ""),
                **checks,
            }
        health = Health(
            state=verdict.state,
            since=memo.since if memo.state is verdict.state else now,
            checked_at=facts.checked_at,
            next_check_at=next_check_at,
            sign_in_due=ahead.due if ahead else None,
            days_left=ahead.days_left if ahead else None,
            due_because=ahead.because.value if ahead else "",
            due_confidence=ahead.confidence.value if ahead else "",
            told=ahead.told if ahead else None,
            checks=checks,
            code=verdict.code,
            who=verdict.who,
            texts=verdict.texts,
            signed_in_as=facts.held.username if facts.held else "",
        )
        return replace(health, facts=_facts_for_texts(account, health, verdict))

    def outage(self, account: Account) -> Outage | None:
        """The last question had no definite answer, be it too short ago to show as a state."""
        return in_use(self._memo(account).facts, _servers(account)).outage

    def _learn(self, account: Account, session: int, taught: Callable[[Facts, datetime], Facts]) -> bool:
        with self._lock:
            memo = self._memo(account)
            if memo.facts.session != session or not self._counts(account):
                return False
            now = self._clock()
            after = taught(memo.facts, now)
            if news := after != memo.facts or self._verdict(account, after, now).state is not memo.state:
                self._keep(account, after)
        if news:
            self._changed()
        return True

    def _counts(self, account: Account) -> bool:
        """Whether the configuration still has it so; an answer about one that is gone or changed comes too late."""
        configured = self._settings().account(account.id)
        return configured is not None and configured.owner == account.owner

    def _verdict(self, account: Account, facts: Facts, now: datetime) -> Verdict:
        ahead = self._outlook(account, facts, now)
        return assess(in_use(facts, _servers(account)), now, expiring=ahead is not None and ahead.told is not None)

    def _outlook(self, account: Account, facts: Facts, now: datetime) -> Outlook | None:
        return outlook(facts, account.sign_in_every, self._settings().remind_days, now)

    def _memo(self, account: Account) -> Memo:
        with self._lock:
            memo = self._memos.get(account.id) or self._memory.recall(account.id)
            if memo is None or memo.owner != account.owner:
                session = memo.facts.session + 1 if memo else 0
                memo = Memo(Facts(session=session), State.UNKNOWN, self._clock(), account.owner)
            if self._counts(account):
                self._memos[account.id] = memo
            return memo

    def _keep(self, account: Account, facts: Facts) -> None:
        """Called with the lock held."""
        now, before = self._clock(), self._memo(account)
        verdict = self._verdict(account, facts, now)
        same = verdict.state is before.state
        memo = Memo(facts, verdict.state, before.since if same else now, account.owner)
        self._memos[account.id] = memo
        try:
            self._memory.keep(account.id, memo)
        except StoreProblem as problem:  # seen again after a restart; a token or a check does not fail for it
            log.warning("%s: not kept: %s (%s)", account.id, problem.code, problem.detail)
        if not same:
            self._journal.note(
                account.id, Happened.STATE, verdict.code, state=verdict.state.value, before=before.state.value
            )


def _servers(account: Account) -> frozenset[str]:
    return frozenset(server.protocol.value for server in account.mailbox.servers)


def _facts_for_texts(account: Account, health: Health, verdict: Verdict) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "account": account.id,
        "address": account.address,
        "person": account.person,
        "code": health.code,
        **verdict.facts,
    }
    if health.sign_in_due is not None and health.days_left is not None:
        facts |= {"days": 0 if health.told == 0 else health.days_left, "due": health.sign_in_due}
    return facts
