"""How is pystray's icon mended on Windows? It answers the messages that pystray swallows, and insists on its place."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import Any

from PIL import Image

from tray.clip import clip

log = logging.getLogger(__name__)

WM_CLOSE = 0x0010
WM_QUERYENDSESSION = 0x0011
WM_ENDSESSION = 0x0016
WM_SETTINGCHANGE = 0x001A
WM_DISPLAYCHANGE = 0x007E
WM_TIMER = 0x0113
WM_RBUTTONUP = 0x0205
WM_POWERBROADCAST = 0x0218
NIN_BALLOONUSERCLICK = 0x0405
WM_DPICHANGED = 0x02E0
WM_CALL = 0x8000 + 1  # WM_APP + 1: ours alone

PBT_APMRESUMESUSPEND = 0x0007
PBT_APMRESUMEAUTOMATIC = 0x0012

NIM_ADD, NIM_MODIFY = 0, 1
RETRY_TIMER, RETRY_MS = 1, 2000

LIMITS = {"szTip": 127, "szInfo": 255, "szInfoTitle": 63}
"""UTF-16 units without the closing NUL. A longer text is an error, and then the icon never appears."""


class Handlers(dict[int, Callable[[int, int], int | None]]):
    """Messages that nobody handles go to Windows; pystray answers all of them with 0, which refuses a session's end."""

    def __init__(
        self, known: dict[int, Callable[[int, int], int | None]], default: Callable[[int, int, int], int]
    ) -> None:
        super().__init__(known)
        self._default = default

    def get(self, message: int, default: object = None) -> Callable[[int, int], int | None]:
        del default  # pystray's: answers with 0
        return super().get(message) or partial(self._default, message)


class WindowsMending:
    """Before pystray's class in the order of bases. All of it but `post` runs on the icon's own thread."""

    on_resume: Callable[[], None]
    on_session_end: Callable[[], None]
    on_look: Callable[[], None]
    drawn_at: Callable[[int], Image.Image]
    stop: Callable[[], None]
    _hwnd: int | None
    _visible: bool
    _icon_handle: int | None
    _release_icon: Callable[[], None]
    _update_icon: Callable[[], None]
    _show: Callable[[], None]

    def __init__(self, *args: Any, api: ModuleType | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if api is None:
            from tray import icon_windows_api as api
        self._api: Any = api
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._menu_open = False
        self._on_balloon: Callable[[], None] | None = None
        self._in_taskbar = False
        self._early: list[Callable[[], None]] = []
        known = {**self._message_handlers, **self._own_handlers()}
        self._message_handlers: dict[int, Any] = Handlers(known, self._unhandled)

    def _own_handlers(self) -> dict[int, Callable[[int, int], int | None]]:
        return {
            WM_QUERYENDSESSION: lambda _wparam, _lparam: 1,  # we never stand in the way
            WM_ENDSESSION: self._on_session_end,
            WM_CLOSE: lambda _wparam, _lparam: self.stop(),
            WM_POWERBROADCAST: self._on_power,
            WM_DPICHANGED: self._on_display_change,
            WM_DISPLAYCHANGE: self._on_display_change,
            WM_SETTINGCHANGE: lambda _wparam, _lparam: self.on_look(),  # the theme may be another one now
            WM_TIMER: self._on_timer,
            WM_CALL: self._on_call,
        }

    def _unhandled(self, message: int, wparam: int, lparam: int) -> int:
        return int(self._api.default(self._hwnd, message, wparam, lparam))

    def run(self, setup: Callable[[Any], None]) -> None:
        """Raises ConnectionError where this session has no desktop to have a window on."""
        try:
            super().run(setup)  # type: ignore[misc]  # pystray's
        except OSError as error:
            if self._hwnd:
                raise
            raise ConnectionError(str(error)) from error

    # what the rest of the program asks

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: `call` runs on the icon's own, which alone may touch menu and icon."""
        self._calls.put(call)
        if self._hwnd:
            self._api.post(self._hwnd, WM_CALL)

    def menu_is_open(self) -> bool:
        return self._menu_open

    def panel_is_dark(self) -> bool:
        return bool(self._api.taskbar_is_dark())

    def label(self, text: str) -> str:
        """A single & would underline the next letter."""
        return text.replace("&", "&&")

    def balloon(self, title: str, body: str, on_click: Callable[[], None]) -> bool:
        def show() -> None:
            if self._in_taskbar:
                self._on_balloon = on_click  # Windows shows one at a time
                self._notify(body, title)  # type: ignore[attr-defined]  # pystray's
            if not self._in_taskbar:  # not yet, or it has just turned out to have forgotten us
                self._early.append(show)

        self.post(show)
        return True

    # what Windows tells

    def _on_session_end(self, wparam: int, _lparam: int) -> None:
        """`wparam` 0: somebody else stood in the way, the session goes on."""
        if wparam:
            self.on_session_end()
            self.stop()

    def _on_power(self, wparam: int, _lparam: int) -> int:
        if wparam in {PBT_APMRESUMEAUTOMATIC, PBT_APMRESUMESUSPEND}:
            self.on_resume()
        return 1

    def _on_call(self, _wparam: int, _lparam: int) -> None:
        while not self._calls.empty():
            try:
                self._calls.get_nowait()()
            except Exception:
                log.exception("the icon could not be changed")

    def _on_notify(self, wparam: int, lparam: int) -> None:
        """While a menu is open, its loop hands out our messages too: nobody may replace it then."""
        if lparam == NIN_BALLOONUSERCLICK and self._on_balloon:
            self._on_balloon()
            return
        self._menu_open = lparam == WM_RBUTTONUP
        try:
            super()._on_notify(wparam, lparam)  # type: ignore[misc]  # pystray's
        finally:
            self._menu_open = False

    def _on_display_change(self, _wparam: int, _lparam: int) -> None:
        """Drawn anew for the screen's new size, not scaled."""
        if self._visible:
            self._release_icon()
            self._update_icon()

    def _on_timer(self, wparam: int, _lparam: int) -> None:
        if wparam == RETRY_TIMER:
            self._api.kill_timer(self._hwnd, RETRY_TIMER)
            if self._visible:
                self._show()

    # what pystray tells Windows

    def _message(self, code: int, flags: int, **fields: Any) -> None:
        """At logon the taskbar may not be there yet, and it may forget us: then again, until it takes the icon. One
        that says it is new, as for another DPI, may still have it, and then takes changes alone.
        """
        for name, limit in LIMITS.items():
            if name in fields:
                fields[name] = clip(fields[name], limit)
        taken = self._taken(code, flags, fields) or (code == NIM_ADD and self._taken(NIM_MODIFY, flags, fields))
        if code == NIM_ADD or not taken:
            self._in_taskbar = taken
        if taken and code == NIM_ADD:
            waiting, self._early = self._early, []
            for show in waiting:
                self.post(show)
        if not taken and (code == NIM_ADD or (code == NIM_MODIFY and self._visible)):
            self._api.set_timer(self._hwnd, RETRY_TIMER, RETRY_MS)

    def _taken(self, code: int, flags: int, fields: Mapping[str, Any]) -> bool:
        return bool(self._api.notify_icon(code, flags, self._hwnd, fields))

    def _assert_icon_handle(self) -> None:
        """In the size that this screen shows; pystray's is always 32 pixels, which the shell shrinks."""
        if not self._icon_handle:
            self._icon_handle = self._api.icon_handle(self.drawn_at, self._api.small_icon(self._hwnd))
