"""The status page in a real browser: what happened to an account, as a picture, in words, and entry by entry."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.tray.page.conftest import Open
from tests.tray.page.office import entries, line
from tests.tray.page.rig import StandIn, account
from tray.api.journal_types import Journal

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def history(api: StandIn, open_page: Open) -> Page:
    api.accounts = [account("info", "ok"), account("post", "ok")]
    api.answers = {"timeline": line(), "journal": Journal(entries(100, 50), 51)}
    page = open_page()
    page.locator("[data-account='post']").get_by_role("link", name="Verlauf").click()
    return page


def test_the_cards_link_leads_to_the_accounts_history_and_back(history: Page, api: StandIn) -> None:
    expect(history.get_by_role("heading", name="Verlauf")).to_be_focused()
    expect(history.get_by_label("Postfach", exact=True)).to_have_value("post")
    expect(history.get_by_role("img", name="Die letzten 90 Tage von post@firm.example")).to_be_visible()
    history.get_by_label("Postfach", exact=True).select_option("info")
    expect(history.get_by_role("img", name="Die letzten 90 Tage von info@firm.example")).to_be_visible()
    history.go_back()
    expect(history.locator(".card").first).to_be_visible()
    assert ("GET", "/v1/accounts/post/timeline", None) in api.calls


def test_the_picture_has_every_state_sign_in_and_the_forecast_and_says_so_in_words_too(history: Page) -> None:
    picture = history.locator(".timeline > svg")
    expect(picture.locator("rect.state-ok")).to_have_count(2)
    expect(picture.locator("rect.state-sign_in_required")).to_have_count(1)
    expect(picture.locator(".mark")).to_have_count(3)
    expect(picture.locator(".due")).to_have_count(1)
    expect(picture.locator("rect.failed")).to_have_count(1)
    history.get_by_text("Das Bild in Worten").click()
    words = history.locator(".words")
    expect(words).to_contain_text("Nächste Anmeldung")
    expect(words).to_contain_text("heute: In Ordnung")
    expect(words).to_contain_text("3 Versuche misslangen.")
    expect(words.get_by_text("Anmeldung ohne Erfolg")).to_have_count(1)


def test_a_forecast_that_is_only_assumed_is_drawn_and_called_so(history: Page, api: StandIn) -> None:
    api.answers["timeline"] = line(due_confidence="assumed")
    history.get_by_label("Postfach", exact=True).select_option("info")
    expect(history.locator(".timeline > svg .due.assumed")).to_have_count(1)
    expect(history.locator(".legend")).to_contain_text("Nächste Anmeldung, voraussichtlich")
    history.get_by_text("Das Bild in Worten").click()
    expect(history.locator(".words")).to_contain_text("Nächste Anmeldung: voraussichtlich nicht vor")


def test_older_entries_are_fetched_when_asked_for(history: Page, api: StandIn) -> None:
    log = history.locator(".log li")
    expect(log).to_have_count(50)
    api.answers["journal"] = Journal(entries(50, 50), None)
    history.get_by_role("button", name="Ältere Einträge zeigen").click()
    expect(log).to_have_count(100)
    expect(log.nth(50)).to_be_focused()
    expect(history.get_by_role("button", name="Ältere Einträge zeigen")).to_be_hidden()
    assert "/v1/accounts/post/journal?limit=50&before=51" in [call[1] for call in api.calls]
