"""Which sign-ins are under way, and how did the last one end? One per account; whoever asks meanwhile joins it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from auth.outcome import Cure, Refused
from auth.problems import AccountChanged, Problem, SignInProblem, WrongPerson, mail_refused
from auth.provider import Attempt, Browse, Clock, ClosingPage, DeviceCode, Provider, SignedIn
from tray.problems import SignInRunning
from tray.settings import Account

log = logging.getLogger(__name__)

TIME_LIMIT = timedelta(minutes=10)
"""Long enough to find a phone for the second factor; the redirect's port is open for no longer than this."""


ENDING = 2.0
"""Seconds; a cancelled sign-in that just waits for the person ends at once, one that asks the provider may not."""


class Stage(StrEnum):
    NONE = "none"
    RUNNING = "running"
    SIGNED_IN = "signed_in"
    CONSENT_PENDING = "consent_pending"
    FAILED = "failed"


@dataclass(frozen=True)
class Renamed:
    """Who signed in is the one from before, and has another address than the configuration's by now."""

    expected: str
    signed_in: str


@dataclass(frozen=True)
class SignInStatus:
    """How it stands. While it runs, `url` is the page to sign in on, should no browser have opened; `code` is what to
    type in on another device.
    """

    account: str
    stage: Stage = Stage.NONE
    started_at: datetime | None = None
    ended_at: datetime | None = None
    url: str = field(default="", repr=False)
    code: DeviceCode | None = None
    problem: Problem | None = None
    renamed: Renamed | None = None


@dataclass
class _Running:
    status: SignInStatus
    attempt: Attempt
    thread: threading.Thread | None = None


class SignIns:
    def __init__(self, browse: Browse, clock: Clock, time_limit: timedelta = TIME_LIMIT) -> None:
        self._browse = browse
        self._clock = clock
        self._time_limit = time_limit
        self.changed: Callable[[], None] = lambda: None  # told once an attempt is no longer under way
        self._lock = threading.Lock()
        self._running: dict[str, _Running] = {}
        self._ended: dict[str, SignInStatus] = {}

    def begin(
        self,
        account: Account,
        provider: Provider,
        closing_page: ClosingPage,
        ended: Callable[[SignedIn | Problem], None],
        *,
        select_account: bool = False,
        by_code: bool = False,
    ) -> SignInStatus:
        """Start one, or join the one that runs; one that runs otherwise than is wished now is cancelled for it. Returns
        at once; `ended` is called on the attempt's own thread. Raises SignInRunning.

        After the wrong person, the browser would go on with that one again: it lets choose then in any case.
        """
        self._give_way(account.id, select_account=select_account, by_code=by_code)
        with self._lock:
            if account.id in self._running:
                return self._status_of(self._running[account.id])
            choose = select_account or self._wrong_person_before(account.id)
            attempt = Attempt(self._browse, closing_page, self._time_limit, choose, by_code)
            status = SignInStatus(account.id, Stage.RUNNING, started_at=self._clock())
            running = _Running(status, attempt)
            running.thread = threading.Thread(
                target=self._run, args=(running, account, provider, ended), name=f"sign-in {account.id}", daemon=True
            )
            self._running[account.id] = running
        running.thread.start()
        return status

    def status(self, account_id: str) -> SignInStatus:
        with self._lock:
            if running := self._running.get(account_id):
                return self._status_of(running)
            return self._ended.get(account_id, SignInStatus(account_id))

    def running(self, account_id: str) -> bool:
        with self._lock:
            return account_id in self._running

    def cancel(self, account_id: str) -> bool:
        """False: none is under way."""
        with self._lock:
            running = self._running.get(account_id)
        if running is None:
            return False
        running.attempt.cancel()
        return True

    def end(self, account_id: str) -> None:
        """Cancel what is under way, and wait for its end, at most `ENDING` seconds."""
        if self.cancel(account_id):
            self.wait(account_id, ENDING)

    def wait(self, account_id: str, seconds: float) -> SignInStatus:
        """Wait until it has ended, at most so long."""
        with self._lock:
            running = self._running.get(account_id)
        if running and running.thread:
            running.thread.join(seconds)
        return self.status(account_id)

    def stop(self) -> None:
        """At most `ENDING` seconds for all of them together."""
        with self._lock:
            running = list(self._running.values())
        for each in running:
            each.attempt.cancel()
        until = time.monotonic() + ENDING
        for each in running:
            if each.thread:
                each.thread.join(max(0.0, until - time.monotonic()))

    def _give_way(self, account_id: str, *, select_account: bool, by_code: bool) -> None:
        """A plain click joins whatever runs."""
        with self._lock:
            running = self._running.get(account_id)
        if running is None:
            return
        attempt = running.attempt
        if (by_code and not attempt.by_code) or (select_account and not attempt.select_account):
            self.end(account_id)
            if self.running(account_id):
                raise SignInRunning(account=account_id)

    def _run(
        self, running: _Running, account: Account, provider: Provider, ended: Callable[[SignedIn | Problem], None]
    ) -> None:
        result: SignedIn | Problem
        try:
            result = provider.sign_in(running.attempt)
        except Problem as problem:
            log.info("%s: sign-in ended: %s (%s)", running.status.account, problem.code, problem.detail)
            result = problem
        except Exception as fault:
            log.exception("%s: sign-in failed", running.status.account)
            result = Problem(type(fault).__name__)
        try:
            ended(result)
        except (AccountChanged, SignInProblem) as problem:
            log.info("%s: the sign-in came too late: %s", running.status.account, problem.code)
            result = problem
        except Problem as problem:
            log.warning("%s: after the sign-in: %s (%s)", running.status.account, problem.code, problem.detail)
        except Exception:
            log.exception("%s: after the sign-in", running.status.account)
        finally:
            with self._lock:
                self._ended[running.status.account] = self._conclude(account, running.status, result)
                del self._running[running.status.account]
        self.changed()

    def _conclude(self, account: Account, status: SignInStatus, result: SignedIn | Problem) -> SignInStatus:
        now = self._clock()
        if isinstance(result, SignedIn) and isinstance(result.outcome, Refused):
            if result.outcome.cure is Cure.CONSENT:
                return replace(status, stage=Stage.CONSENT_PENDING, ended_at=now)
            result = mail_refused(result.outcome)
        if isinstance(result, Problem):
            return replace(status, stage=Stage.FAILED, ended_at=now, problem=result)
        renamed = Renamed(account.person, result.session.username) if result.renamed else None
        return replace(status, stage=Stage.SIGNED_IN, ended_at=now, renamed=renamed)

    def _wrong_person_before(self, account_id: str) -> bool:
        ended = self._ended.get(account_id)
        return ended is not None and isinstance(ended.problem, WrongPerson)

    @staticmethod
    def _status_of(running: _Running) -> SignInStatus:
        return replace(running.status, url=running.attempt.url, code=running.attempt.code)
