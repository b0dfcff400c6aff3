"""How do bytes get to and from one client? Lines, literals and TLS on a socket that another thread can wake."""

from __future__ import annotations

import selectors
import socket
import ssl
import struct
import sys
import threading
import time
from contextlib import suppress

CHUNK = 256 * 1024
_FAREWELL_SECONDS = 1.0


class Closed(Exception):  # noqa: N818  the ordinary end of a conversation
    """The client left, the post office closes, or a fault asked for the connection to be cut."""


class LineTooLong(Exception):  # noqa: N818  the client's fault, answered by each protocol in its own words
    """The line was longer than allowed and has been read away."""


class Wire:
    """Owned by one thread. Only `wake` and `stop` may be called by others."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket: socket.socket | ssl.SSLSocket = sock
        self._bell, self._ring = socket.socketpair()
        self._ring.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._selector.register(sock, selectors.EVENT_READ)
        self._stopped = threading.Event()
        self._woken = False
        self._in = bytearray()
        self._out = bytearray()
        self.cut_after: int | None = None  # a fault: so many bytes more go out, then the line is cut

    @property
    def secure(self) -> bool:
        return isinstance(self._socket, ssl.SSLSocket)

    def start_tls(self, context: ssl.SSLContext) -> None:
        """What came in the clear before the handshake is forgotten, or it could be injected (CVE-2011-0411)."""
        self.flush()
        self._in.clear()
        self._selector.unregister(self._socket)
        plain = self._socket
        self._socket = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        self._selector.register(self._socket, selectors.EVENT_READ)
        wrapped = self._socket
        while True:
            try:
                wrapped.do_handshake()
            except ssl.SSLWantReadError:
                self._wait(selectors.EVENT_READ)
            except ssl.SSLWantWriteError:
                self._wait(selectors.EVENT_WRITE)
            except OSError as error:
                raise Closed from error
            else:
                return

    def wake(self) -> None:
        """Make the owner's `wait` return False. From any thread."""
        try:
            self._ring.send(b"!")
        except BlockingIOError:
            pass  # it has enough to wake up for
        except OSError:
            pass  # it is closed: nobody sleeps there any more

    def stop(self) -> None:
        """Make the owner's next or present wait end with Closed. From any thread."""
        self._stopped.set()
        self.wake()

    def sleep(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise Closed

    def wait(self) -> bool:
        """Until the client says something (True) or somebody calls `wake` (False)."""
        self.flush()
        while not self._woken:
            if self._in or self._receive():
                return True
            self._wait(selectors.EVENT_READ)
        self._woken = False
        return False

    def read_line(self, limit: int = 65536) -> bytes:
        """Without its line end. Raises LineTooLong."""
        self.flush()
        begin, too_long = 0, False
        while (end := self._in.find(b"\n", begin)) < 0:
            if len(self._in) > limit:
                too_long = True
                self._in.clear()
            begin = len(self._in)
            self._fill()
        line = bytes(self._in[:end]).removesuffix(b"\r")
        del self._in[: end + 1]
        if too_long or len(line) > limit:
            raise LineTooLong
        return line

    def read_exactly(self, size: int) -> bytes:
        self.flush()
        while len(self._in) < size:
            self._fill()
        data = bytes(memoryview(self._in)[:size])
        del self._in[:size]
        return data

    def read_message(self, limit: int) -> bytes | None:
        """What follows SMTP's DATA, up to the final dot, dots unstuffed; None where it was larger than `limit`.

        Only CRLF . CRLF ends it, or letters could be smuggled in (CVE-2023-51764).
        """
        self.flush()
        self._in[:0] = b"\r\n"  # so that the first line is like all others
        begin, too_large = 0, False
        while (end := self._in.find(b"\r\n.\r\n", begin)) < 0:
            begin = max(0, len(self._in) - 4)
            if len(self._in) > limit + 4 or too_large:
                too_large = True
                del self._in[:begin]
                begin = 0
            self._fill()
        data = bytes(memoryview(self._in)[: end + 2])
        del self._in[: end + 5]
        if too_large or len(data) - 2 > limit:
            return None
        return data.replace(b"\r\n..", b"\r\n.")[2:]

    def write(self, data: bytes | memoryview) -> None:
        """Small things are gathered and leave together; what is waited for next sends them."""
        if len(data) < CHUNK:
            self._out += data
            if len(self._out) >= CHUNK:
                self.flush()
        else:
            self.flush()
            self._send(memoryview(data))

    def flush(self) -> None:
        if self._out:
            out, self._out = self._out, bytearray()
            self._send(memoryview(out))

    def drop(self) -> None:
        """Cut the line without a farewell, as a dead router does it (a reset)."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _linger_now())
        self._release()
        raise Closed

    def close(self) -> None:
        """Let the last answer arrive: say goodbye, then wait a moment for the client to leave."""
        if self._socket.fileno() < 0:
            return
        try:
            self.flush()
            self._say_goodbye()
        except (Closed, OSError):
            pass  # the client left first
        finally:
            self._release()

    def _say_goodbye(self) -> None:
        if isinstance(self._socket, ssl.SSLSocket):
            with suppress(ssl.SSLWantReadError):  # our part is sent; the client's is not waited for
                self._socket.unwrap()
        self._socket.shutdown(socket.SHUT_WR)
        until = time.monotonic() + _FAREWELL_SECONDS
        plain = socket.socket(fileno=self._socket.detach())
        plain.setblocking(False)
        self._socket = plain
        while time.monotonic() < until and not self._stopped.is_set():
            self._stopped.wait(0.005)
            try:
                if not plain.recv(CHUNK):
                    return
            except BlockingIOError:
                continue

    def _release(self) -> None:
        self._selector.close()
        for each in (self._socket, self._bell, self._ring):
            each.close()

    def _fill(self) -> None:
        while not self._receive():
            self._wait(selectors.EVENT_READ)

    def _receive(self) -> bool:
        """Take what has arrived; False where nothing has. Raises Closed at the end of the stream."""
        try:
            data = self._socket.recv(CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError as error:
            raise Closed from error
        if not data:
            raise Closed
        self._in += data
        return True

    def _send(self, data: memoryview) -> None:
        if self.cut_after is not None and len(data) > self.cut_after:
            rest, self.cut_after = data[: self.cut_after], None
            self._send(rest)
            self.drop()
        if self.cut_after is not None:
            self.cut_after -= len(data)
        while data:
            try:
                data = data[self._socket.send(data[:CHUNK]) :]
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait(selectors.EVENT_WRITE)
            except ssl.SSLWantReadError:
                self._wait(selectors.EVENT_READ)
            except OSError as error:
                raise Closed from error

    def _wait(self, event: int) -> None:
        """Until the socket is ready or the bell rings; the ring is remembered for `wait`."""
        if self._stopped.is_set():
            raise Closed
        self._selector.modify(self._socket, event)
        for key, _ in self._selector.select():
            if key.fileobj is self._bell:
                self._bell.recv(4096)
                self._woken = True
        if self._stopped.is_set():
            raise Closed


def _linger_now() -> bytes:
    """SO_LINGER on with zero seconds: two shorts on Windows, two ints elsewhere."""
    return struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
