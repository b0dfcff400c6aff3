"""The status page in a real browser: language, quiet hours, and whether Postwart starts with the PC."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.tray.page.conftest import Open
from tests.tray.page.office import every_view
from tests.tray.page.rig import StandIn, account
from tray.api import types

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def page(api: StandIn, open_page: Open) -> Page:
    api.accounts = [account("info", "ok")]
    every_view(api)
    page = open_page()
    page.get_by_role("link", name="Einstellungen").click()
    expect(page.get_by_label("Sprache")).to_have_value("de")
    return page


def test_what_holds_is_shown_and_what_is_changed_is_saved(page: Page, api: StandIn) -> None:
    expect(page.get_by_label("Keine Benachrichtigungen von")).to_have_value("18:00")
    expect(page.get_by_label("bis", exact=True)).to_have_value("07:00")
    page.get_by_label("Sprache").select_option("wie dieser PC")
    page.get_by_label("Keine Benachrichtigungen von").fill("")
    page.get_by_label("bis", exact=True).fill("")
    page.get_by_label("Mit diesem PC starten").select_option("nein")
    api.answers["PUT autostart"] = {"standing": "off"}
    page.get_by_role("button", name="Speichern").locator("visible=true").click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    expect(page.get_by_label("Mit diesem PC starten")).to_have_value("off")
    changes = [(method, path, body) for method, path, body in api.calls if method in {"PATCH", "PUT"}]
    notify = {"quiet": None, "weekends": False, "contact": "chef@firm.example"}
    assert changes == [
        ("PATCH", "/v1/settings", {"language": None, "notify": notify}),
        ("PUT", "/v1/autostart", {"on": False}),
    ]


def test_what_is_wrong_is_said_beside_its_field(page: Page, api: StandIn) -> None:
    errors = [types.FieldError("notify.quiet", "x", "Das sind keine zwei Uhrzeiten.")]
    api.refuse["PATCH settings"] = types.ProblemBody(
        "Stimmt nicht", 400, "config_invalid", "", "Bitte ändern.", errors=errors
    )
    page.get_by_label("bis", exact=True).fill("")
    page.get_by_role("button", name="Speichern").locator("visible=true").click()
    expect(page.get_by_label("bis", exact=True)).to_be_focused()
    expect(page.get_by_text("Das sind keine zwei Uhrzeiten.")).to_be_visible()


def test_where_the_system_has_switched_it_off_that_is_said(api: StandIn, open_page: Open) -> None:
    every_view(api)
    api.answers["autostart"] = {"standing": "switched_off"}
    page = open_page("#k=once")
    page.get_by_role("link", name="Einstellungen").click()
    expect(page.get_by_label("Mit diesem PC starten")).to_have_value("off")
    expect(page.get_by_text("Autostart-Liste des Systems ausgeschaltet")).to_be_visible()
