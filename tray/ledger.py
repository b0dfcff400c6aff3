"""What do we know of each account, and how does it stand? Every answer of a provider or mail server ends here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from auth.outcome import Outcome
from auth.problems import AccountChanged, SignInProblem
from auth.provider import Clock, Session
from mail.problems import StoreProblem
from tray.health import Check, Facts, State
from tray.journal import Happened, Journal
from tray.learning import believe_outage, in_use, learn_mailbox, learn_vault
from tray.lessons import lessons, take_in
from tray.memory import Memo, Memory
from tray.picture import Health
from tray.retry import Silence, silence_in
from tray.settings import Account, Settings
from tray.standing import servers_of, standing

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

    def new_session(
        self, account: Account, outcome: Outcome | None, held: Session | None, *, since: int | None = None
    ) -> int:
        """Somebody signed in (`held`) or out (None): what was known of the former session is worth nothing now.

        `since` is the session that there was when it began. Raises AccountChanged; SignInProblem where somebody has
        signed out since.
        """
        with self._lock:
            if not self._counts(account):
                raise AccountChanged(account=account.id)
            before = self._memo(account).facts
            if since is not None and since != before.session:
                raise SignInProblem("signed out meanwhile", code="sign_in_cancelled")
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
        memo, now = self._memo(account), self._clock()
        health = self._standing(account, memo.facts, now)
        since = memo.since if memo.state is health.state else now
        return replace(health, since=since, next_check_at=next_check_at)

    def silence(self, account: Account, *of: str) -> Silence:
        """Who did not answer the last question; of these alone, where some are named."""
        return silence_in(in_use(self._memo(account).facts, servers_of(account)), *of)

    def _learn(self, account: Account, session: int, taught: Callable[[Facts, datetime], Facts]) -> bool:
        with self._lock:
            memo = self._memo(account)
            if memo.facts.session != session or not self._counts(account):
                return False
            now = self._clock()
            after = taught(memo.facts, now)
            if news := after != memo.facts or self._standing(account, after, now).state is not memo.state:
                self._keep(account, after)
        if news:
            self._changed()
        return True

    def _counts(self, account: Account) -> bool:
        """Whether the configuration still has it so; an answer about one that is gone or changed comes too late."""
        configured = self._settings().account(account.id)
        return configured is not None and configured.owner == account.owner

    def _standing(self, account: Account, facts: Facts, now: datetime) -> Health:
        return standing(account, facts, self._settings().remind_days, now)

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
        health = self._standing(account, facts, now)
        same = health.state is before.state
        memo = Memo(facts, health.state, before.since if same else now, account.owner)
        self._memos[account.id] = memo
        try:
            self._memory.keep(account.id, memo)
        except StoreProblem as problem:  # seen again after a restart; a token or a check does not fail for it
            log.warning("%s: not kept: %s (%s)", account.id, problem.code, problem.detail)
        for kind, limit in lessons(before.facts.experience, facts.experience):
            hours = limit // timedelta(hours=1) if limit else 0
            self._journal.note(account.id, Happened.LIMIT_LEARNED, about=kind, hours=hours)
        if not same:
            self._journal.note(
                account.id, Happened.STATE, health.code, state=health.state.value, before=before.state.value
            )
