"""Has new mail come? Waits on IMAP IDLE without a single wake-up, until mail, the time limit or the program's end."""

from __future__ import annotations

import imaplib
import re
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from mail import connect
from mail.answers import understood
from mail.certificates import Shared
from mail.folders import watched
from mail.mailbox import Mailbox, Protocol, Server, TokenSource
from mail.problems import MailProblem

if TYPE_CHECKING:
    from imapclient import IMAPClient

RENEW_SECONDS = 9 * 60.0
"""Firewalls forget a silent connection after ten minutes or more; RFC 2177 asks for less than 29."""

_TRUST = Shared()

_EXISTS = re.compile(rb"\* \d+ EXISTS", re.IGNORECASE)
"""Comes with every new message. RECENT does not count: some servers say it after each deletion."""


class Stop(threading.Event):
    """The program's end, as an event that can be waited for together with a connection."""

    def __init__(self) -> None:
        super().__init__()
        self._heard, self._said = socket.socketpair()

    def set(self) -> None:
        super().set()
        self._said.send(b"!")

    def fileno(self) -> int:
        """Readable once it is set."""
        return self._heard.fileno()

    def close(self) -> None:
        self._heard.close()
        self._said.close()


class Watch:
    """One folder of one connection, watched. Made by `watching()`."""

    def __init__(self, client: IMAPClient, mailbox: Mailbox, server: Server) -> None:
        self._wire = _Wire(client)
        self._mailbox = mailbox
        self._server = server

    def wait(self, stop: Stop, seconds: float) -> bool:
        """True: something arrived since the watch began or the last call. False: the time is over, or `stop` is set."""
        until = time.monotonic() + seconds
        with understood(self._mailbox, self._server):
            arrived = self._wire.ask("NOOP")
            while not arrived and not stop.is_set() and (left := until - time.monotonic()) > 0:
                arrived = self._wire.idle(stop, min(left, RENEW_SECONDS))
        return arrived


class _Wire:
    """The lines of one connection. IMAPClient's own IDLE takes a dead line for silence, and an early answer for a fault
    (mjs/imapclient#449).
    """

    def __init__(self, client: IMAPClient) -> None:
        # IMAPClient shows its imaplib object under no public name; of that only send, readline and file are used
        self._imap: Any = client._imap  # noqa: SLF001
        self._socket: socket.socket = client.socket()
        self._count = 0

    def ask(self, command: str) -> bool:
        """Whether its answers tell of new mail."""
        tag = self._send(command)
        return self._lines_until(tag + b" ")

    def idle(self, stop: Stop, seconds: float) -> bool:
        """Until the server says something, `stop` is set or the time is over; whether new mail came."""
        tag = self._send("IDLE")
        arrived = self._lines_until(b"+")
        if not arrived and not self._something_read():
            with closing(selectors.DefaultSelector()) as selector:
                selector.register(self._socket, selectors.EVENT_READ)
                selector.register(stop, selectors.EVENT_READ)
                selector.select(seconds)
        self._imap.send(b"DONE\r\n")  # whatever was said; a dead line shows here, at the read limit
        return self._lines_until(tag + b" ") or arrived

    def _send(self, command: str) -> bytes:
        self._count += 1
        tag = b"W%d" % self._count
        self._imap.send(b"%b %b\r\n" % (tag, command.encode("ascii")))
        return tag

    def _lines_until(self, last: bytes) -> bool:
        arrived = False
        while not (line := self._line()).startswith(last):
            if line.startswith(b"* BYE"):
                raise imaplib.IMAP4.abort(line[5:].decode("utf-8", "replace").strip())
            if not line.startswith(b"* "):
                raise imaplib.IMAP4.error(line.decode("utf-8", "replace").partition(" ")[2].strip())
            arrived = arrived or _EXISTS.match(line) is not None
        if not line.startswith((b"+", last + b"OK")):
            raise imaplib.IMAP4.error(line.removeprefix(last).decode("utf-8", "replace").strip())
        return arrived

    def _line(self) -> bytes:
        line: bytes = self._imap.readline()
        if not line.endswith(b"\n"):
            raise ConnectionAbortedError("the server closed the connection")
        return line

    def _something_read(self) -> bool:
        """Whether an answer came along with the server's go-ahead: the socket would stay silent about it."""
        patience = self._socket.gettimeout()
        self._socket.settimeout(0)
        try:
            return bool(self._imap.file.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            self._socket.settimeout(patience)


@contextmanager
def watching(mailbox: Mailbox, token: TokenSource) -> Iterator[Watch]:
    """Watch the first folder that is named, on a connection of its own.

    Enter before a round of fetching and wait after it: what arrives in between is not missed. Raises MailboxRefused and
    ServerUnreachable, also later from `wait()`; then begin anew, after a pause.
    """
    server = mailbox.receive
    if server is None or server.protocol is not Protocol.IMAP:
        raise MailProblem(f"{mailbox.account} is not fetched over IMAP", code="idle_missing", address=mailbox.address)
    with connect.imap(mailbox, server, token, _TRUST.towards(server)) as client:
        with understood(mailbox, server):
            if not client.has_capability("IDLE"):
                raise MailProblem(f"{server.host} knows no IDLE", code="idle_missing", address=mailbox.address)
            client.select_folder(watched(mailbox.folders), readonly=True)
        yield Watch(client, mailbox, server)


def wait_for_mail(mailbox: Mailbox, token: TokenSource, stop: Stop, seconds: float) -> bool:
    """One wait on a connection of its own."""
    with watching(mailbox, token) as watch:
        return watch.wait(stop, seconds)
