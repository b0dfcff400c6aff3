"""What does a connection in IMAP IDLE (RFC 2177) say? Begun, listened to without waiting, and left again.

IMAPClient's own IDLE takes a dead line for silence, and an early answer for a fault (mjs/imapclient#449).
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mail import connect

if TYPE_CHECKING:
    from imapclient import IMAPClient

LEAVING_SECONDS = 15.0
"""How long a server may take to answer DONE; a line that was cut silently shows here."""

_TAG = b"W1"
_COUNT = re.compile(rb"\* (\d{1,10}) (EXISTS|EXPUNGE)", re.IGNORECASE)
"""EXISTS comes with every new message, and from some servers again and again, so it is news only where it grows. RECENT
does not count: some say it after each deletion.
"""

_LONGEST_LINE = 1_000_000
_PIECE = 65536


class Idling:
    """One connection, a folder of which is selected. Methods raise OSError and IMAP4.error: it is of no use then."""

    def __init__(self, client: IMAPClient) -> None:
        # IMAPClient shows its imaplib object under no public name; of that only send, read and readline are used
        self._imap: Any = client._imap  # noqa: SLF001
        self._socket: socket.socket = client.socket()
        self._rest = b""  # of what came, the line that is not whole yet
        self._there = 0  # messages
        self.mail = False  # told of since the beginning

    def begin(self, there: int) -> None:
        """From here on the connection is not waited for. `there`: as many messages as SELECT has told of."""
        self._there = there
        self._imap.send(_TAG + b" IDLE\r\n")
        self._lines_until(b"+")
        self._socket.settimeout(0)
        with suppress(BlockingIOError, ssl.SSLWantReadError):  # what came along: the socket stays silent about it
            while said := self._imap.read(1):
                self._rest += said
        self.hear()

    def hear(self) -> None:
        """Take in what has come meanwhile, if anything."""
        with suppress(BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            while len(self._rest) < _LONGEST_LINE:
                if not (said := self._socket.recv(_PIECE)):
                    raise ConnectionAbortedError("the server closed the connection")
                self._rest += said
            raise ConnectionAbortedError("the server sends a line without an end")
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            if not line.startswith(b"+"):  # some say again and again that they are waiting
                self._understand(line)

    def leave(self) -> None:
        """Afterwards the connection takes commands again, and is waited for as before."""
        self._socket.settimeout(LEAVING_SECONDS)
        self._imap.send(b"DONE\r\n")
        self._lines_until(_TAG + b" ")
        self._socket.settimeout(connect.READ_SECONDS)

    def _understand(self, line: bytes) -> None:
        if line.startswith(b"* BYE"):
            raise imaplib.IMAP4.abort(line[5:].decode("utf-8", "replace").strip())
        if not line.startswith(b"* "):
            raise imaplib.IMAP4.error(line.decode("utf-8", "replace").partition(" ")[2].strip())
        if told := _COUNT.match(line):
            there = int(told[1]) if told[2].upper() == b"EXISTS" else self._there - 1
            self.mail = self.mail or there > self._there
            self._there = there

    def _lines_until(self, last: bytes) -> None:
        while not (line := self._line()).startswith(last):
            self._understand(line)
        if not line.startswith((b"+", last + b"OK")):
            raise imaplib.IMAP4.error(line.removeprefix(last).decode("utf-8", "replace").strip())

    def _line(self) -> bytes:
        line, newline, rest = self._rest.partition(b"\n")
        self._rest = rest
        if not newline:
            line += self._imap.readline()
            if not line.endswith(b"\n"):
                raise ConnectionAbortedError("the server closed the connection")
        return line
