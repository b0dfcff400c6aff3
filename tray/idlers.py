"""Who hears of new mail at once? Accounts that are fetched over IMAP with `idle`; what is heard sets off a round."""

from __future__ import annotations

from collections.abc import Callable

from auth.provider import Clock
from mail.lines import Lines
from tray.ledger import Ledger
from tray.retry import Trouble, asked_for, silent
from tray.roster import Roster


class Idlers:
    def __init__(
        self, roster: Roster, ledger: Ledger, lines: Lines, fetch_soon: Callable[[str], None], clock: Clock
    ) -> None:
        self._roster = roster
        self._ledger = ledger
        self._lines = lines
        self._fetch_soon = fetch_soon
        self._clock = clock
        self.drop = lines.drop
        self.stop = lines.stop

    def start(self) -> None:
        self._lines.start(self._woken)

    def plan(self) -> None:
        """Each account's connection waits once its next round is done; those of changed or removed accounts end now."""
        accounts = self._roster.accounts
        self._lines.keep([each.mailbox for each in accounts if each.idle and each.receive == "imap"])

    def _woken(self, account_id: str) -> None:
        """A server that has had enough of us, or asked for a pause, gets one: the schedule knows when it is over."""
        account = self._roster.settings.account(account_id)
        if account is None:
            return
        silence = self._ledger.silence(account, "token", "imap")
        if silent(silence) is not Trouble.THROTTLED and not asked_for(silence, self._clock()):
            self._fetch_soon(account_id)
