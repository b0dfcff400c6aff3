"""What does a line do to a conversation? A proxy that cuts, stalls, garbles or slows it at one chosen place, once.

A place is a number of bytes that the server has sent (`byte`) or the client (`sent`), or a step: the n-th time that the
side which speaks changes, just before what is said then passes on. So every command and every answer is met, also under
TLS.
"""

from __future__ import annotations

import selectors
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    CUT = "cut"
    STALL = "stall"
    GARBLE = "garble"
    SLOW = "slow"


@dataclass(frozen=True)
class Fault:
    kind: Kind
    byte: int = -1  # of the server's
    step: int = -1
    sent: int = -1  # byte of the client's


class FaultyLine:
    """On loopback, to `port` there. The fault befalls the first connection; later ones are sound."""

    def __init__(self, port: int, fault: Fault | None = None) -> None:
        self._target = port
        self._fault = fault
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.bytes = 0  # of the server's
        self.sent = 0  # bytes of the client's
        self.steps = 0
        self.happened = False
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._open:
            _reset(each)

    def _accept(self) -> None:
        with suppress(OSError):  # the test is over
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
                self._open += [client, server]
                threading.Thread(target=self._pass, args=(client, server), daemon=True).start()

    def _pass(self, client: socket.socket, server: socket.socket) -> None:
        fault, self._fault = self._fault, None
        with suppress(OSError):  # one of both ends is gone
            _Conversation(self, client, server, fault).hold()
            _reset(client)
            _reset(server)


class _Conversation:
    """One connection's."""

    def __init__(self, line: FaultyLine, client: socket.socket, server: socket.socket, fault: Fault | None) -> None:
        self._line = line
        self._client = client
        self._server = server
        self._fault = fault
        self._speaker: socket.socket | None = None
        self._passed = {client: 0, server: 0}  # bytes of each side's
        self._steps = 0
        self._slow = False

    def hold(self) -> None:
        """Until one side hangs up or the line is cut. A line that stalls is left standing."""
        with selectors.DefaultSelector() as selector:
            for side in (self._client, self._server):
                selector.register(side, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    source = self._server if key.fileobj is self._server else self._client
                    chunk = source.recv(4096)
                    if not chunk or not self._told(source, chunk):
                        return

    def _told(self, source: socket.socket, chunk: bytes) -> bool:
        target = self._client if source is self._server else self._server
        place = self._place(source, len(chunk))
        if place >= 0 and self._fault:
            self._line.happened = True
            match self._fault.kind:
                case Kind.SLOW:
                    self._slow = True
                case Kind.GARBLE:
                    chunk = chunk[:place] + bytes([chunk[place] ^ 0x10]) + chunk[place + 1 :]
                case Kind.CUT:
                    target.sendall(chunk[:place])
                    return False
                case Kind.STALL:
                    target.sendall(chunk[:place])
                    raise ConnectionAbortedError
        _send(target, chunk, slow=self._slow)
        self._passed[source] += len(chunk)
        self._line.bytes = max(self._line.bytes, self._passed[self._server])
        self._line.sent = max(self._line.sent, self._passed[self._client])
        self._line.steps = max(self._line.steps, self._steps)
        return True

    def _place(self, source: socket.socket, length: int) -> int:
        """Where in this chunk the fault is; -1 if it is not here."""
        turn = source is not self._speaker
        self._speaker = source
        self._steps += turn
        if self._fault is None:
            return -1
        if turn and self._fault.step == self._steps:
            return 0
        goal, passed = self._fault.byte if source is self._server else self._fault.sent, self._passed[source]
        return goal - passed if passed <= goal < passed + length else -1


def _send(target: socket.socket, chunk: bytes, *, slow: bool) -> None:
    if not slow:
        target.sendall(chunk)
        return
    for start in range(0, len(chunk), 97):
        target.sendall(chunk[start : start + 97])
        time.sleep(0.001)


def _reset(sock: socket.socket) -> None:
    with suppress(OSError):  # closed already
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()
