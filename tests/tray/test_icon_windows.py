"""Messages that pystray swallows on Windows are answered. Windows and pystray's class have stand-ins here."""

from __future__ import annotations

import pytest

from tests.tray.windows_icon import WM_NOTIFY, Icon, Windows
from tray.icon_windows import (
    NIM_ADD,
    NIM_MODIFY,
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
)


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
    assert [code for code, _ in windows.sent] == [NIM_ADD, NIM_MODIFY] * 2 + [NIM_ADD]


def test_a_taskbar_that_has_the_icon_already_is_not_asked_for_ever(icon: Icon, windows: Windows) -> None:
    icon._show()
    icon._show()
    assert windows.timers == []
    assert [code for code, _ in windows.sent] == [NIM_ADD, NIM_ADD, NIM_MODIFY]


def test_a_taskbar_that_forgot_the_icon_gets_it_again(icon: Icon, windows: Windows) -> None:
    icon._visible = True
    icon._message(NIM_MODIFY, 4, szTip="Postwart")
    icon.gets(WM_TIMER, RETRY_TIMER)
    assert [code for code, _ in windows.sent] == [NIM_MODIFY, NIM_ADD]


def test_the_icon_is_drawn_in_the_screens_size_and_again_for_another(icon: Icon, windows: Windows) -> None:
    icon._visible = True
    icon._assert_icon_handle()
    icon._assert_icon_handle()
    assert windows.drawn == [(20, 20)]
    icon.gets(WM_DPICHANGED)
    assert windows.drawn == [(20, 20), (20, 20)]


def test_an_ampersand_in_a_name_stays_visible(icon: Icon) -> None:
    assert icon.label("Müller & Sohn") == "Müller && Sohn"


def test_a_session_without_a_desktop_is_told_of(icon: Icon) -> None:
    icon._hwnd = None
    icon.refused = OSError("no window for this station")
    with pytest.raises(ConnectionError, match="no window"):
        icon.run(lambda _icon: None)
