"""How does mail come and go? One round of fetching or sending, its result to ledger, journal and caller."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial

from auth.problems import Problem
from auth.provider import Clock
from mail.compose import Envelope
from mail.confirm import confirm
from mail.dispatch import Dispatched, dispatch
from mail.fetch import Fetched, fetch_round
from mail.letter import Letter, LetterState
from mail.lines import Lines
from mail.problems import MailboxRefused, ServerUnreachable, StoreProblem
from mail.source import Stop
from mail.unconfirmed import decided
from tray.checks import Checker, check_of_problem
from tray.fetching import FetchingNow
from tray.filing import Filing
from tray.health import Check
from tray.journal import Happened
from tray.lanes import Turn
from tray.ledger import Ledger
from tray.problems import AccountNotReady, FetchRunning, ProtocolNotUsed
from tray.program import NOBODY, Program
from tray.roster import Roster
from tray.settings import Account
from tray.sharing import counts, sharing
from tray.stores import Stores

log = logging.getLogger(__name__)

FETCH_PATIENCE = 30.0
"""Seconds to wait for a round that runs already; a first sync may take an hour."""


SEND_PATIENCE = 2.0
"""The same for accounts that share a server's limits: a thread that waits keeps others waiting."""


class Postman:
    def __init__(
        self,
        roster: Roster,
        ledger: Ledger,
        checker: Checker,
        stores: Stores,
        *,
        clock: Clock,
        changed: Callable[[], None],
        send_soon: Callable[[str], None],
    ) -> None:
        """`changed`: counts have changed. `send_soon`: an account's outbox has something to do now."""
        self._roster = roster
        self._ledger = ledger
        self._checker = checker
        self._journal, self._inbox, self._outbox = stores.journal, stores.inbox, stores.outbox
        self._changed = changed
        self._send_soon = send_soon
        self.stopping = threading.Event()
        self._waited_for: set[str] = set()  # counts for which an account has waited in vain
        self.lines = Lines(stores.inbox.seen)
        self.fetching = FetchingNow(lambda: self.tell(lambda: None))
        self.filing = Filing(stores, clock, self.stopping, changed)

    def fetch(self, account: Account, stop: Stop | None = None) -> Fetched:
        """One round over all folders; what came is kept. `stop` in place of `stopping`.

        Raises ProtocolNotUsed, FetchRunning, AccountNotReady, MailProblem.
        """
        mailbox = account.mailbox
        if mailbox.receive is None:
            raise ProtocolNotUsed(account=account.id, protocol="IMAP/POP3")
        protocol = mailbox.receive.protocol.value
        lock = self._roster.busy(account, "fetch")
        if not lock.acquire(timeout=FETCH_PATIENCE):
            raise FetchRunning(account=account.id)
        try:
            try:
                return self._fetch(account, protocol, stop or self.stopping)
            finally:
                self.filing.file(account)
        finally:
            lock.release()

    def _fetch(self, account: Account, protocol: str, stop: Stop) -> Fetched:
        session, token = self._ledger.session(account), self._checker.token_source(account)
        health = self._ledger.health(account)
        if health.state.waits_for_a_person or not health.checks.get(protocol, Check(ok=True)).ok:
            self.lines.drop(account.id)  # let in once, it would know nothing of what a login is told now
        try:
            with self.fetching.round(account.id) as note:
                fetched = fetch_round(
                    account.mailbox, token, self._inbox, stop=stop, on_progress=note, imap=self.lines.connected
                )
        except Problem as problem:
            code = problem.code
            self.tell(lambda: self._journal.note(account.id, Happened.FETCH_FAILED, code))
            self._learn(account, session, protocol, problem)
            raise
        self._ledger.took_mailbox(account, session, {protocol: Check(ok=True)})
        if fetched.new or fetched.skipped:
            new, size, skipped = fetched.new, fetched.bytes, fetched.skipped
            self.tell(lambda: self._journal.note(account.id, Happened.FETCHED, new=new, bytes=size, skipped=skipped))
        return fetched

    def send(
        self, account: Account, envelope: Envelope, idempotency_key: str = "", program: Program = NOBODY
    ) -> Letter:
        """Accept a letter: from now on it will be sent or the sender is told.

        Raises ProtocolNotUsed, AccountNotReady (a sign-in or an approval is missing), StoreProblem.
        """
        if account.smtp is None:
            raise ProtocolNotUsed(account=account.id, protocol="SMTP")
        if there := self._outbox.repeated(account.id, envelope, idempotency_key):
            return there  # whatever has become of the account since: this says what became of the letter
        health = self._ledger.health(account)
        if health.state.waits_for_a_person:
            raise AccountNotReady.because(health)
        letter = self._outbox.accept(account.id, envelope, idempotency_key)
        self._send_soon(account.id)
        who = program.facts()
        self.tell(lambda: self._journal.note(account.id, Happened.ACCEPTED, letter=letter.id, **who))
        return letter

    def send_again(self, letter_id: int) -> Letter:
        """A person or the main app decided so, of a letter that failed or is unconfirmed.

        Raises AccountNotFound where the account was removed, StoreProblem letter_not_found, letter_not_changeable.
        """
        self._roster.account(self._outbox.get(letter_id).account)
        decidable = {LetterState.FAILED, LetterState.UNCONFIRMED}
        letter = self._outbox.change(letter_id, decidable, lambda found: decided(found, self._outbox.clock()))
        self._send_soon(letter.account)
        self.tell(lambda: self._journal.note(letter.account, Happened.ACCEPTED, letter=letter.id))
        return letter

    def dispatch(self, account: Account) -> None:
        """One round over what is due in the account's outbox. A missing sign-in leaves everything as it is."""
        mailbox = replace(account.mailbox, sharing=sharing(account, self._roster.accounts))
        with self._roster.busy(account, "send"), self._alone(account) as alone:
            if not alone:
                return  # its letters are due, so it comes again soon
            session, token = self._ledger.session(account), self._checker.token_source(account)
            told = self._letter_changed
            turn = Turn(self.stopping, partial(self._is_waited_for, account))
            try:
                confirm(mailbox, token, self._outbox, on_change=told)
                round_ = dispatch(mailbox, token, self._outbox, stop=turn, on_change=told)
                if answer := _answer_of(account, round_):
                    self._ledger.took_mailbox(account, session, {"smtp": answer})
            except (MailboxRefused, ServerUnreachable) as problem:
                self._learn(account, session, "smtp", problem)
            except AccountNotReady as problem:
                log.info("%s: letters wait: %s", account.id, problem.code)
            if turn.was_cut:  # what is left comes after a pause, in which the others come
                self._waited_for.difference_update(counts(account))

    def _is_waited_for(self, account: Account) -> bool:
        return not self._waited_for.isdisjoint(counts(account))

    @contextmanager
    def _alone(self, account: Account) -> Iterator[bool]:
        """One connection for all whose letters the server counts together: it allows three, and counts exactly."""
        with ExitStack() as held:
            for count in counts(account):
                turn = self._roster.turn(count)
                if not turn.acquire(timeout=SEND_PATIENCE):
                    self._waited_for.add(count)
                    log.info("%s: letters wait for those of another account: %s", account.id, count)
                    yield False
                    return
                held.callback(turn.release)
            yield True

    def _letter_changed(self, letter: Letter) -> None:
        if letter.state == "sent":
            self.tell(lambda: self._journal.note(letter.account, Happened.SENT, letter=letter.id))
        elif letter.state in {"failed", "unconfirmed"}:
            self.tell(lambda: self._journal.note(letter.account, Happened.NOT_SENT, letter.code, letter=letter.id))
        else:
            self.tell(lambda: None)

    def tell(self, note: Callable[[], None]) -> None:
        """What is committed stays so, and is not reported as failed, because it cannot be written down and shown."""
        try:
            note()
            self._changed()
        except StoreProblem as problem:
            log.warning("not noted: %s (%s)", problem.code, problem.detail)

    def _learn(self, account: Account, session: int, protocol: str, problem: Problem) -> None:
        if isinstance(problem, MailboxRefused | ServerUnreachable):
            self._ledger.took_mailbox(account, session, {protocol: check_of_problem(problem)})


def _answer_of(account: Account, round_: Dispatched) -> Check | None:
    """What a round that went through says about the server; None: nothing."""
    if (outage := round_.outage) and account.smtp:
        facts = {"protocol": "smtp", "host": account.smtp.host, "port": str(account.smtp.port)}
        words = {"address": account.address, "answer": outage.answer}
        trouble = ServerUnreachable(outage.answer, code=outage.code, retry_after=outage.retry_after, **facts, **words)
        return check_of_problem(trouble)
    return Check(ok=True) if round_.sent else None
