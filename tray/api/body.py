"""How much of a request's body is taken, and how long is it waited for? A wrapper around ASGI's receive and send."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

from tray.api.asgi import Message, Receive, Send
from tray.api.problems import Refusal

SECONDS = 30.0
_DRAIN_SECONDS = 1.0
_DRAIN_BYTES = 1024 * 1024

_SAFE_HEADERS = {
    b"cache-control": b"no-store",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}
"""On every answer that does not bring its own."""


class Body:
    """ASGI's receive, with a limit of size and of time. Chunked bodies have no length before they are read."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._until: float | None = None
        self._taken = 0
        self._kept: deque[Message] = deque()
        self.ended = False
        self.cut_off = False

    async def __call__(self) -> Message:
        """Raises Refusal."""
        if self._kept:
            return self._kept.popleft()
        if self.ended:
            return await self._receive()  # waits for the end of the connection
        return await self._next()

    async def arrive(self) -> None:
        """Wait until all of it is here, so that half a request does nothing. Raises Refusal."""
        while not self.ended:
            self._kept.append(await self._next())

    async def _next(self) -> Message:
        loop = asyncio.get_running_loop()
        self._until = self._until or loop.time() + SECONDS
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise Refusal(code="body_too_slow") from None
        self._note(message)
        if self._taken > self._limit:
            raise Refusal(code="body_too_large", limit=self._limit // 1024)
        return message

    async def drain(self) -> None:
        """Read what the caller is still sending, within reason: whoever is cut off while sending sees no answer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self.ended and self._taken < _DRAIN_BYTES:
                    self._note(await self._receive())

    def _note(self, message: Message) -> None:
        if message["type"] == "http.request":
            self._taken += len(message["body"])
            self.ended = not message["more_body"]
        else:
            self.ended = self.cut_off = True


class Answer:
    """ASGI's send, which adds the headers that keep browsers from doing anything with an answer that we do not want."""

    def __init__(self, send: Send, body: Body, *, may_have_body: bool) -> None:
        self._send = send
        self._body = body
        self._may_have_body = may_have_body
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = dict(message["headers"])
            added = [(name, value) for name, value in _SAFE_HEADERS.items() if name not in headers]
            if self._may_have_body and not self._body.ended:
                added.append((b"connection", b"close"))  # what comes of the body after this is nobody's business
            if headers.get(b"content-type") == b"application/json":
                headers[b"content-type"] = b"application/json; charset=utf-8"  # old clients guess otherwise
            message["headers"] = [*headers.items(), *added]
        await self._send(message)
