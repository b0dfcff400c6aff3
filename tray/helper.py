"""What can Postwart be asked to do? The hub: menu, notice, page, API, command line and schedule all call these."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mail.compose import Envelope
from mail.fetch import Fetched
from mail.letter import Letter
from mail.mailbox import Protocol
from mail.problems import StoreProblem
from tray.account_book import AccountBook
from tray.board import Board
from tray.checks import Checker
from tray.consent_request import ConsentRequest, consent_request
from tray.health import State, worst
from tray.journal import Happened
from tray.ledger import Ledger
from tray.notice import Notice
from tray.picture import AccountPicture, Health, Picture
from tray.postman import Postman
from tray.problems import AccountNotReady, ProtocolNotUsed, SignInNotRunning
from tray.program import NOBODY, Program
from tray.roster import Roster
from tray.settings import Account, Settings
from tray.sign_in_desk import SignInDesk
from tray.sign_ins import SignInStatus
from tray.sitting import Sitting
from tray.stores import Stores
from tray.test_mail import test_mail
from tray.texts import Texts
from tray.token_counter import MailToken, TokenCounter

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TestMail:
    """Either the letter, or the sign-in that has to come first; the letter then follows by itself."""

    letter: Letter | None = None
    sign_in: SignInStatus | None = None


class Helper:
    def __init__(
        self,
        *,
        config_path: Path,
        roster: Roster,
        ledger: Ledger,
        checker: Checker,
        postman: Postman,
        desk: SignInDesk,
        stores: Stores,
        board: Board,
        next_check: Callable[[str], datetime | None],
        roster_changed: Callable[[], None],
        consent_link: Callable[[str], str],
        stop: Callable[[], None],
    ) -> None:
        """`roster_changed` tells the schedule. `stop` asks the whole program to end."""
        self.inbox, self.outbox, self.journal, self.board = stores.inbox, stores.outbox, stores.journal, board
        self._roster = roster
        self._ledger = ledger
        self._checker = checker
        self._postman = postman
        self._desk = desk
        self._next_check = next_check
        self._consent_link = consent_link
        self._warnings = stores.warnings
        self.send_again = postman.send_again
        self._posting = threading.Lock()
        self._tokens = TokenCounter(checker, postman, stores.journal)

        def adopted() -> None:
            roster_changed()
            self.changed()

        self._accounts = AccountBook(config_path, roster, ledger, desk.sign_ins, stores.outbox, adopted=adopted)
        self._sitting = Sitting(roster, ledger, desk, changed=self.changed)
        self.stop = stop
        self._ignored: tuple[Notice, ...] = ()
        self.in_vain: Callable[[str], None] = lambda _account: None  # notices, once there is somebody to show them

    @property
    def settings(self) -> Settings:
        return self._roster.settings

    @property
    def texts(self) -> Texts:
        """The sentences in the language of this PC's user."""
        return self.texts_in(self.settings.language)

    def texts_in(self, language: str) -> Texts:
        return Texts(language, self.settings.app_name)

    def account(self, account_id: str) -> Account:
        """Raises AccountNotFound."""
        return self._roster.account(account_id)

    # how it stands

    def picture(self) -> Picture:
        unread = self.inbox.unread()
        accounts = tuple(
            AccountPicture(
                account.id,
                account.address,
                account.preset,
                self._ledger.health(account, self._next_check(account.id)),
                self._desk.sign_ins.running(account.id),
                account.mailbox.receive is not None,
                unread.get(account.id, 0),
                self._postman.fetching.of(account.id),
            )
            for account in self._roster.accounts
        )
        state = worst([account.health.state for account in accounts])
        warnings = self._warnings + self._postman.filing.warnings
        size, clock_error = self.inbox.size(), self._roster.clock_error()
        return Picture(
            state, accounts, sum(unread.values()), self.outbox.counts(), warnings, size, self._ignored, clock_error
        )

    def changed(self) -> None:
        """Something is different: show it. One at a time, else an older picture could follow a newer one."""
        try:
            with self._posting:
                self.board.post(self.picture())
        except StoreProblem as problem:
            if problem.code != "store_closed":
                raise
            log.info("a change came after the end: it is not shown")  # a sign-in's thread may outlive the stores

    def show_banner(self, ignored: tuple[Notice, ...]) -> None:
        """From now on the main app shows these too."""
        if ignored != self._ignored:
            self._ignored = ignored
            self.changed()

    def health(self, account_id: str) -> Health:
        return self._ledger.health(self.account(account_id), self._next_check(account_id))

    # verbs that ask somebody else; all block, all raise AccountNotFound

    def check(self, account_id: str) -> Health:
        """A real refresh and a login at each server. Raises VaultProblem, where a sign-in would not mend it."""
        account = self.account(account_id)
        self._checker.check(account)
        self._ledger.believe_outage(account)
        return self.health(account_id)

    def fetch(self, account_id: str) -> Fetched:
        """Raises ProtocolNotUsed, AccountNotReady, MailProblem."""
        return self._postman.fetch(self.account(account_id))

    def token(self, account_id: str, protocol: str, program: Program = NOBODY) -> MailToken:
        """For a main app that talks to the server itself. Raises ProtocolNotUsed, AccountNotReady, VaultProblem."""
        account = self.account(account_id)
        try:
            return self._tokens.token(account, protocol, program)
        except AccountNotReady:
            self.in_vain(account_id)
            raise

    def send(self, account_id: str, envelope: Envelope, idempotency_key: str = "", program: Program = NOBODY) -> Letter:
        """Raises ProtocolNotUsed, AccountNotReady, StoreProblem."""
        try:
            return self._postman.send(self.account(account_id), envelope, idempotency_key, program)
        except AccountNotReady:
            self.in_vain(account_id)
            raise

    def test_mail(self, account_id: str) -> TestMail:
        """A mail to oneself, after a sign-in where one is needed. Raises ProtocolNotUsed, AccountNotReady."""
        account = self.account(account_id)
        if account.smtp is None:
            raise ProtocolNotUsed(account=account_id, protocol=Protocol.SMTP.value.upper())
        if self._ledger.health(account).state is not State.SIGN_IN_REQUIRED:
            self.outbox.hasten(account_id)  # it goes in its turn, and somebody waits for the answer
            return TestMail(letter=self._postman.send(account, test_mail(account, self.texts)))
        status = self._desk.begin(account, then_test_mail=True)
        self.changed()
        return TestMail(sign_in=status)

    # sign-in and sign-out

    def sign_in(self, account_id: str, *, select_account: bool = False, by_code: bool = False) -> SignInStatus:
        """Open the browser, or get a code; returns at once. Only ever called because a person clicked."""
        status = self._desk.begin(self.account(account_id), select_account=select_account, by_code=by_code)
        self.changed()
        return status

    def sign_in_all(self) -> tuple[Account, ...]:
        """One after another for all that wait for it; returns at once whose turn it is. A person has clicked."""
        return self._sitting.begin()

    def sign_ins_left(self) -> tuple[Account, ...]:
        """Of what `sign_in_all` began."""
        return self._sitting.left()

    def sign_in_status(self, account_id: str) -> SignInStatus:
        return self._desk.sign_ins.status(self.account(account_id).id)

    def wait_for_sign_in(self, account_id: str, seconds: float) -> SignInStatus:
        return self._desk.sign_ins.wait(self.account(account_id).id, seconds)

    def cancel_sign_in(self, account_id: str) -> SignInStatus:
        """Raises SignInNotRunning."""
        if not self._desk.sign_ins.cancel(self.account(account_id).id):
            raise SignInNotRunning(account=account_id)
        return self._desk.sign_ins.wait(account_id, 5)

    def sign_out(self, account_id: str) -> None:
        """Forget the session on this PC; mail already here stays. Raises VaultProblem."""
        provider = self._roster.provider(account := self.account(account_id))
        self._desk.sign_ins.end(account_id)
        provider.sign_out()
        self._ledger.new_session(account, None, None)
        self._postman.lines.drop(account_id)
        provider.sign_out()  # what a sign-in has adopted in between; one that ends later sees that it comes too late
        self.journal.note(account_id, Happened.SIGNED_OUT)

    def consent_request(self, account_id: str, language: str) -> ConsentRequest:
        return consent_request(self.account(account_id), self.texts_in(language), self._consent_link)

    # the configuration; what is refused changes nothing, all three block

    def add_account(self, values: Mapping[str, Any]) -> Account:
        """Raises ConfigProblem with every fault."""
        return self._accounts.add(values)

    def change_account(self, account_id: str, values: Mapping[str, Any]) -> Account:
        """Raises AccountNotFound, ConfigProblem."""
        return self._accounts.change(account_id, values)

    def remove_account(self, account_id: str) -> None:
        """Fetched mail stays in the store. Raises AccountNotFound, ConfigProblem, VaultProblem."""
        self._accounts.remove(account_id)

    def change_settings(self, changes: Mapping[str, Any]) -> Settings:
        """Language and notices, see config_file.change_settings. Raises ConfigProblem."""
        return self._accounts.set(changes)
