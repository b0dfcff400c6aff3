"""The status page in a real browser: programs get their keys, and lose them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.tray.page.conftest import Open
from tests.tray.page.rig import NOW, StandIn, account
from tray.api import types
from tray.api.key_types import KeyGiven, KeyList, KeyListed

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def page(api: StandIn, open_page: Open) -> Page:
    api.accounts = [account("info", "ok")]
    api.answers["GET keys"] = KeyList([KeyListed("WIN-OFFICE", ["token", "send"], NOW, None)])
    page = open_page()
    page.get_by_role("link", name="Programme").click()
    expect(page.get_by_role("listitem").filter(has_text="WIN-OFFICE")).to_contain_text("nie benutzt")
    return page


def test_a_new_key_is_shown_once_to_be_copied(page: Page, api: StandIn) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Schlüssel erstellen").click()
    expect(page.get_by_text("Geben Sie einen Namen ein")).to_be_visible()
    expect(page.get_by_label("Name des Programms")).to_be_focused()
    page.keyboard.type("Scanner")
    page.get_by_label("E-Mails senden").check()
    api.answers["POST keys"] = KeyGiven("Scanner", ["send"], "pw_made-up")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Der Schlüssel für Scanner")
    dialog.get_by_role("button", name="Kopieren").click()
    expect(dialog.get_by_text("Kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "pw_made-up"
    dialog.get_by_role("button", name="Schließen").click()
    assert "pw_made-up" not in page.content()
    assert ("POST", "/v1/keys", {"name": "Scanner", "rights": ["send"]}) in api.calls


def test_a_key_is_taken_away_after_a_question(page: Page, api: StandIn) -> None:
    page.get_by_role("button", name="Wegnehmen: WIN-OFFICE").click()
    api.answers["GET keys"] = KeyList([])
    page.get_by_role("dialog").get_by_role("button", name="Wegnehmen").click()
    expect(page.get_by_text("WIN-OFFICE hat keinen Schlüssel mehr.")).to_be_visible()
    expect(page.get_by_text("Noch kein Programm hat einen Schlüssel.")).to_be_visible()
    assert ("DELETE", "/v1/keys/WIN-OFFICE", None) in api.calls


def test_what_is_refused_is_said(page: Page, api: StandIn) -> None:
    api.refuse["keys"] = types.ProblemBody(
        "Der Name ist vergeben", 409, "key_name_taken", "", "Nehmen Sie einen anderen."
    )
    page.get_by_label("Name des Programms").fill("WIN-OFFICE")
    page.get_by_label("E-Mails und Postfächer lesen").check()
    page.get_by_role("button", name="Schlüssel erstellen").click()
    expect(page.locator("#programs .result.bad")).to_have_text("Der Name ist vergeben. Nehmen Sie einen anderen.")
