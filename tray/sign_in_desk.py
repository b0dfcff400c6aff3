"""What follows from a sign-in? The session is taken down, proved on the mailbox, and what waited for it goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable

from auth.outcome import Granted
from auth.problems import AccountChanged, Problem, SignInProblem
from auth.provider import Provider, SignedIn
from tray.checks import Checker
from tray.closing_page import closing_page
from tray.journal import Happened, Journal
from tray.ledger import Ledger
from tray.postman import Postman
from tray.roster import Roster
from tray.settings import Account
from tray.sign_ins import SignIns, SignInStatus
from tray.test_mail import test_mail
from tray.texts import Texts

APPROVAL_MISSING = frozenset(
    {"AADSTS90094", "AADSTS90095", "AADSTS90093", "AADSTS90008", "AADSTS65001", "access_denied"}
)
"""The last one comes without a number when somebody leaves Microsoft's page "Approval required" or has sent the request
there, and when they cancel: its sentences cover both.
"""


class SignInDesk:
    def __init__(
        self,
        sign_ins: SignIns,
        roster: Roster,
        ledger: Ledger,
        checker: Checker,
        postman: Postman,
        journal: Journal,
        *,
        signed_in: Callable[[str], None],
    ) -> None:
        """`signed_in` tells the schedule that what waited for the account may go on."""
        self.sign_ins = sign_ins
        self._roster = roster
        self._ledger = ledger
        self._checker = checker
        self._postman = postman
        self._journal = journal
        self._signed_in = signed_in
        self._lock = threading.Lock()
        self._test_mail_after: set[str] = set()

    def begin(
        self,
        account: Account,
        *,
        then_test_mail: bool = False,
        select_account: bool = False,
        by_code: bool = False,
    ) -> SignInStatus:
        """Start a sign-in or join the one that runs; returns at once. Raises SignInRunning."""
        if then_test_mail:
            with self._lock:
                self._test_mail_after.add(account.id)
        provider, session = self._roster.provider(account), self._ledger.session(account)
        joined = self.sign_ins.running(account.id)
        status = self.sign_ins.begin(
            account,
            provider,
            lambda result: closing_page(account, result, self._texts()),
            lambda result: self._ended(account, provider, session, result),
            select_account=select_account,
            by_code=by_code,
        )
        if not joined:
            self._postman.tell(lambda: self._journal.note(account.id, Happened.SIGN_IN_BEGUN))
        return status

    def _texts(self) -> Texts:
        settings = self._roster.settings
        return Texts(settings.language, settings.app_name)

    def _ended(self, account: Account, provider: Provider, before: int, result: SignedIn | Problem) -> None:
        """On the sign-in's own thread. Raises AccountChanged, SignInProblem: it came too late."""
        with self._lock:
            wants_test_mail = account.id in self._test_mail_after
            self._test_mail_after.discard(account.id)
        if isinstance(result, Problem):
            self._journal.note(account.id, Happened.SIGN_IN_ENDED, result.code)
            self._approval_missing(account, result)
            return
        try:
            session = self._ledger.new_session(account, result.outcome, result.session, since=before)
        except AccountChanged:
            if self._roster.settings.account(account.id) is None:
                provider.sign_out()
            raise
        except SignInProblem:
            provider.sign_out()
            raise
        self._journal.note(
            account.id, Happened.SIGNED_IN, "renamed" if result.renamed else "", signed_in=result.session.username
        )
        try:
            if isinstance(result.outcome, Granted):
                self._checker.prove(account, session, result.outcome)
                if wants_test_mail:
                    self._postman.send(account, test_mail(account, self._texts()))
        finally:
            self._signed_in(account.id)

    def _approval_missing(self, account: Account, problem: Problem) -> None:
        """A tenant where not even the sign-in is allowed without approval: that, too, is waiting for approval."""
        refused = problem.refused if isinstance(problem, SignInProblem) else None
        if refused and account.authority and refused.code in APPROVAL_MISSING and not self._ledger.signed_in(account):
            self._ledger.took(account, self._ledger.session(account), refused, None)
