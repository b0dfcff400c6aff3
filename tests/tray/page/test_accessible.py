"""The status page for everybody: axe-core finds nothing in any view, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.tray.page.conftest import Open
from tests.tray.page.office import busy_office, every_view
from tests.tray.page.rig import NOW, StandIn, account
from tray import page as served
from tray import qr
from tray.api import types

Look = tuple[str, int, Literal["light", "dark"]]
View = Callable[[Page, StandIn], None]

LOOKS: list[Look] = [
    ("de-DE", 1280, "light"), ("de-DE", 400, "dark"), ("en-US", 400, "light"), ("en-US", 1280, "dark"),
]  # fmt: skip
"""Of the eight, four that hold each language, width and scheme with each of the others."""

pytestmark = pytest.mark.needs("chromium")


def faults(page: Page) -> list[str]:
    page.wait_for_timeout(50)  # colours fade in dialogs
    found = Axe().run(page).response["violations"]
    return [f"{each['id']} ({each['impact']}): {node['html'][:150]}" for each in found for node in each["nodes"]]


def words(page: Page, key: str) -> str:
    return served.words(page.evaluate("document.documentElement.lang"))[key]


def overview(page: Page, _api: StandIn) -> None:
    expect(page.locator("#outbox li")).to_have_count(4)


def opened(key: str) -> View:
    def opened(page: Page, _api: StandIn) -> None:
        page.get_by_role("button", name=words(page, key), exact=True).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return opened


def history(page: Page, _api: StandIn) -> None:
    page.get_by_role("link", name=words(page, "view-history")).first.click()
    expect(page.locator(".timeline")).to_be_visible()
    page.get_by_text(words(page, "timeline-words")).click()


def programs(page: Page, _api: StandIn) -> None:
    page.get_by_role("link", name=words(page, "view-programs")).click()
    expect(page.locator("#programs li")).to_have_count(2)


def settings(page: Page, _api: StandIn) -> None:
    page.get_by_role("link", name=words(page, "view-settings")).click()
    expect(page.get_by_label(words(page, "language"))).to_have_value("de")


def set_up(page: Page, _api: StandIn) -> None:
    page.get_by_role("link", name=words(page, "set-up")).click()
    page.get_by_text(words(page, "set-up-more")).click()
    page.get_by_role("button", name=words(page, "next")).click()
    expect(page.get_by_label(words(page, "field-server").format(name="IMAP"))).to_be_visible()


def device_code(page: Page, api: StandIn) -> None:
    with page.expect_response("**/sign-in"):
        page.get_by_role("button", name=words(page, "sign-in-code")).first.click()
    link = "https://microsoft.com/devicelogin"
    given = types.DeviceCode("BCDFGHJK4", link, link, NOW + timedelta(minutes=14), 1, qr.picture(link))
    api.sign_in = types.SignIn("running", NOW, None, device_code=given)
    expect(page.locator(".device:visible").first).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
@pytest.mark.parametrize(
    "view", [overview, opened("ask-admin"), opened("sign-out"), history, programs, settings, set_up, device_code]
)
def test_axe_finds_nothing(api: StandIn, open_page: Open, look: Look, view: View) -> None:
    busy_office(api)
    locale, width, scheme = look
    every_view(api, locale[:2])
    page = open_page(locale=locale, width=width)
    page.emulate_media(color_scheme=scheme)
    expect(page.locator(".card").first).to_be_visible()
    view(page, api)
    assert not faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_where_it_is_closed(open_page: Open) -> None:
    page = open_page("")
    expect(page.locator("#closed")).to_be_visible()
    assert not faults(page)


def test_everything_is_reached_with_the_keyboard_and_seen_where_it_is(api: StandIn, open_page: Open) -> None:
    api.accounts = [replace(account("info", "ok"), unread=1)]
    page = open_page()
    expect(page.get_by_role("button", name="Diesen PC prüfen")).to_be_visible()
    reached: list[str] = []
    while not reached or reached[-1] != "Diesen PC prüfen":
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
    assert reached == [
        "Zum Inhalt", "Übersicht", "Verlauf", "Programme", "Einstellungen", "Postfach einrichten", "Neu anmelden",
        "Jetzt prüfen", "E-Mails abrufen", "Testmail senden", "Abmelden", "Verlauf", "Ändern", "Diesen PC prüfen",
    ]  # fmt: skip
