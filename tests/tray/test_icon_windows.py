"""Messages that pystray swallows on Windows are answered. Windows and pystray's class have stand-ins here."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from tray.icon_windows import (
    NIM_ADD,
    NIM_MODIFY,
    NIN_BALLOONUSERCLICK,
    RETRY_TIMER,
    WM_CALL,
    WM_CLOSE,
    WM_DPICHANGED,
    WM_ENDSESSION,
    WM_POWERBROADCAST,
    WM_QUERYENDSESSION,
    WM_RBUTTONUP,
    WM_SETTINGCHANGE,
    WM_TIMER,
    WindowsMending,
)

WM_NOTIFY = 0x400 + 11


class Windows:
    """Records what it is asked; the taskbar takes the icon after `refusals` tries."""

    def __init__(self) -> None:
        self.refusals = 0
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
        self.refusals -= 1
        return self.refusals < 0

    def taskbar_is_dark(self) -> bool:
        return True


class PystrayIcon:
    """As much of pystray's class for Windows as the mending stands on."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stopped = False
        self.seen: list[object] = []
        self._hwnd = 5
        self._visible = False
        self._icon_handle: int | None = None
        self._message_handlers: Any = {WM_NOTIFY: self._on_notify}

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


@pytest.fixture
def windows() -> Windows:
    return Windows()


@pytest.fixture
def icon(windows: Windows) -> Icon:
    return Icon(windows)


def test_a_session_may_end_and_is_told_of(icon: Icon) -> None:
    assert icon.gets(WM_QUERYENDSESSION) == 1
    icon.gets(WM_ENDSESSION, 0)
    assert (icon.told, icon.stopped) == ([], False)
    icon.gets(WM_ENDSESSION, 1)
    assert (icon.told, icon.stopped) == (["session end"], True)


def test_an_installer_may_close_it(icon: Icon) -> None:
    icon.gets(WM_CLOSE)
    assert icon.stopped


@pytest.mark.parametrize(("event", "told"), [(0x12, ["resume"]), (0x7, ["resume"]), (0x4, [])])
def test_waking_up_is_told_of(icon: Icon, event: int, told: list[str]) -> None:
    assert icon.gets(WM_POWERBROADCAST, event) == 1
    assert icon.told == told


def test_what_nobody_handles_goes_to_windows(icon: Icon) -> None:
    assert icon.gets(0x0D) == 1000 + 0x0D


def test_another_theme_redraws_the_icon(icon: Icon) -> None:
    icon.gets(WM_SETTINGCHANGE)
    assert icon.told == ["look"]


def test_calls_run_on_the_icons_own_thread_and_one_that_fails_stops_no_other(icon: Icon, windows: Windows) -> None:
    done: list[int] = []
    icon.post(lambda: done.append(1 // 0))
    icon.post(lambda: done.append(2))
    assert (done, windows.posted) == ([], [WM_CALL, WM_CALL])
    icon.gets(WM_CALL)
    assert done == [2]


def test_the_menu_counts_as_open_while_windows_shows_it(icon: Icon) -> None:
    icon.gets(WM_NOTIFY, 0, WM_RBUTTONUP)
    icon.gets(WM_NOTIFY, 0, 0x200)
    assert icon.seen == [True, False]
    assert not icon.menu_is_open()


def test_a_taskbar_that_is_not_there_yet_is_asked_again(icon: Icon, windows: Windows) -> None:
    windows.refusals = 2
    icon._show()
    icon._visible = True
    for _ in range(2):
        assert windows.timers == [RETRY_TIMER]
        icon.gets(WM_TIMER, RETRY_TIMER)
    assert windows.timers == []
    assert [code for code, _ in windows.sent] == [NIM_ADD] * 3


def test_a_taskbar_that_forgot_the_icon_gets_it_again(icon: Icon, windows: Windows) -> None:
    icon._visible, windows.refusals = True, 1
    icon._message(NIM_MODIFY, 4, szTip="Postwart")
    icon.gets(WM_TIMER, RETRY_TIMER)
    assert [code for code, _ in windows.sent] == [NIM_MODIFY, NIM_ADD]


def test_no_text_is_longer_than_windows_takes(icon: Icon, windows: Windows) -> None:
    icon.balloon("Titel 😀" * 20, "Text 😀" * 100, lambda: None)
    icon.gets(WM_CALL)
    fields = windows.sent[0][1]
    assert len(fields["szInfoTitle"].encode("utf-16-le")) <= 63 * 2
    assert len(fields["szInfo"].encode("utf-16-le")) <= 255 * 2


def test_the_icon_is_drawn_in_the_screens_size_and_again_for_another(icon: Icon, windows: Windows) -> None:
    icon._visible = True
    icon._assert_icon_handle()
    icon._assert_icon_handle()
    assert windows.drawn == [(20, 20)]
    icon.gets(WM_DPICHANGED)
    assert windows.drawn == [(20, 20), (20, 20)]


def test_an_ampersand_in_a_name_stays_visible(icon: Icon) -> None:
    assert icon.label("Müller & Sohn") == "Müller && Sohn"


def test_a_click_on_the_balloon_does_what_the_notifications_button_would(icon: Icon) -> None:
    icon.gets(WM_NOTIFY, 0, NIN_BALLOONUSERCLICK)
    icon.balloon("Bitte anmelden", "Es dauert eine Minute.", lambda: icon.told.append("clicked"))
    icon.gets(WM_CALL)
    icon.gets(WM_NOTIFY, 0, NIN_BALLOONUSERCLICK)
    assert icon.told == ["clicked"]
