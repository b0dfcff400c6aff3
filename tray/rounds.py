"""Who goes the rounds? Checks, fetches and sends every account when its time has come, and plans the next time."""

from __future__ import annotations

import logging
import random
import threading
from datetime import datetime, timedelta
from functools import partial

from auth.problems import Problem
from auth.provider import Clock
from mail.outbox import Outbox
from tray import agenda
from tray.checks import Checker
from tray.clockwork import Clockwork
from tray.idlers import Idlers
from tray.lanes import Lane, Turn
from tray.ledger import Ledger
from tray.postman import Postman
from tray.problems import AccountNotReady
from tray.retry import Silence
from tray.roster import Roster
from tray.settings import Account

log = logging.getLogger(__name__)

SPREAD = timedelta(seconds=20)
"""Within this time after a start or a wake-up every account gets its turn, not all in the same second."""

WAITING = timedelta(minutes=5)
"""How often letters that wait for a sign-in are looked at; the sign-in itself starts them at once."""


class Rounds:
    def __init__(
        self,
        roster: Roster,
        ledger: Ledger,
        checker: Checker,
        postman: Postman,
        outbox: Outbox,
        *,
        clock: Clock,
        spread: timedelta = SPREAD,
    ) -> None:
        self._roster = roster
        self._ledger = ledger
        self._checker = checker
        self._postman = postman
        self._outbox = outbox
        self._clock = clock
        self._spread = spread
        self._clockwork = Clockwork(clock, self.after_a_jump)
        self._idlers = Idlers(roster, ledger, postman.lines, self.fetch_soon, clock)
        self._lock = threading.Lock()
        self._going = False
        self._planned: set[Account] = set()
        self._failures: dict[str, int] = {}
        self._verbs = {"check": self._check, "fetch": self._fetch, "send": self._send}

    def start(self) -> None:
        self._clockwork.start()
        self._idlers.start()
        with self._lock:
            self._going = True
        self.plan()

    def stop(self) -> None:
        with self._lock:
            self._going = False
        self._idlers.stop()
        self._clockwork.stop()

    def plan(self) -> None:
        """Plan what is new or changed in the configuration, forget what is gone from it. Nothing before the start."""
        accounts = set(self._roster.accounts)
        with self._lock:
            if not self._going:
                return
            gone, new = self._planned - accounts, accounts - self._planned
            self._planned = accounts
        self._idlers.plan()
        for account in gone:
            for verb in self._verbs:
                self._clockwork.cancel(f"{verb} {account.id}")
        changed = {account.id for account in gone}
        for account in new:
            self._plan_first(account, changed=account.id in changed)

    def next_check(self, account_id: str) -> datetime | None:
        return self._clockwork.next_run(f"check {account_id}")

    def signed_in(self, account_id: str) -> None:
        """What waited for the sign-in goes on now."""
        account = self._roster.account(account_id)
        self._plan_check(account)
        self.goes_on(account_id)

    def fetch_soon(self, account_id: str) -> None:
        account = self._roster.account(account_id)
        if account.mailbox.receive:
            self._at("fetch", self._clock(), account)

    def send_soon(self, account_id: str) -> None:
        self._at("send", self._clock(), self._roster.account(account_id))

    def check_now(self, account_id: str = "") -> None:
        """One account, or all."""
        for account in self._chosen(account_id):
            self._at("check", self._clock(), account)

    def fetch_now(self, account_id: str = "") -> None:
        """One account, or all."""
        for account in self._chosen(account_id):
            self.fetch_soon(account.id)

    def _chosen(self, account_id: str) -> tuple[Account, ...]:
        return (self._roster.account(account_id),) if account_id else self._roster.accounts

    def after_a_jump(self) -> None:
        """The PC slept or its clock was set: every account gets its turn within a minute, once."""
        for account in self._roster.accounts:
            for verb in self._verbs:
                if verb == "fetch" and account.mailbox.receive is None:
                    continue
                if self._reconsider(verb, account) and verb == "fetch":
                    self._idlers.drop(account.id)  # its connection is most likely dead, which would show only later

    def _reconsider(self, verb: str, account: Account) -> bool:
        silence = self._silence(account, verb)

        def when(begun: datetime | None) -> datetime | None:
            return agenda.after_a_jump(begun, silence, self._clock(), _chance(), self._spread)

        run = partial(self._run, verb, account.id)
        return self._clockwork.reconsider(f"{verb} {account.id}", when, run, _lane(verb, account))

    def _plan_first(self, account: Account, *, changed: bool) -> None:
        """`changed`: somebody has just set something else, and looks how it does."""
        now, every = self._clock(), self._roster.settings.check_every
        health, silence = self._ledger.health(account), self._silence(account, "check")
        first = agenda.first_check(health, silence, every, now, _chance(), self._spread)
        first = now if changed else first
        self._at("check", first, account)
        if account.mailbox.receive:
            self._at("fetch", self._first(account, "fetch"), account)
        if account.smtp:
            self._at("send", self._first(account, "send"), account)

    def _first(self, account: Account, verb: str) -> datetime:
        return agenda.at_first(self._silence(account, verb), self._clock(), _chance(), self._spread)

    def _silence(self, account: Account, verb: str) -> Silence:
        """Of those that the verb asks."""
        asked = {"fetch": ("token", account.receive), "send": ("token", "smtp")}.get(verb, ())
        return self._ledger.silence(account, *asked)

    def _at(self, verb: str, when: datetime, account: Account) -> None:
        self._clockwork.at(f"{verb} {account.id}", when, partial(self._run, verb, account.id), _lane(verb, account))

    def _next(self, verb: str, when: datetime, account: Account) -> None:
        """Said at the end of a run: what somebody asked for while it ran comes first."""
        run = partial(self._run, verb, account.id)
        self._clockwork.follow_up(f"{verb} {account.id}", when, run, _lane(verb, account))

    def _run(self, verb: str, account_id: str) -> bool | None:
        account = self._roster.settings.account(account_id)
        if account is None:
            return None  # removed while this waited for its turn
        return self._verbs[verb](account)

    def _check(self, account: Account) -> bool | None:
        try:
            self._checker.check(account)
            return not self._ledger.silence(account).outages
        except Problem as problem:
            log.warning("%s: not checked: %s (%s)", account.id, problem.code, problem.detail)
            return None
        finally:
            self._plan_check(account)

    def goes_on(self, account_id: str) -> None:
        """An outage is over, or what only a person could give is there: what waited for it does so no longer."""
        self._failures.pop(account_id, None)
        self.fetch_soon(account_id)
        self._outbox.hasten(account_id)
        self.send_soon(account_id)

    def _plan_check(self, account: Account) -> None:
        every = self._roster.settings.check_every
        health, silence = self._ledger.health(account), self._ledger.silence(account)
        when = agenda.next_check(health, silence, every, self._clock(), _chance())
        self._at("check", when, account)

    def _fetch(self, account: Account) -> bool | None:
        well: bool | None = False
        turn = Turn(self._postman.stopping, partial(self._clockwork.wanted, _lane("fetch", account)))
        try:
            if self._ledger.health(account).state.waits_for_a_person:
                well = None
                self._idlers.drop(account.id)
            else:
                self._postman.fetch(account, turn)
                well = True
        except AccountNotReady as problem:
            log.info("%s: not fetched: %s", account.id, problem.code)
        except Problem as problem:
            log.warning("%s: not fetched: %s (%s)", account.id, problem.code, problem.detail)
        finally:
            failures = self._failures.get(account.id, 0) + 1 if well is False else 0
            self._failures[account.id] = failures
            when = agenda.next_fetch(
                self._silence(account, "fetch"), account.fetch_every, self._clock(), _chance(), max(0, failures - 1)
            )
            self._next("fetch", self._clock() if turn.was_cut else when, account)
        return well

    def _send(self, account: Account) -> bool | None:
        if account.smtp is None:  # its server was taken out of the configuration; what waits stays in the outbox
            return None
        ready = not self._ledger.health(account).state.waits_for_a_person
        try:
            if ready:
                self._postman.dispatch(account)
            return not self._ledger.silence(account, "smtp").outages if ready else None
        except Problem as problem:
            log.warning("%s: not sent: %s (%s)", account.id, problem.code, problem.detail)
            return None
        finally:
            if when := self._next_due(account):
                silence, soonest = self._silence(account, "send"), SPREAD if ready else WAITING
                self._next("send", agenda.next_sending(silence, when, self._clock(), soonest), account)

    def _next_due(self, account: Account) -> datetime | None:
        try:
            return self._outbox.next_due(account.id)
        except Problem as problem:  # looked at again, else what was accepted would wait in silence
            log.warning("%s: the outbox cannot be read: %s (%s)", account.id, problem.code, problem.detail)
            return self._clock() + WAITING


def _lane(verb: str, account: Account) -> Lane:
    """A check talks to all of the account's servers."""
    servers = {"fetch": (account.mailbox.receive,), "send": (account.mailbox.smtp,)}.get(verb, account.mailbox.servers)
    return Lane(verb, " ".join(f"{server.host.lower()}:{server.port}" for server in servers if server))


def _chance() -> float:
    return random.random()  # noqa: S311  spreads load, guards nothing
