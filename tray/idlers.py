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
        self._lock = threading.Lock()
        self._watches: dict[Account, _Watch] = {}

    def plan(self) -> None:
        """A watch for each account that wants one; those of changed or removed accounts end now."""
        wanted = {account for account in self._roster.accounts if account.idle and account.receive == "imap"}
        with self._lock:
            ended = [self._watches.pop(account) for account in self._watches.keys() - wanted]
            new = {account: _Watch() for account in wanted - self._watches.keys()}
            self._watches |= new
        for watch in ended:
            watch.end()
        for account, watch in new.items():
            threading.Thread(target=self._watch, args=(account, watch), name=f"idle {account.id}", daemon=True).start()

    def nudge(self, account_id: str) -> None:
        """Somebody has signed in: no need to wait for the end of the pause."""
        with self._lock:
            for account, watch in self._watches.items():
                if account.id == account_id:
                    watch.nudge.set()

    def stop(self) -> None:
        with self._lock:
            watches = list(self._watches.values())
            self._watches.clear()
        for watch in watches:
            watch.end()

    def _watch(self, account: Account, watch: _Watch) -> None:
        pause = FIRST_PAUSE
        while not watch.stop.is_set():
            begun = time.monotonic()
            try:
                if not self._ledger.health(account).state.waits_for_a_person:
                    self._listen(account, watch.stop)
            except Problem as problem:
                log.info("%s: not listening for new mail: %s (%s)", account.id, problem.code, problem.detail)
                if problem.code == "idle_missing":
                    return
            except Exception:
                log.exception("%s: not listening for new mail", account.id)
            pause = FIRST_PAUSE if time.monotonic() - begun > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            watch.nudge.wait(pause)
            watch.nudge.clear()

    def _listen(self, account: Account, stop: Stop) -> None:
        with watching(account.mailbox, self._checker.token_source(account)) as watch:
            self._fetch_soon(account.id)  # what came while no watch stood
            until = time.monotonic() + ONE_WATCH
            while not stop.is_set() and (left := until - time.monotonic()) > 0:
                if watch.wait(stop, left):
                    self._fetch_soon(account.id)


class _Watch:
    """How one account's watch is woken, and ended."""

    def __init__(self) -> None:
        self.nudge = threading.Event()
        self.stop = Stop()

    def end(self) -> None:
        self.stop.set()
        self.nudge.set()
