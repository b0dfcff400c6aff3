"""The status page for everybody: axe-core finds nothing in any view, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.tray.page.conftest import Open
from tests.tray.page.office import busy_office, every_view
from tests.tray.page.rig import StandIn, account

Look = tuple[int, Literal["light", "dark"]]

pytestmark = pytest.mark.needs("chromium")


def faults(page: Page) -> list[str]:
    page.wait_for_timeout(50)  # colours fade in dialogs
    found = Axe().run(page).response["violations"]
    return [f"{each['id']} ({each['impact']}): {node['html'][:150]}" for each in found for node in each["nodes"]]


def overview(page: Page) -> None:
    expect(page.locator("#outbox li")).to_have_count(4)


def opened(name: str) -> Callable[[Page], None]:
    def opened(page: Page) -> None:
        page.get_by_role("button", name=name, exact=True).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return opened


def history(page: Page) -> None:
    page.get_by_role("link", name="Verlauf").first.click()
    expect(page.locator(".timeline")).to_be_visible()
    page.get_by_text("Das Bild in Worten").click()


def programs(page: Page) -> None:
    page.get_by_role("link", name="Programme").click()
    expect(page.locator("#programs li")).to_have_count(2)


def settings(page: Page) -> None:
    page.get_by_role("link", name="Einstellungen").click()
    expect(page.get_by_label("Sprache")).to_have_value("de")


def set_up(page: Page) -> None:
    page.get_by_role("link", name="Postfach einrichten").click()
    page.get_by_text("Weitere Angaben").click()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_label("IMAP-Server")).to_be_visible()


@pytest.mark.parametrize("look", [(1280, "light"), (400, "dark")], ids=["wide-light", "narrow-dark"])
@pytest.mark.parametrize(
    "view", [overview, opened("Administrator fragen"), opened("Abmelden"), history, programs, settings, set_up]
)
def test_axe_finds_nothing(api: StandIn, open_page: Open, look: Look, view: Callable[[Page], None]) -> None:
    busy_office(api)
    every_view(api)
    width, scheme = look
    page = open_page(width=width)
    page.emulate_media(color_scheme=scheme)
    view(page)
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
