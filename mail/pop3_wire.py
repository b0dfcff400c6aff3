"""How is POP3 spoken? Commands out, answers and whole messages in, byte for byte.

Not poplib: it rewrites line ends, stops at lines of more than 2048 octets and takes a microsecond for each line.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from mail.large import LARGE, Large, Raw

_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 16
_LONGEST_TEXT_LINE = 64_000_000
_PIECE = 4_000_000
_LONGEST_MESSAGE = 999_000_000
"""SQLite takes no row of more than 1,000,000,000 bytes."""


class Pop3Refusal(Exception):  # noqa: N818  an answer; mail.answers makes a Problem of it
    """The server said -ERR. `str()` is what followed."""


class TooLarge(ConnectionAbortedError):  # noqa: N818  a finding; mail.pop3 notes it
    """A message that no row can hold; what is left of it would have to be read before anything else."""


class Pop3Wire:
    """One connection. Raises Pop3Refusal, and OSError where the connection is lost."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = bytearray()

    @property
    def socket(self) -> socket.socket:
        return self._sock

    def leftover(self) -> bytes:
        """What came behind the last answer."""
        return bytes(self._buffer)

    def wrap(self, context: ssl.SSLContext, host: str) -> None:
        """TLS from here on. What came before in the clear is dropped: an attacker may have put it there."""
        self._sock = context.wrap_socket(self._sock, server_hostname=host)
        self._buffer.clear()

    def ask(self, command: str) -> str:
        """One command, one answer of one line."""
        self.send(command)
        return self.status()

    def ask_lines(self, command: str) -> list[bytes]:
        """One command whose answer is a list."""
        self.ask(command)
        return b"".join(self._lines()).splitlines()

    def send(self, *commands: str) -> None:
        """Several at once only where the server offers PIPELINING."""
        self._sock.sendall("".join(f"{command}\r\n" for command in commands).encode())

    def status(self) -> str:
        """The next answer's first line, without +OK, or with the + that asks for more."""
        line = self._line().decode("utf-8", "replace")
        if line.startswith("-"):
            raise Pop3Refusal(line.removeprefix("-ERR").strip())
        if not line.startswith("+"):
            raise ConnectionAbortedError("what came is no answer of POP3")
        return line.removeprefix("+OK").strip()

    def body(self) -> Raw:
        """All lines up to the lone dot, as they are on the server."""
        pieces: list[bytes] = []
        large: Large | None = None
        for piece in self._lines():
            if large is None and sum(map(len, pieces)) + len(piece) > LARGE:
                large = Large()
                while pieces:
                    large.append(pieces.pop(0))
            if large is not None:
                large.append(piece)
            else:
                pieces.append(piece)
        return b"".join(pieces) if large is None else large

    def _lines(self) -> Iterator[bytes]:
        """Whole lines, in large pieces."""
        searched = total = 0
        while not self._buffer.startswith(b".\r\n"):
            if (end := self._buffer.find(b"\r\n.\r\n", max(searched - 4, 0))) >= 0:
                yield _unstuffed(self._take(end + 2, also=3))
                return
            searched = len(self._buffer)
            if searched > _PIECE and (end := self._buffer.rfind(b"\r\n")) >= 0:
                total += end
                yield _unstuffed(self._take(end + 2))
                searched = 0
            if total + searched > _LONGEST_MESSAGE or searched > _LONGEST_TEXT_LINE:
                raise TooLarge
            self._receive()
        self._take(0, also=3)

    def close(self) -> None:
        self._sock.close()

    def _line(self) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > _LONGEST_LINE:
                raise ConnectionAbortedError("an answer without an end of line")
            self._receive()
        return self._take(end + 1).rstrip(b"\r\n")

    def _receive(self) -> None:
        chunk = self._sock.recv(_CHUNK)
        if not chunk:
            raise ConnectionAbortedError("the server closed the connection")
        self._buffer += chunk

    def _take(self, length: int, *, also: int = 0) -> bytes:
        with memoryview(self._buffer) as view:
            taken = bytes(view[:length])
        del self._buffer[: length + also]
        return taken


def _unstuffed(lines: bytes) -> bytes:
    """A line that begins with a dot is sent with two (RFC 1939)."""
    if lines.startswith(b".."):
        lines = lines[1:]
    return lines.replace(b"\r\n..", b"\r\n.")
