"""Who hears of new mail at once? A watch on the mailbox of each account that is fetched over IMAP with `idle`."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from auth.problems import Problem
from mail.idle import Stop, watching
from tray.checks import Checker
from tray.ledger import Ledger
from tray.roster import Roster
from tray.settings import Account

log = logging.getLogger(__name__)

ONE_WATCH = 3600.0
"""Seconds; access tokens live no longer, and servers close the line when theirs runs out."""

FIRST_PAUSE, LONGEST_PAUSE = 30.0, 900.0
"""Seconds between two tries; the schedule fetches meanwhile."""


class Idlers:
    def __init__(self, roster: Roster, ledger: Ledger, checker: Checker, fetch_soon: Callable[[str], None]) -> None:
        self._roster = roster
        self._ledger = ledger
        self._checker = checker
        self._fetch_soon = fetch_soon
        self._stop = Stop()
        self._lock = threading.Lock()
        self._nudges: dict[Account, threading.Event] = {}

    def plan(self) -> None:
        """A watch for each account that wants one; those of changed or removed accounts end at their next turn."""
        wanted = [account for account in self._roster.accounts if account.idle and account.receive == "imap"]
        with self._lock:
            for account in set(self._nudges).difference(wanted):
                self._nudges.pop(account).set()
            new = [account for account in wanted if account not in self._nudges]
            for account in new:
                self._nudges[account] = threading.Event()
        for account in new:
            threading.Thread(target=self._watch, args=(account,), name=f"idle {account.id}", daemon=True).start()

    def nudge(self, account_id: str) -> None:
        """Somebody has signed in: no need to wait for the end of the pause."""
        with self._lock:
            for account, nudge in self._nudges.items():
                if account.id == account_id:
                    nudge.set()

    def stop(self) -> None:
        self._stop.set()
        with self._lock:
            for nudge in self._nudges.values():
                nudge.set()

    def _watch(self, account: Account) -> None:
        pause = FIRST_PAUSE
        while (nudge := self._wanted(account)) is not None:
            begun = time.monotonic()
            try:
                if not self._ledger.health(account).state.waits_for_a_person:
                    self._listen(account)
            except Problem as problem:
                log.info("%s: not listening for new mail: %s (%s)", account.id, problem.code, problem.detail)
                if problem.code == "idle_missing":
                    return
            except Exception:
                log.exception("%s: not listening for new mail", account.id)
            pause = FIRST_PAUSE if time.monotonic() - begun > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            nudge.wait(pause)
            nudge.clear()

    def _listen(self, account: Account) -> None:
        with watching(account.mailbox, self._checker.token_source(account)) as watch:
            until = time.monotonic() + ONE_WATCH
            while self._wanted(account) is not None and (left := until - time.monotonic()) > 0:
                if watch.wait(self._stop, left):
                    self._fetch_soon(account.id)

    def _wanted(self, account: Account) -> threading.Event | None:
        with self._lock:
            return None if self._stop.is_set() else self._nudges.get(account)
