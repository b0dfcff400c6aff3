"""Stand-ins for Windows and for pystray's class there, with our mending of it between them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from PIL import Image

from tray.icon_windows import NIM_ADD, NIM_MODIFY, WindowsMending

WM_NOTIFY = 0x400 + 11


class Windows:
    """Records what it is asked; the taskbar takes the icon after `refusals` tries, and changes once it has it."""

    def __init__(self) -> None:
        self.refusals = 0
        self.has_icon = False
        self.sent: list[tuple[int, dict[str, Any]]] = []
        self.posted: list[int] = []
        self.timers: list[int] = []
        self.drawn: list[tuple[int, int]] = []

    def default(self, _window: int, message: int, _wparam: int, _lparam: int) -> int:
        return 1000 + message

    def post(self, _window: int, message: int) -> None:
        self.posted.append(message)

    def set_timer(self, _window: int, timer: int, _milliseconds: int) -> None:
        self.timers.append(timer)

    def kill_timer(self, _window: int, timer: int) -> None:
        self.timers.remove(timer)

    def small_icon(self, _window: int) -> int:
        return 20

    def icon_handle(self, draw: Any, size: int) -> int:
        self.drawn.append(draw(size).size)
        return 77

    def notify_icon(self, code: int, _flags: int, _window: int, fields: dict[str, Any]) -> bool:
        self.sent.append((code, fields))
        if code == NIM_ADD and not self.has_icon:
            self.refusals -= 1
            self.has_icon = self.refusals < 0
            return self.has_icon
        return code != NIM_ADD and self.has_icon

    def taskbar_is_dark(self) -> bool:
        return True


class PystrayIcon:
    """As much of pystray's class for Windows as the mending stands on."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stopped = False
        self.refused = OSError()
        self.seen: list[object] = []
        self._hwnd = 5
        self._visible = False
        self._icon_handle: int | None = None
        self._message_handlers: Any = {WM_NOTIFY: self._on_notify}

    def run(self, setup: Any) -> None:
        del setup
        raise self.refused

    def stop(self) -> None:
        self.stopped = True

    def _on_notify(self, wparam: int, lparam: int) -> None:
        del wparam, lparam
        self.seen.append(self.menu_is_open())  # type: ignore[attr-defined]  # the mending's

    def _show(self) -> None:
        self._message(NIM_ADD, 0, szTip="Postwart")  # type: ignore[attr-defined]  # the mending's

    def _release_icon(self) -> None:
        self._icon_handle = None

    def _update_icon(self) -> None:
        self._assert_icon_handle()  # type: ignore[attr-defined]  # the mending's

    def _notify(self, body: str, title: str) -> None:
        self._message(NIM_MODIFY, 16, szInfo=body, szInfoTitle=title)  # type: ignore[attr-defined]  # the mending's


class Icon(WindowsMending, PystrayIcon):  # type: ignore[misc]  # the mending declares what pystray's has
    def __init__(self, windows: Windows) -> None:
        api: Any = windows
        module: ModuleType = api
        super().__init__("postwart", api=module)
        self.told: list[str] = []
        self.on_resume = lambda: self.told.append("resume")
        self.on_session_end = lambda: self.told.append("session end")
        self.on_look = lambda: self.told.append("look")
        self.drawn_at = lambda size: Image.new("RGBA", (size, size))

    def gets(self, message: int, wparam: int = 0, lparam: int = 0) -> int:
        """As pystray's dispatcher asks and answers."""
        return int(self._message_handlers.get(message, lambda _w, _l: 0)(wparam, lparam) or 0)
