"""Which of the connections that wait in IDLE has something to say, or waits too long? One thread for all of them."""

from __future__ import annotations

import logging
import selectors
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from imaplib import IMAP4
from typing import TYPE_CHECKING

from mail.bell import Bell
from mail.idle import Idling
from mail.mailbox import Mailbox

if TYPE_CHECKING:
    from imapclient import IMAPClient

log = logging.getLogger(__name__)

RENEW_SECONDS, GIVEN_UP_SECONDS = 8 * 60.0, 9 * 60.0
"""After so long in IDLE a round is asked for, which renews it; where none comes, the connection is closed. Firewalls
forget a silent one after ten minutes or more; RFC 2177 asks for less than 29.
"""

FIRST_PAUSE, LONGEST_PAUSE = 30.0, 900.0
"""Seconds until a round is asked for after a connection has died; the schedule fetches meanwhile."""


RECOVERY_SECONDS = 1.0
"""Before the listening begins anew after a fault of this PC's or ours, which may be there again at once."""


@dataclass(eq=False)
class Line:
    """A connection that is logged in since `since`, and waits since `begun`, both on the monotonic clock."""

    mailbox: Mailbox
    client: IMAPClient
    idling: Idling
    since: float
    begun: float = field(default_factory=time.monotonic)
    asked: bool = False  # for a round, since it waits
    unwatched: threading.Event = field(default_factory=threading.Event)

    @property
    def account(self) -> str:
        return self.mailbox.account

    def close(self) -> None:
        with suppress(OSError):  # the other side may have done so
            self.client.shutdown()


class Watchman:
    """Safe to use from any thread, but for `run`."""

    def __init__(self, wake: Callable[[str], None]) -> None:
        """`wake`: this account is to have a round soon. It is called on this thread, and returns at once."""
        self.wake = wake
        self._lock = threading.Lock()
        self._bell = Bell()
        self._lines: dict[str, Line] = {}
        self._watched: set[Line] = set()
        self._ended: set[Line] = set()  # to be closed, once they are watched no more
        self._pauses: dict[str, float] = {}  # account → how long the next one takes
        self._wakes: dict[str, float] = {}  # account → when it is woken, its line having died
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="idle", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            lines, self._lines = list(self._lines.values()), {}
        self._bell.ring()
        self._thread.join(5)
        for line in lines:
            line.close()

    def take(self, line: Line, most: int) -> bool:
        """Watch it; False: there are so many already, or it is too late."""
        with self._lock:
            if self._stopped or len(self._lines) >= most:
                return False
            self._lines[line.account] = line
            self._wakes.pop(line.account, None)
        self._bell.ring()
        return True

    def retry(self, account: str) -> None:
        """A round has failed, and nothing waits."""
        with self._lock:
            if self._stopped:
                return
            self._wake_later(account)
        self._bell.ring()

    def release(self, account: str) -> Line | None:
        """It is the caller's from now on."""
        with self._lock:
            line = self._lines.pop(account, None)
            watched = line in self._watched
        if line and watched:
            self._bell.ring()
            line.unwatched.wait()
        return line

    def _run(self) -> None:
        while not self._stopped:
            try:
                with selectors.DefaultSelector() as selector:
                    selector.register(self._bell, selectors.EVENT_READ)
                    while not self._stopped:
                        self._turn(selector)
            except Exception:
                log.exception("listening for new mail begins anew")
                self._let_go()
                time.sleep(RECOVERY_SECONDS)
        self._let_go()
        self._bell.close()

    def _let_go(self) -> None:
        """Nobody is to wait for what this thread does no more; a round opens each connection anew."""
        with self._lock:
            lines = self._watched | self._ended | set(self._lines.values())
            for account in self._lines:
                self._wake_later(account)
            for each in (self._watched, self._ended, self._lines):
                each.clear()
        for line in lines:
            line.close()
            line.unwatched.set()

    def _turn(self, selector: selectors.BaseSelector) -> None:
        self._adjust(selector)
        woken = [key.data for key, _ in selector.select(self._patience())]
        self._bell.quiet()
        with self._lock:
            news = [line.account for line in self._lines.copy().values() if line in woken and self._heard(line)]
            late = self._late()
        for account in (*news, *late):
            self.wake(account)

    def _adjust(self, selector: selectors.BaseSelector) -> None:
        """Watch exactly those that wait. First the ones that went: a new one may have got an old one's number."""
        with self._lock:
            waiting = set(self._lines.values())
            for line in self._watched - waiting:
                selector.unregister(line.client.socket())
                line.unwatched.set()
            while self._ended:
                self._ended.pop().close()
            for line in waiting - self._watched:
                selector.register(line.client.socket(), selectors.EVENT_READ, line)
            self._watched = waiting

    def _patience(self) -> float | None:
        with self._lock:
            ends = [line.begun + (GIVEN_UP_SECONDS if line.asked else RENEW_SECONDS) for line in self._lines.values()]
            soonest = min((*ends, *self._wakes.values()), default=None)
        return None if soonest is None else max(0.0, soonest - time.monotonic())

    def _heard(self, line: Line) -> bool:
        """Whether a round is to be asked for now."""
        try:
            line.idling.hear()
        except (OSError, IMAP4.error) as error:
            log.info("%s: not listening for new mail: %s", line.account, error)
            self._died(line)
            return False
        news = line.idling.mail and not line.asked
        line.asked = line.asked or news
        return news

    def _died(self, line: Line) -> None:
        if time.monotonic() - line.since > LONGEST_PAUSE:
            self._pauses.pop(line.account, None)
        self._wake_later(line.account)
        self._end(line)

    def _wake_later(self, account: str) -> None:
        """What is cut again and again is opened anew less and less often."""
        pause = self._pauses.get(account, FIRST_PAUSE)
        self._pauses[account] = min(2 * pause, LONGEST_PAUSE)
        self._wakes[account] = time.monotonic() + pause

    def _end(self, line: Line) -> None:
        del self._lines[line.account]
        self._ended.add(line)

    def _late(self) -> list[str]:
        """Accounts that are to have a round because of the time."""
        now = time.monotonic()
        late = [account for account, at in self._wakes.items() if at <= now]
        for account in late:
            del self._wakes[account]
        for line in list(self._lines.values()):
            if now >= line.begun + GIVEN_UP_SECONDS:
                log.info("%s: not listening for new mail: nobody renewed it", line.account)
                self._end(line)
            elif now >= line.begun + RENEW_SECONDS and not line.asked:
                line.asked = True
                late.append(line.account)
        return late
