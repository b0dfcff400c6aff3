"""How does a main app hear of things at once? Server-sent events (HTML standard, section 9.2), resumed by cursor."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Annotated, TypeAlias

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter, SkipValidation
from litestar.response import Stream

from mail.problems import StoreProblem
from tray.api import event_views
from tray.api.given import Hub, InWords, Work, errors, needs
from tray.api.rights import Right
from tray.api.workers import Workers
from tray.board import Board
from tray.feed import Cursor, Feed
from tray.texts import Texts

log = logging.getLogger(__name__)

PAGE = 200
PAGES = 8
"""So many are kept for others at the same place; who catches up on years of mail leaves no more behind."""
STILL_HERE = 30.0
"""Seconds after which a silent stream says so: what lies between must not take it for dead, and we notice who left."""

Page: TypeAlias = tuple[Cursor, bytes]
Render = Callable[[Cursor, Texts], Page]


class Events:
    """Wakes the listeners, and reads for all of them at once: two hundred that wait at the same place cost one reading.

    Used on the API's event loop alone, but for `listen()` and `close()`.
    """

    def __init__(self, feed: Feed, board: Board) -> None:
        self.feed = feed
        self._board = board
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._pages: dict[tuple[Cursor, str], tuple[float, asyncio.Task[Page]]] = {}  # begun when
        self.closed = False

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._board.on_news(self._stir)

    def close(self) -> None:
        """All streams end."""
        self.closed = True
        self._stir()

    def _stir(self) -> None:
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._pages.clear()
        self._news.set()
        self._news = asyncio.Event()

    async def stream(self, cursor: Cursor, texts: Texts, work: Workers, render: Render) -> AsyncIterator[bytes]:
        yield f"retry: 2000\nid: {cursor}\n\n".encode()
        while not self.closed:
            news = self._news
            try:
                end, text = await self._page(cursor, texts, work, render)
            except StoreProblem as problem:  # the listener comes again, and goes on where it was
                log.warning("a stream of events has ended: %s (%s)", problem.code, problem.detail)
                return
            if text:
                yield text
            if end != cursor:
                cursor = end
                continue
            try:
                async with asyncio.timeout(STILL_HERE):
                    await news.wait()
            except TimeoutError:
                yield b": still here\n\n"

    async def _page(self, cursor: Cursor, texts: Texts, work: Workers, render: Render) -> Page:
        """What could not be told as news, since noting it failed, shows when it is read again after a while."""
        key, now = (cursor, texts.language), asyncio.get_running_loop().time()
        begun, reading = self._pages.pop(key, (now, None))
        if reading is None or _has_failed(reading) or now >= begun + STILL_HERE:
            begun, reading = now, asyncio.create_task(work.quick(render, cursor, texts))
        while len(self._pages) >= PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[key] = begun, reading
        return await asyncio.shield(reading)


def _has_failed(reading: asyncio.Task[Page]) -> bool:
    return reading.done() and (reading.cancelled() or reading.exception() is not None)


TheEvents: TypeAlias = NamedDependency[SkipValidation[Events]]

_STREAM = ResponseSpec(
    str,
    generate_examples=False,
    media_type="text/event-stream",
    description=(
        "`event: message` (a line of the listing), `outbox` (the letter), `health` (the account as in the status), "
        "`sign_in` (`account`, `stage`, `at`, `code`), `reset` (what you remember is of another database: read it all "
        "again). Each has an `id`; send it as Last-Event-ID to go on from there, also after a restart."
    ),
)


@get(
    "/events",
    opt=needs(Right.READ),
    responses={200: _STREAM} | errors("store_unusable"),
    summary="What happens from now on, or since Last-Event-ID",
)
async def stream_events(
    hub: Hub,
    work: Work,
    texts: InWords,
    events: TheEvents,
    last_event_id: Annotated[
        str, HeaderParameter(name="Last-Event-ID", max_length=64, description="The `id` of the last event seen")
    ] = "",
) -> Stream:
    tip = await work.quick(events.feed.tip)
    start = Cursor.read(last_event_id) if last_event_id else tip
    lost = start is None or start.is_beyond(tip)

    def render(cursor: Cursor, texts: Texts) -> Page:
        return event_views.page(hub, events.feed, cursor, PAGE, texts)

    async def stream() -> AsyncIterator[bytes]:
        if lost:
            yield event_views.written("reset", tip, msgspec.Raw(b"{}"))
        async for chunk in events.stream(tip if lost or start is None else start, texts, work, render):
            yield chunk

    return Stream(stream(), media_type="text/event-stream")


router = Router("/v1", route_handlers=[stream_events], tags=["events"])
