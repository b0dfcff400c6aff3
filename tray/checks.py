"""Does the sign-in live, and does the mailbox let us in? A real refresh first, then a login at each server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from auth.outcome import Granted, Outcome, Refused, Unreachable
from auth.problems import VaultProblem
from auth.provider import Provider
from mail.mailbox import Mailbox, TokenSource
from mail.probe import ProbeResult, probe
from mail.problems import MailboxRefused, ServerUnreachable
from tray.health import MENDED_BY_SIGN_IN, Check, State
from tray.journal import Happened, Journal
from tray.ledger import Ledger
from tray.problems import AccountNotReady
from tray.roster import Roster
from tray.settings import Account

log = logging.getLogger(__name__)

_NO_MAIL = frozenset({State.SIGN_IN_REQUIRED, State.CONSENT_PENDING, State.MAILBOX_REFUSED})

Probe = Callable[[Mailbox, TokenSource], Mapping[str, ProbeResult]]


class Checker:
    """Every answer goes to the ledger; nothing here judges."""

    def __init__(self, roster: Roster, ledger: Ledger, journal: Journal, *, goes_on: Callable[[str], None]) -> None:
        """`goes_on`: an account could not be used, and can be now."""
        self._roster = roster
        self._ledger = ledger
        self._journal = journal
        self._goes_on = goes_on

    def check(self, account: Account) -> None:
        """Blocks for as long as the provider and the servers take.

        Raises VaultProblem where the stored sign-in cannot be read and a new one would not mend it.
        """
        with self._roster.busy(account, "check"):
            session, before, stuck = (
                self._ledger.session(account),
                self._ledger.health(account).state,
                self._stuck(account),
            )
            try:
                outcome = self._ask(account, session, lambda provider: provider.refresh())
            except VaultProblem as problem:
                if problem.code in MENDED_BY_SIGN_IN:
                    return
                raise
            if isinstance(outcome, Granted):
                self._ledger.took(account, session, outcome, self._roster.provider(account).session())
                self._journal.note(account.id, Happened.REFRESHED)
                if before is State.CONSENT_PENDING:
                    self._journal.note(account.id, Happened.CONSENT_GRANTED)
                self.prove(account, session, outcome)
        if stuck and not self._stuck(account):
            self._goes_on(account.id)

    def _stuck(self, account: Account) -> bool:
        """Somebody does not answer or lets us not in, or a person has to act: no mail comes or goes."""
        state = self._ledger.health(account).state
        return bool(self._ledger.silence(account).outages) or state in _NO_MAIL

    def prove(self, account: Account, session: int, granted: Granted) -> None:
        """Log in at each of the account's servers with this token."""
        results = probe(account.mailbox, lambda: granted.access_token)
        self._ledger.took_mailbox(account, session, {name: check_of(result) for name, result in results.items()})

    def granted(self, account: Account) -> Granted:
        """A token valid for 5 more minutes at least. Raises AccountNotReady, VaultProblem."""
        health = self._ledger.health(account)
        if health.state.waits_for_a_person:
            raise AccountNotReady.because(health)  # though an access token may still be good for an hour
        outcome = self._ask(account, self._ledger.session(account), lambda provider: provider.token())
        if isinstance(outcome, Granted):
            return outcome
        if isinstance(outcome, Unreachable):
            raise AccountNotReady.offline(outcome, account=account.id, address=account.address)
        raise AccountNotReady.because(self._ledger.health(account))

    def token_source(self, account: Account) -> TokenSource:
        return lambda: self.granted(account).access_token

    def _ask(self, account: Account, session: int, question: Callable[[Provider], Outcome | None]) -> Outcome | None:
        provider = self._roster.provider(account)
        try:
            outcome, held = question(provider), provider.session()
        except VaultProblem as problem:
            log.warning("%s: the stored sign-in cannot be read: %s", account.id, problem.detail)
            self._ledger.took_vault(account, session, problem.code)
            raise
        if isinstance(outcome, Refused | Unreachable):
            log.info("%s: no token: %s (%s)", account.id, outcome.code, outcome.detail)
            self._journal.note(account.id, Happened.REFRESH_FAILED, outcome.code)
        if isinstance(outcome, Granted):  # one out of memory proves nothing but that the stored sign-in can be read
            self._ledger.took_vault(account, session, "")
        else:
            self._ledger.took(account, session, outcome, held)
        return outcome


def check_of(result: ProbeResult) -> Check:
    return Check(
        ok=result.ok,
        code=result.server_code or result.code,
        text=result.code,
        reachable=result.reachable,
        facts={name: str(fact) for name, fact in result.facts.items()},
        retry_after=result.retry_after,
    )


def check_of_problem(problem: MailboxRefused | ServerUnreachable) -> Check:
    """The same, met while fetching or sending."""
    refused = isinstance(problem, MailboxRefused)
    server_code = problem.server_code if isinstance(problem, MailboxRefused) else ""
    facts = {name: str(fact) for name, fact in problem.facts.items()}
    retry_after = problem.retry_after if isinstance(problem, ServerUnreachable) else None
    code = server_code or problem.code
    return Check(ok=False, code=code, text=problem.code, reachable=refused, facts=facts, retry_after=retry_after)
