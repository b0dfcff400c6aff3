"""Is there a place for the icon, for notifications and for the sign-in? Asked of real desktops."""

from __future__ import annotations

import webbrowser

import pytest

from tests.rigs.desktop import desktop
from tray.doctor import desktop as look
from tray.doctor.finding import Level


def only(findings: object) -> tuple[Level, str, str]:
    (finding,) = list(findings)  # type: ignore[call-overload]  # any iterable
    return finding.level, finding.code, str(finding.facts.get("host", ""))


def test_without_a_screen_there_is_no_icon_and_that_is_no_fault() -> None:
    assert only(look.tray({})) == (Level.NOTE, "doctor-tray-no_screen", "")
    assert only(look.notifications({})) == (Level.NOTE, "doctor-notifications-no_bus", "")


@pytest.mark.needs("desktop")
def test_a_desktop_with_a_tray_and_notifications_is_in_order_and_one_without_is_not() -> None:
    with desktop(tray=True, notify="fake") as desk:
        assert only(look.tray(desk.env)) == (Level.OK, "doctor-tray-ok", "XEmbed")
        assert only(look.notifications(desk.env)) == (Level.OK, "doctor-notifications-ok", "")
        desk.end("trayer")
        desk.end("fake")
        assert only(look.tray(desk.env)) == (Level.FAULT, "doctor-tray-none", "")
        assert only(look.notifications(desk.env)) == (Level.FAULT, "doctor-notifications-none", "")
        desk.end("bus")
        assert only(look.tray(desk.env))[1] == "doctor-tray-no_bus"
        assert only(look.notifications(desk.env))[1] == "doctor-notifications-no_bus"


@pytest.mark.parametrize(
    ("named", "expected"),
    [("my-browser %s", (Level.OK, "doctor-browser-ok")), ("w3m %s", (Level.NOTE, "doctor-browser-in_a_terminal"))],
)
def test_the_browser_is_the_one_that_would_open(
    monkeypatch: pytest.MonkeyPatch, named: str, expected: tuple[Level, str]
) -> None:
    found = webbrowser.GenericBrowser(named.split())
    monkeypatch.setattr(webbrowser, "_tryorder", ["the-one"])
    monkeypatch.setattr(webbrowser, "_browsers", {"the-one": [None, found]})
    assert only(look.browser({"BROWSER": named}))[:2] == expected


def test_where_no_browser_is_found_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    assert only(look.browser({}))[1] == "doctor-browser-none"
