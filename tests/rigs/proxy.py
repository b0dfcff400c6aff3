"""What happens when the line breaks? A proxy on loopback that cuts or stalls a connection after so many bytes."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from typing import Self


class BrokenLine:
    """Passes on to `port`; counts what the server sent. The limits hold for each connection from its beginning."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.cut_after: int | None = None  # bytes of the server's, then the line is gone
        self.stall_after: int | None = None  # bytes of the server's, then nothing more comes, and nothing is closed
        self.passed = 0
        self.connections = 0
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut_all()

    def cut_all(self) -> None:
        """Reset every connection there is."""
        while self._open:
            _reset(self._open.pop())

    def _accept(self) -> None:
        with suppress(OSError):  # the test is over
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
                self.connections += 1
                self._open += [client, server]
                threading.Thread(target=self._pass, args=(client, server, False), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, True), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, from_server: bool) -> None:  # noqa: FBT001  a thread's argument
        passed = 0
        with suppress(OSError):  # one of both ends is gone
            while chunk := source.recv(4096):
                if from_server and self.cut_after is not None and passed + len(chunk) > self.cut_after:
                    target.sendall(chunk[: max(self.cut_after - passed, 0)])
                    target.shutdown(socket.SHUT_RDWR)  # what was passed on arrives, then the line is gone
                    _reset(source)
                    return
                if from_server and self.stall_after is not None and passed + len(chunk) > self.stall_after:
                    return
                target.sendall(chunk)
                passed += len(chunk)
                self.passed += len(chunk) if from_server else 0
            target.shutdown(socket.SHUT_WR)


def _reset(sock: socket.socket) -> None:
    with suppress(OSError):  # closed already
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()
