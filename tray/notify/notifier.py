"""Is the notification on the screen, and what did the person press? Never fatal: icon, menu and page say it too."""

from __future__ import annotations

import asyncio
import hashlib
import html
import logging
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tray.clicking import Act, carry_out
from tray.health import State
from tray.notice import Answer
from tray.notify.content import Content

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier, Notification

log = logging.getLogger(__name__)

Fallback = Callable[[str, str, Callable[[], None]], bool]
"""Shows title and body in some other way, and calls back when somebody clicks there; False: it could not."""

PATIENCE = 10.0
"""Seconds for the desktop to take a notification."""


def _in_no_other_way(_title: str, _body: str, _on_click: Callable[[], None]) -> bool:
    return False


def _unheard(_key: str, _answer: Answer) -> None:
    """Nobody wants to know."""


class Notifier:
    """Its methods may be called from any thread and return at once; the work is done on `loop`, which has to run."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        act: Act,
        fallback: Fallback = _in_no_other_way,
        *,
        folder: Path | None = None,
        on_answer: Callable[[str, Answer], None] = _unheard,
    ) -> None:
        """`folder` is for the pictures, which desktops take as files. `on_answer` is called on `loop` with the key."""
        self._loop = loop
        self._act = act
        self._fallback = fallback
        self._folder = folder
        self._on_answer = on_answer
        self._desktop: DesktopNotifier | None = None
        self._turn = asyncio.Lock()  # one after the other, in their order, over one connection

    def show(self, key: str, content: Content) -> None:
        """Whether a person sees it is not known: the desktop may keep quiet. `key` is what `withdraw` takes."""
        self._submit(partial(self._show, key, content))

    def withdraw(self, key: str) -> None:
        """Takes it from the screen; nothing happens where it is gone already."""
        self._submit(partial(self._withdraw, key))

    def close(self) -> None:
        """Takes all of ours from the screen: without this process their buttons do nothing."""
        if done := self._submit(self._clear):
            wait([done], 2)

    def _submit(self, work: Callable[[], Coroutine[Any, Any, None]]) -> Future[None] | None:
        turn = self._in_turn(work)
        try:
            future = asyncio.run_coroutine_threadsafe(turn, self._loop)
        except RuntimeError:  # the loop is closed: the program ends
            turn.close()
            return None
        future.add_done_callback(_log_failure)
        return future

    async def _in_turn(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async with self._turn:
            await work()

    async def _show(self, key: str, content: Content) -> None:
        connected_before = self._desktop is not None
        if await self._sent(key, content):
            return
        # a connection is never renewed by itself, and this one may have died with its bus
        if connected_before and await self._sent(key, content):
            return
        if not self._fallback(content.title, content.body, partial(self._answered, key, Answer.MAIN, content)):
            log.warning("no desktop to notify: %s: %s", key, content.title)

    async def _sent(self, key: str, content: Content) -> bool:
        dispatched: list[bool] = []
        notification = self._notification(key, content, lambda: dispatched.append(True))
        try:
            async with asyncio.timeout(PATIENCE):
                desktop = await self._connected()
                await self._withdraw(key)  # told again: the library fails over two with one name
                await desktop.send_notification(notification)  # logs its own failures
        except _failures() as error:
            log.info("the desktop takes no notification: %s: %s", type(error).__name__, error)
        if not dispatched:
            self._disconnect()
        return bool(dispatched)

    async def _connected(self) -> DesktopNotifier:
        """Raises what `_failures` lists where there is no desktop to notify."""
        if self._desktop is None:
            from desktop_notifier import Capability, DesktopNotifier  # late: often never needed

            self._desktop = DesktopNotifier("Postwart", self._icon(State.OK))
            if Capability.TITLE not in await self._desktop.get_capabilities():  # macOS outside of an application bundle
                raise RuntimeError("notifications are not available to this process")
            if sys.platform == "win32":
                await self._desktop.clear_all()  # an earlier process's, whose buttons do nothing any more
        return self._desktop

    def _disconnect(self) -> None:
        """The library leaves its connection to the session bus open, also where nobody answered there."""
        bus = getattr(getattr(self._desktop, "_backend", None), "bus", None)
        self._desktop = None
        if bus:
            bus.disconnect()

    def _notification(self, key: str, content: Content, dispatched: Callable[[], None]) -> Notification:
        from desktop_notifier import DEFAULT_SOUND, Button, Notification, Urgency

        main = partial(self._answered, key, Answer.MAIN, content)
        later = partial(self._answered, key, Answer.LATER, content)
        buttons = [Button(content.button, main, "main")] if content.button else []
        buttons += [Button(content.later, later, "later")] if content.later else []
        urgency = Urgency(content.urgency.value)
        return Notification(
            content.title,
            # on Linux the body is markup
            html.escape(content.body, quote=False) if sys.platform == "linux" else content.body,
            urgency=urgency,
            icon=self._icon(content.look),
            buttons=tuple(buttons),
            on_dispatched=dispatched,
            on_clicked=main,
            on_dismissed=partial(self._answered, key, Answer.DISMISSED, content),
            sound=DEFAULT_SOUND if urgency is Urgency.Critical else None,
            identifier=_identifier(key),
        )

    def _answered(self, key: str, answer: Answer, content: Content) -> None:
        log.info("notification %s: %s", key, answer)
        if answer is Answer.MAIN:
            carry_out(self._act, content.action, content.account)
        self._on_answer(key, answer)

    def _icon(self, state: State) -> Any:
        if self._folder is None:
            return None
        from desktop_notifier import Icon

        from tray.artwork import draw  # Pillow: late, as often nothing is ever notified

        file = self._folder / f"{state}.png"
        if not file.exists():
            draw(state, 64, dark=True).save(file, "PNG")
        return Icon(path=file)

    async def _withdraw(self, key: str) -> None:
        desktop, identifier = self._desktop, _identifier(key)
        if desktop and identifier in await desktop.get_current_notifications():
            await desktop.clear(identifier)

    async def _clear(self) -> None:
        if self._desktop:
            await self._desktop.clear_all()
        self._disconnect()


def _identifier(key: str) -> str:
    """Windows takes 16 characters at least on every version."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _failures() -> tuple[type[Exception], ...]:
    """What is raised where there is no desktop to notify, or none that answers."""
    common = (OSError, RuntimeError, ImportError, TimeoutError, EOFError)
    if sys.platform != "linux":
        return common
    from dbus_fast.errors import DBusFastError

    return (*common, DBusFastError)


def _log_failure(future: Future[None]) -> None:
    if not future.cancelled() and (error := future.exception()):
        log.error("a notification failed", exc_info=error)
