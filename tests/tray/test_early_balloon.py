"""A notice that comes before the icon is shown when the icon is there. pystray's icon has a stand-in here."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tray.icon import TrayIcon, TrayMissing
from tray.texts import Texts


class PystrayIcon:
    """As much of the mended icon as appearing needs."""

    def __init__(self, *, takes: bool) -> None:
        self.takes = takes
        self.balloons: list[str] = []

    def post(self, call: Callable[[], None]) -> None:
        """Nobody looks at the icon here."""

    def balloon(self, title: str, _body: str, on_click: Callable[[], None]) -> bool:
        on_click()
        self.balloons.append(title)
        return self.takes


@pytest.fixture
def icon() -> TrayIcon:
    return TrayIcon(lambda _action, _account: None, lambda: Texts("de", "WIN-OFFICE"))


def test_a_balloon_waits_for_the_icon_and_is_shown_once(icon: TrayIcon) -> None:
    clicked, shown = threading.Event(), PystrayIcon(takes=True)
    assert icon.balloon("Bitte anmelden", "Es dauert eine Minute.", clicked.set)
    icon._appear(shown)
    icon._appear(shown)
    assert shown.balloons == ["Bitte anmelden"]
    assert clicked.is_set()


def test_one_that_cannot_be_shown_then_is_in_the_log(icon: TrayIcon, caplog: pytest.LogCaptureFixture) -> None:
    icon.balloon("Bitte anmelden", "Es dauert eine Minute.", lambda: None)
    icon._appear(PystrayIcon(takes=False))
    assert caplog.messages == ["no desktop to notify: Bitte anmelden"]


def test_without_an_icon_it_is_in_the_log_and_later_ones_are_refused(
    icon: TrayIcon, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYSTRAY_BACKEND", "nonsense")
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    assert icon.balloon("Bitte anmelden", "Es dauert eine Minute.", lambda: None)
    with pytest.raises(TrayMissing):
        icon.run()
    assert caplog.messages == ["no desktop to notify: Bitte anmelden"]
    assert not icon.balloon("Noch einmal", "", lambda: None)
