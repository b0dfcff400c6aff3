"""What does a server say that no real one at hand will say? A small one that answers from a table."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Self

from mail.mailbox import Protocol, Security, Server

Script = Sequence[tuple[str, str]]
"""(pattern of the client's line, answer). `{tag}` is the first word of the last command, `{line}` the line itself; an
empty answer hangs up, "…" is silence.
"""


class ScriptedServer:
    """On loopback, in the clear. The first pattern that fits a line decides; a line that fits none is a failure."""

    def __init__(self, protocol: Protocol, greeting: str, script: Script) -> None:
        self._protocol = protocol
        self._greeting = greeting
        self._script = [(re.compile(pattern, re.IGNORECASE), answer) for pattern, answer in script]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.heard: list[str] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def server(self) -> Server:
        return Server(self._protocol, "127.0.0.1", self._listener.getsockname()[1], Security.NONE)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        with suppress(OSError):  # wakes accept(), which close() alone does not
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):  # the test is over
            while True:
                connection, _ = self._listener.accept()
                with connection, suppress(OSError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        connection.sendall(self._greeting.encode() + b"\r\n")
        tag = ""
        for raw in connection.makefile("rb"):
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            self.heard.append(line)
            answer = next((answer for pattern, answer in self._script if pattern.search(line)), "")
            if not answer:
                return
            if answer != "…":
                tag = line.split(" ", 1)[0] if " " in line else tag  # a token comes without one
                connection.sendall(
                    answer.replace("{tag}", tag).replace("{line}", line).replace("\n", "\r\n").encode("latin-1")
                    + b"\r\n"
                )
