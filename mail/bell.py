"""How is a thread woken that waits for connections? By one more, which is ours."""

from __future__ import annotations

import socket
from contextlib import suppress


class Bell:
    """Safe to ring from any thread."""

    def __init__(self) -> None:
        self._heard, self._said = socket.socketpair()
        self._heard.setblocking(False)
        self._said.setblocking(False)

    def ring(self) -> None:
        with suppress(OSError):  # it has been rung often enough, or nobody is there any more
            self._said.send(b"!")

    def quiet(self) -> None:
        with suppress(BlockingIOError):
            self._heard.recv(4096)

    def fileno(self) -> int:
        """Readable once it was rung."""
        return self._heard.fileno()

    def close(self) -> None:
        self._heard.close()
        self._said.close()
