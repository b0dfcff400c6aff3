"""How is HTTP served so that an idle Postwart sleeps and nobody can wear it out? uvicorn with three changes."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from auth.exclusive_port import listening
from auth.problems import Problem

HOST = "127.0.0.1"
HEAD_SECONDS = 10.0
CONNECTIONS = 256
_BACKLOG = 2048
_HEAD_BYTES = 32 * 1024
_AHEAD = 32
"""Requests that may wait for the answer to another one over the same connection; each holds 2.5 KB."""


class PortTaken(Problem):
    """The configured port is in use. Facts: port."""

    code = "port_taken"


def listen(port: int) -> socket.socket:
    """Our own socket: uvicorn's has SO_REUSEADDR, with which on Windows any program may listen on the same port.

    Raises PortTaken.
    """
    try:
        listener = listening(port, _BACKLOG, HOST)
    except OSError as fault:
        if fault.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise PortTaken(str(fault), port=str(port)) from fault
        raise
    listener.setblocking(False)
    return listener


class PatientProtocol(HttpToolsProtocol):
    """Waits so long for a request's head and no longer, takes only so much of it, and only so many connections: any
    user of this PC may open them, before we know who it is. uvicorn itself waits for ever. Whoever has been silent for
    longest makes room, unless somebody who has shown a secret is being answered there: so nobody can keep others out by
    holding all the places, be it with requests that do not end or answers that are not read.
    """

    _deadline: asyncio.TimerHandle | None = None
    _silent_since: float = 0.0
    _beside_bodies = 0  # bytes that came one after another and are no body: heads, and what may stand around chunks
    _in_head = True  # no request's head has come yet, or the one before is answered
    _head_is_whole = False
    _cut_off = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._silent_since = self.loop.time()
        if len(self.connections) > CONNECTIONS:
            self._make_room()
        self._watch_head()

    def _make_room(self) -> None:
        others = [each for each in self.connections if isinstance(each, PatientProtocol) and each is not self]
        strangers = [each for each in others if not each._cut_off and not each._answers_a_caller]  # noqa: SLF001  our own kind
        chosen = min(strangers, key=lambda each: each._silent_since, default=self)  # noqa: SLF001
        chosen._cut_off = True  # noqa: SLF001
        chosen.transport.abort()

    @property
    def _answers_a_caller(self) -> bool:
        """The guard has let somebody in, who has not got the whole answer yet."""
        under_way = not self._in_head or self.transport.get_write_buffer_size() > 0
        return under_way and self.scope is not None and self.scope["state"].get("caller") is not None

    def data_received(self, data: bytes) -> None:
        self._silent_since = self.loop.time()
        self._beside_bodies += len(data)
        if not self.transport.is_closing():
            super().data_received(data)
        if self._beside_bodies > _HEAD_BYTES and not self.transport.is_closing():
            if self._in_head:
                self.send_400_response("The head is too long.")
            else:
                self.transport.abort()  # an answer may have begun
        self._watch_head()

    def on_message_begin(self) -> None:
        self._head_is_whole = False
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._head_is_whole:  # else a field behind the body (RFC 9112, section 7.1.2), which nobody here reads
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        self._beside_bodies = 0
        super().on_body(body)

    def on_headers_complete(self) -> None:
        if sum(len(name) + len(value) for name, value in self.headers) + len(self.url) > _HEAD_BYTES:
            raise ValueError("the head is too long")  # httptools makes of it what the sender is told
        if len(self.pipeline) >= _AHEAD:
            self.transport.abort()  # without a word: an answer may have begun
            raise ValueError("too many requests")  # so that the rest of them is not read
        self._in_head, self._head_is_whole, self._beside_bodies = False, True, 0
        self.scope["extensions"] = {"target": {"whole": self.url}}  # the path alone hides an absolute form
        super().on_headers_complete()
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False  # we speak nothing else, and the parser takes no more after such an offer

    def on_response_complete(self) -> None:
        self._in_head = not self.pipeline
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_deadline()
        super().connection_lost(exc)

    def _watch_head(self) -> None:
        if not self._in_head:
            self._forget_deadline()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _give_up(self) -> None:
        if self._in_head:
            self.transport.close()

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class QuietServer(uvicorn.Server):
    """Waits for an event where uvicorn looks ten times a second whether it should stop (598 wake-ups a minute)."""

    def __init__(self, app: Any, started: Callable[[], None]) -> None:
        super().__init__(_config(app))
        self._tell_started = started
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        await super().startup(sockets)
        self._tell_started()

    async def main_loop(self) -> None:
        if self._end:
            await self._end.wait()

    def end(self) -> None:
        """From any thread, also where it has ended already."""
        if self._loop and self._end:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._end.set)

    @property
    def state(self) -> ServerState:
        return self.server_state


def _config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        proxy_headers=False,
        server_header=False,
        date_header=False,
        access_log=False,
        log_config=None,
        log_level="error",  # whoever sends nonsense must not fill the log
        backlog=_BACKLOG,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=2,
    )
