"""Who hears of new mail at once? A watch on the mailbox of each account that is fetched over IMAP with `idle`."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from auth.problems import Problem
from auth.provider import Clock
from mail.idle import Stop, watching
from mail.problems import ServerUnreachable
from tray.checks import Checker
from tray.ledger import Ledger
from tray.retry import asked_for
from tray.roster import Roster
from tray.settings import Account

log = logging.getLogger(__name__)

ONE_WATCH = 3600.0
"""Seconds; access tokens live no longer, and servers close the line when theirs runs out."""

FIRST_PAUSE, LONGEST_PAUSE = 30.0, 900.0
"""Seconds between two tries; the schedule fetches meanwhile."""


class Idlers:
    def __init__(
        self, roster: Roster, ledger: Ledger, checker: Checker, fetch_soon: Callable[[str], None], clock: Clock
    ) -> None:
        self._roster = roster
        self._ledger = ledger
        self._checker = checker
        self._fetch_soon = fetch_soon
        self._clock = clock
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
        """Somebody has signed in, or the PC has slept and the connection may be dead: begin anew without a pause."""
        with self._lock:
            for account, watch in self._watches.items():
                if account.id == account_id:
                    watch.nudge()

    def stop(self) -> None:
        with self._lock:
            watches = list(self._watches.values())
            self._watches.clear()
        for watch in watches:
            watch.end()

    def _watch(self, account: Account, watch: _Watch) -> None:
        pause = FIRST_PAUSE
        while not watch.ended:
            begun, asked = time.monotonic(), 0.0
            if rest := asked_for(self._ledger.silence(account, "token", "imap"), self._clock()):
                watch.pause(rest.total_seconds())
                continue
            try:
                if not self._ledger.health(account).state.waits_for_a_person:
                    self._listen(account, watch)
            except Problem as problem:
                log.info("%s: not listening for new mail: %s (%s)", account.id, problem.code, problem.detail)
                if problem.code == "idle_missing":
                    return
                if isinstance(problem, ServerUnreachable) and problem.retry_after:
                    asked = problem.retry_after.total_seconds()
            except Exception:
                log.exception("%s: not listening for new mail", account.id)
            if time.monotonic() - begun > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            nudged = watch.pause(max(pause, asked))
            pause = FIRST_PAUSE if nudged else min(pause * 2, LONGEST_PAUSE)

    def _listen(self, account: Account, watch: _Watch) -> None:
        with watch.line() as stop, watching(account.mailbox, self._checker.token_source(account)) as line:
            log.info("%s: listening for new mail", account.id)
            self._fetch_soon(account.id)  # what came while no watch stood
            until = time.monotonic() + ONE_WATCH
            while not stop.is_set() and (left := until - time.monotonic()) > 0:
                if line.wait(stop, left):
                    self._fetch_soon(account.id)


class _Watch:
    """How one account's watch is woken, and ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nudged = threading.Event()
        self._ended = threading.Event()
        self._line: Stop | None = None

    @property
    def ended(self) -> bool:
        return self._ended.is_set()

    def nudge(self) -> None:
        """Cut the connection, or the pause."""
        with self._lock:
            self._nudged.set()
            if self._line is not None:
                self._line.set()

    def end(self) -> None:
        self._ended.set()
        self.nudge()

    def pause(self, seconds: float) -> bool:
        """Whether somebody cut it short."""
        nudged = self._nudged.wait(seconds)
        self._nudged.clear()
        return nudged

    @contextmanager
    def line(self) -> Iterator[Stop]:
        """What ends the waiting on one connection."""
        with closing(Stop()) as stop:
            with self._lock:
                self._line = stop
                self._nudged.clear()
                if self.ended:
                    stop.set()
            try:
                yield stop
            finally:
                with self._lock:
                    self._line = None
