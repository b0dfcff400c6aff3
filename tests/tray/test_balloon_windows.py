"""A balloon appears at the icon on Windows, also where the taskbar comes late. Windows has a stand-in here."""

from __future__ import annotations

import pytest

from tests.tray.windows_icon import WM_NOTIFY, Icon, Windows
from tray.icon_windows import NIN_BALLOONUSERCLICK, RETRY_TIMER, WM_CALL, WM_TIMER


@pytest.fixture
def windows() -> Windows:
    return Windows()


@pytest.fixture
def icon(windows: Windows) -> Icon:
    return Icon(windows)


def test_no_text_is_longer_than_windows_takes(icon: Icon, windows: Windows) -> None:
    icon._show()
    icon.balloon("Titel 😀" * 20, "Text 😀" * 100, lambda: None)
    icon.gets(WM_CALL)
    fields = windows.sent[1][1]
    assert len(fields["szInfoTitle"].encode("utf-16-le")) <= 63 * 2
    assert len(fields["szInfo"].encode("utf-16-le")) <= 255 * 2


def test_a_click_on_the_balloon_does_what_the_notifications_button_would(icon: Icon) -> None:
    icon._show()
    icon.gets(WM_NOTIFY, 0, NIN_BALLOONUSERCLICK)
    icon.balloon("Bitte anmelden", "Es dauert eine Minute.", lambda: icon.told.append("clicked"))
    icon.gets(WM_CALL)
    icon.gets(WM_NOTIFY, 0, NIN_BALLOONUSERCLICK)
    assert icon.told == ["clicked"]


def test_a_balloon_before_the_taskbar_waits_for_it(icon: Icon, windows: Windows) -> None:
    windows.refusals, icon._visible = 1, True
    icon._show()
    icon.balloon("Bitte anmelden", "Es dauert eine Minute.", lambda: None)
    icon.gets(WM_CALL)
    icon.gets(WM_TIMER, RETRY_TIMER)
    icon.gets(WM_CALL)
    assert [fields.get("szInfoTitle") for _, fields in windows.sent[-2:]] == [None, "Bitte anmelden"]


def test_a_balloon_that_a_new_taskbar_did_not_get_comes_again(icon: Icon, windows: Windows) -> None:
    icon._show()
    icon._visible, windows.has_icon = True, False
    icon.balloon("Bitte anmelden", "Es dauert eine Minute.", lambda: None)
    icon.gets(WM_CALL)
    icon.gets(WM_TIMER, RETRY_TIMER)
    icon.gets(WM_CALL)
    titles = [fields.get("szInfoTitle") for _, fields in windows.sent]
    assert titles == [None, "Bitte anmelden", None, "Bitte anmelden"]
    assert windows.timers == []
