"""What does the tray show, and what was clicked? pystray behind one object that any thread may call."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PIL import Image

from auth.problems import Problem
from tray.artwork import draw
from tray.clicking import Act, carry_out
from tray.health import State
from tray.menu import Entry, Look, entries, look, tooltip
from tray.picture import Picture
from tray.texts import Texts

log = logging.getLogger(__name__)

Balloon = tuple[str, str, Callable[[], None]]
"""Title, body, and what a click on it does."""

PAUSE = 0.2
"""Seconds between two redrawings at least: several news within them are one."""

WHILE_OPEN = 0.5
"""Seconds until the next look whether an open menu was closed: it must not change under the mouse."""

LARGEST = 64
"""Pixels of the picture that is handed to desktops which scale it themselves."""


class TrayMissing(Problem):
    """There is no place for an icon here. Facts: why (technical, English)."""

    code = "tray_missing"

    def __init__(self, why: str) -> None:
        super().__init__(why, why=why)


def _nothing() -> None:
    """Nobody wants to know."""


class TrayIcon:
    """`run` belongs on the main thread (macOS demands it); everything else may be called from any thread."""

    def __init__(
        self,
        act: Act,
        texts: Callable[[], Texts],
        *,
        starts_with_pc: Callable[[], bool] = bool,
        on_resume: Callable[[], None] = _nothing,
        on_session_end: Callable[[], None] = _nothing,
    ) -> None:
        """`texts`: in the language of now. `on_resume`: the PC woke up. `on_session_end`: when it returns, Windows may
        end this process; after some 5 s it does.
        """
        self._act = act
        self._texts = texts
        self._starts_with_pc = starts_with_pc
        self._on_resume = on_resume
        self._on_session_end = on_session_end
        self._lock = threading.Lock()
        self._picture = Picture(State.UNKNOWN)
        self._icon: Any = None  # pystray ships no types
        self._early: list[Balloon] = []
        self._appeared = threading.Event()
        self._stopped = threading.Event()
        self._planned = False
        self._drawn_at = 0.0
        self._shown: tuple[object, ...] = (None, None, None)

    def run(self) -> None:
        """Shows the icon until `stop` is called or the session ends. Raises TrayMissing."""
        try:
            self._run(_icon_class()("postwart", draw(State.UNKNOWN, LARGEST, dark=True), "Postwart"))
        finally:
            self._icon = None
            self._stopped.set()
            for balloon in self._taken_early():
                _unseen(balloon)

    def _run(self, icon: Any) -> None:
        icon.on_resume, icon.on_session_end, icon.on_look = self._on_resume, self._on_session_end, self.refresh
        self._icon = icon
        try:
            icon.run(self._appear)
        except ConnectionError as error:
            self._stopped.set()
            icon._mark_ready()  # noqa: SLF001  pystray's thread would wait for it for ever, and the process with it
            raise TrayMissing(str(error)) from error

    def show(self, picture: Picture) -> None:
        """The newest picture wins; those that come too fast are skipped."""
        with self._lock:
            self._picture = picture
        self.refresh()

    def refresh(self) -> None:
        """Something that is shown may be different, the language for one."""
        self._plan(0.0)

    def balloon(self, title: str, body: str, on_click: Callable[[], None]) -> bool:
        """A short message at the icon, for desktops whose notifications cannot be had. False: not here. One that comes
        before the icon waits for it.
        """
        with self._lock:
            if early := not self._appeared.is_set() and not self._stopped.is_set():
                self._early.append((title, body, on_click))
        icon = self._icon
        return early or bool(icon and icon.balloon(title, body, on_click))

    def _taken_early(self) -> list[Balloon]:
        with self._lock:
            taken, self._early = self._early, []
        return taken

    def stop(self) -> None:
        """Ends `run`, also one that has not begun yet."""
        self._stopped.set()
        if icon := self._icon:
            icon.stop()

    def _appear(self, icon: Any) -> None:
        """Called by pystray, on a thread of its own, as soon as the icon's loop runs."""
        if self._stopped.is_set():
            icon.stop()
            return
        self._appeared.set()  # before the first drawing, so that no picture falls between the two
        icon.post(self._redraw)
        icon.post(partial(setattr, icon, "visible", True))
        for balloon in self._taken_early():
            if not icon.balloon(*balloon):
                _unseen(balloon)

    def _plan(self, wait: float) -> None:
        """Plans the next redrawing, unless one is planned already."""
        with self._lock:
            if self._planned or not self._appeared.is_set() or self._stopped.is_set():
                return
            self._planned = True
            wait = max(wait, self._drawn_at + PAUSE - time.monotonic())
        timer = threading.Timer(max(0.0, wait), self._post_redraw)
        timer.daemon = True
        timer.start()

    def _post_redraw(self) -> None:
        if icon := self._icon:
            icon.post(self._redraw)

    def _redraw(self) -> None:
        """On the icon's own thread: everything that differs from what is shown."""
        with self._lock:
            picture, self._planned, self._drawn_at = self._picture, False, time.monotonic()
        if (icon := self._icon) is None:
            return
        if icon.menu_is_open():
            self._plan(WHILE_OPEN)
            return
        texts = self._texts()
        seen, title = (look(picture), icon.panel_is_dark()), tooltip(picture, texts)
        lines = entries(picture, texts, starts_with_pc=self._starts_with_pc())
        if seen != self._shown[0]:
            icon.drawn_at = _drawing(*seen)
            icon.icon = icon.drawn_at(LARGEST)
        if title != self._shown[1]:
            icon.title = title
        if lines != self._shown[2]:
            icon.menu = self._menu(icon, lines)
        self._shown = (seen, title, lines)

    def _menu(self, icon: Any, lines: tuple[Entry, ...]) -> Any:
        from pystray import Menu, MenuItem

        def item(entry: Entry) -> Any:
            if entry.separator:
                return Menu.SEPARATOR
            action = Menu(*map(item, entry.children)) if entry.children else partial(self._clicked, entry)
            ticked = None if entry.ticked is None else lambda _item: bool(entry.ticked)
            return MenuItem(icon.label(entry.label), action, ticked, default=entry.default, enabled=entry.enabled)

        return Menu(*map(item, lines))

    def _clicked(self, entry: Entry, *_pystrays: object) -> None:
        if entry.action:
            carry_out(self._act, entry.action, entry.account)


def _unseen(balloon: Balloon) -> None:
    log.warning("no desktop to notify: %s", balloon[0])


def _drawing(seen: Look, dark: bool) -> Callable[[int], Image.Image]:  # noqa: FBT001  one of the two facts drawn
    return lambda size: draw(seen.state, size, dark=dark, count=seen.count, stuck=seen.stuck)


def _icon_class() -> Any:
    """The icon of pystray with its faults mended for this system. Raises TrayMissing."""
    if sys.platform == "win32":
        from tray.icon_windows import WindowsMending as Mending
        from tray.icon_windows_api import introduce, make_dpi_aware

        introduce("Postwart")
        make_dpi_aware()
    elif sys.platform == "darwin":
        from tray.icon_macos import MacMending as Mending
    else:
        from tray.icon_gtk import GtkMending as Mending
        from tray.icon_gtk import why_not

        if why := why_not(os.environ):
            raise TrayMissing(why)
    try:
        from pystray import Icon
    except Exception as error:  # not only ImportError: each backend has its own, Xlib's for one
        raise TrayMissing(f"pystray cannot be loaded: {type(error).__name__}: {error}") from error
    return type("PostwartIcon", (Mending, Icon), {})
