"""Where does an account's one IMAP connection wait between two rounds? In IDLE, all of them watched by one thread.

A round takes its account's connection out of IDLE, or opens a new one, and leaves it in IDLE when it is done. So each
connection is renewed by the round that is asked for in time, and opened only where rounds are: in their turn.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from imaplib import IMAP4
from typing import TYPE_CHECKING

from auth.problems import Problem
from mail import connect
from mail.answers import understood
from mail.certificates import Shared, Trust, verifying
from mail.folders import watched
from mail.idle import Idling
from mail.mailbox import Mailbox, Server, TokenSource
from mail.problems import MailProblem
from mail.seen import Origin, Seen, Standing
from mail.standing import origin_of, standing_of
from mail.watchman import Line, Watchman

if TYPE_CHECKING:
    from imapclient import IMAPClient

log = logging.getLogger(__name__)

ONE_LINE = 3600.0
"""Seconds; access tokens live no longer, and servers close the line when theirs runs out."""

MOST = 200
"""Connections that wait at once: some servers and systems (Windows' select: 512) take no more. Others are fetched on
schedule alone.
"""


class Lines:
    """Safe to use from any thread, by one round at a time of each account."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._trust = Shared()
        self._lock = threading.Lock()
        self._wanted: dict[str, Mailbox] = {}
        self._left: dict[str, tuple[Origin, Standing]] = {}  # account → how its folder stood when IDLE began
        self._watchman: Watchman | None = None

    def start(self, wake: Callable[[str], None]) -> None:
        """From now on connections wait. `wake`: the account is to have a round soon."""
        self._watchman = Watchman(wake)
        self._watchman.start()

    def stop(self) -> None:
        self.keep(())
        if self._watchman:
            self._watchman.stop()

    def keep(self, mailboxes: Collection[Mailbox]) -> None:
        """Of these alone connections are to wait; all others are closed."""
        with self._lock:
            before, self._wanted = self._wanted, {mailbox.account: mailbox for mailbox in mailboxes}
        for account, mailbox in before.items():
            if self._wanted.get(account) != mailbox:
                self.drop(account)

    def drop(self, account: str) -> None:
        """It may be dead, or nobody may use it any more."""
        if self._watchman and (line := self._watchman.release(account)):
            line.close()

    @contextmanager
    def connected(self, mailbox: Mailbox, server: Server, token: TokenSource) -> Iterator[IMAPClient]:
        """For one round: the connection that waits, else a new one. Raises what mail.connect.imap does.

        A round that fails is asked for again after a pause: no connection waits meanwhile.
        """
        try:
            with self._connected(mailbox, server, token) as client:
                yield client
        except Problem:
            if self._watchman and self._wants(mailbox):
                self._watchman.retry(mailbox.account)
            raise

    @contextmanager
    def _connected(self, mailbox: Mailbox, server: Server, token: TokenSource) -> Iterator[IMAPClient]:
        waiting = self._out_of_idle(mailbox, server)
        since = waiting.since if waiting else time.monotonic()
        client = (
            waiting.client if waiting else connect.imap_client(mailbox, server, token, self._trust_of(mailbox, server))
        )
        with connect.closed_on_error(client.shutdown):
            yield client
        if self._wants(mailbox):
            self._wait(mailbox, client, since)
        else:
            connect.log_out(client)

    def _wants(self, mailbox: Mailbox) -> bool:
        with self._lock:
            return self._watchman is not None and self._wanted.get(mailbox.account) == mailbox

    def _trust_of(self, mailbox: Mailbox, server: Server) -> Trust:
        return self._trust.towards(server) if self._wants(mailbox) else verifying

    def _out_of_idle(self, mailbox: Mailbox, server: Server) -> Line | None:
        """None: there is none, or it is too old, or dead. CLOSE, since STATUS is for folders that are not selected
        (RFC 9051), and since a server may tell only at a real command that the login's time is over.
        """
        line = self._watchman.release(mailbox.account) if self._watchman else None
        if line is None:
            return None
        try:
            if line.mailbox == mailbox and time.monotonic() - line.since < ONE_LINE:
                with understood(mailbox, server):
                    line.idling.leave()
                    line.client.close_folder()
                return line
        except MailProblem as problem:
            log.info("%s: the connection that waited for mail is of no use: %s", mailbox.account, problem.detail)
            if problem.code == "server_throttled":  # a new login would be one more question
                line.close()
                raise
        line.close()
        return None

    def _wait(self, mailbox: Mailbox, client: IMAPClient, since: float) -> None:
        """From the round's end on. What does not work here is no fault of the round's, and is tried after the next."""
        line = Line(mailbox, client, Idling(client), since)
        try:
            if not client.has_capability("IDLE"):  # some servers tell only when they are asked once more
                connect.log_out(client)
                return
            news = self._begin(line)
        except (OSError, IMAP4.error) as error:
            log.info("%s: not listening for new mail: %s", mailbox.account, error)
            line.close()
            if self._watchman and isinstance(error, OSError | IMAP4.abort):  # not where the server refuses IDLE
                self._watchman.retry(mailbox.account)
            return
        watchman = self._watchman
        if watchman is None or not watchman.take(line, MOST):
            line.close()
            return
        log.info("%s: listening for new mail", mailbox.account)
        if not self._wants(mailbox):  # changed in this moment
            self.drop(mailbox.account)
        elif news:
            watchman.wake(mailbox.account)

    def _begin(self, line: Line) -> bool:
        """Whether something has come since the round looked, which nobody will tell us of any more."""
        folder = watched(line.mailbox.folders)
        selected = line.client.select_folder(folder, readonly=True)
        found = origin_of(line.mailbox, folder, selected), standing_of(selected, b"EXISTS")
        there = selected.get(b"EXISTS")
        line.idling.begin(there if isinstance(there, int) else 0)
        before, self._left[line.account] = self._left.get(line.account), found
        return line.idling.mail or (found != before and not self._seen.unchanged(*found))
