"""How is a program talked to that is not logged in yet? Lines, with limits: any user of this PC may have connected."""

from __future__ import annotations

import socket
import time
import unicodedata
from dataclasses import dataclass, field

SECONDS = 60.0
"""For the whole talk before the login."""

LONGEST_LINE = 8192
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_QUOTES = str.maketrans({"„": '"', "“": '"', "”": '"', "\u2019": "'", "\u2013": "-", "…": "..."})
_HTTP = (b"GET ", b"POST ", b"PUT ", b"HEAD ", b"OPTIONS ", b"CONNECT ", b"DELETE ", b"PATCH ", b"HOST:")


class Left(Exception):  # noqa: N818  no fault: they hung up, were too slow, or speak something else
    """The talk is over before a login."""


@dataclass(frozen=True)
class Login:
    """`tag` is IMAP's, which the answer repeats."""

    address: str
    password: str = field(repr=False)
    tag: str = ""


class Caller:
    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self._buffer = bytearray()
        self._until = time.monotonic() + SECONDS

    def line(self) -> bytes:
        """Without its end. Raises Left."""
        while b"\n" not in self._buffer:
            if len(self._buffer) > LONGEST_LINE:
                raise Left
            self._receive()
        line, _, rest = bytes(self._buffer).partition(b"\n")
        self._buffer[:] = rest
        if len(line) > LONGEST_LINE or line.upper().startswith(_HTTP):
            raise Left  # a web page can make a browser connect here; it gets no second line
        return line.rstrip(b"\r")

    def exactly(self, size: int) -> bytes:
        """Raises Left."""
        if size > LONGEST_LINE:
            raise Left
        while len(self._buffer) < size:
            self._receive()
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def say(self, line: str) -> None:
        """Raises Left."""
        try:
            self.socket.settimeout(SECONDS)
            self.socket.sendall(f"{line}\r\n".encode("ascii", "replace"))
        except OSError as gone:
            raise Left from gone

    def leftover(self) -> bytes:
        """What they sent ahead, behind the login."""
        return bytes(self._buffer)

    def _receive(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise Left
        try:
            self.socket.settimeout(left)
            chunk = self.socket.recv(LONGEST_LINE)
        except OSError as gone:
            raise Left from gone
        if not chunk:
            raise Left
        self._buffer += chunk


def ascii_words(words: str) -> str:
    """A sentence on one line, for protocols that know no other letters before the login."""
    spelled = words.translate(_UMLAUTS).translate(_QUOTES)
    plain_ = unicodedata.normalize("NFKD", " ".join(spelled.split())).encode("ascii", "ignore").decode()
    return plain_[:400]
