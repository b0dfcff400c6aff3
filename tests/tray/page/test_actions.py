"""The status page in a real browser: what a person can do there. The API behind it is a stand-in."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.tray.page.conftest import Open
from tests.tray.page.office import busy_office
from tests.tray.page.rig import CONSENT, NOW, StandIn, account
from tray.api import types

pytestmark = pytest.mark.needs("chromium")


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_sign_in_runs_with_the_keyboard_alone_can_be_cancelled_and_says_how_it_ended(
    api: StandIn, open_page: Open
) -> None:
    api.accounts = [account("info", "sign_in_required", title="Abgelaufen", next_step="Anmelden.", who="user")]
    page = open_page()
    expect(page.locator(".card")).to_be_visible()
    while page.evaluate("document.activeElement.textContent") != "Anmelden":  # past the parts of the page
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Anmelden", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Melden Sie sich dort als info@firm.example an.")).to_be_visible()
    expect(page.get_by_role("link", name="Anmeldung hier öffnen")).to_have_attribute(
        "href", re.compile("^https://login")
    )
    button(page, "Abbrechen")
    expect(page.locator(".card .result")).to_have_text("Abgebrochen. Noch einmal.")
    button(page, "Anmelden")
    expect(page.locator(".progress")).to_be_visible()
    api.end_sign_in("info", types.SignIn("signed_in", NOW, NOW))
    expect(page.locator(".card .result")).to_have_text("Die Anmeldung hat geklappt.")
    asked = [method for method, path, _ in api.calls if path.endswith("sign-in") and method != "GET"]
    assert asked == ["POST", "DELETE", "POST"]


def test_two_that_need_a_sign_in_have_one_button_and_one_has_not(api: StandIn, open_page: Open) -> None:
    api.accounts = [
        account("info", "sign_in_required", title="Abgelaufen", next_step="Anmelden.", who="user"),
        account("rent", "expiring", title="Bald", next_step="Anmelden.", who="user"),
        account("blocked", "sign_in_required", title="Gesperrt", next_step="Fragen.", who="admin"),
    ]
    page = open_page()
    button(page, "Alle anmelden")
    expect(page.get_by_role("button", name="Alle anmelden")).to_be_visible()
    assert ("POST", "/v1/sign-in") in [(method, path) for method, path, _ in api.calls]
    api.accounts = api.accounts[1:]
    page.reload()
    expect(page.locator(".card")).to_have_count(2)
    expect(page.get_by_role("button", name="Alle anmelden")).to_be_hidden()


def test_check_fetch_and_test_mail_say_what_came_of_it(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    api.answers = {
        "check": api.accounts[0].health,
        "fetch": types.FetchResult(1, 100, 0, 0),
        "test-mail": types.TestMail(7, None),
    }
    page = open_page(locale="en-GB")
    result = page.locator(".card .result")
    for name, said in (
        ("Check now", "Checked: Working."),
        ("Fetch mail", "1 new message has come."),
        ("Send test mail", "The test mail is on its way. It will reach info@firm.example in a few minutes."),
    ):
        button(page, name)
        expect(result).to_have_text(said)
    expect(result).to_have_attribute("role", "status")


def test_what_only_sends_has_nothing_to_fetch(api: StandIn, open_page: Open) -> None:
    api.accounts = [replace(account("info", "ok"), receives=False)]
    page = open_page()
    expect(page.get_by_role("button", name="Testmail senden")).to_be_visible()
    expect(page.get_by_role("button", name="E-Mails abrufen")).to_be_hidden()


def test_what_the_api_refuses_is_said_in_its_words(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    api.refuse["fetch"] = types.ProblemBody("Die Platte ist voll", 507, "disk_full", "", "Schaffen Sie Platz.")
    page = open_page()
    button(page, "E-Mails abrufen")
    expect(page.locator(".card .result.bad")).to_have_text("Die Platte ist voll. Schaffen Sie Platz.")


def test_signing_out_asks_first(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    page = open_page()
    button(page, "Abmelden")
    expect(page.get_by_role("dialog", name="info@firm.example abmelden?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not [call for call in api.calls if call[0] == "DELETE"]
    button(page, "Abmelden")
    page.get_by_role("dialog").get_by_role("button", name="Abmelden").click()
    expect(page.locator(".card .result")).to_have_text("info@firm.example ist abgemeldet.")
    assert ("DELETE", "/v1/accounts/info/session", None) in api.calls


def test_the_request_to_the_administrator_can_be_copied_and_mailed(api: StandIn, open_page: Open) -> None:
    busy_office(api)
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(page, "Administrator fragen")
    dialog = page.get_by_role("dialog", name="Bitte an Ihren Administrator")
    expect(dialog.get_by_label("Text")).to_have_value(CONSENT.text)
    dialog.get_by_role("button", name="Kopieren").first.click()
    expect(dialog.get_by_text("Kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == CONSENT.url
    expect(dialog.get_by_role("link", name="In E-Mail-Programm öffnen")).to_have_attribute("href", CONSENT.mailto)
    button(page, "Schließen")
    expect(page.get_by_role("button", name="Administrator fragen")).to_be_focused()


def test_after_the_wrong_person_another_account_can_be_asked_for(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    page = open_page()
    other = page.get_by_role("button", name="Mit anderem Konto anmelden")
    expect(page.locator(".card")).to_be_visible()
    expect(other).to_be_hidden()
    button(page, "Neu anmelden")
    expect(page.get_by_role("button", name="Neu anmelden")).to_be_hidden()
    wrong = types.SignIn("failed", NOW, NOW, code="wrong_person", title="Falsch", next_step="Wählen.")
    api.end_sign_in("info", wrong)
    expect(page.get_by_text("Falsch. Wählen.")).to_be_visible()
    other.click()
    expect(other).to_be_hidden()
    assert ("POST", "/v1/accounts/info/sign-in", {"select_account": True}) in api.calls
    moved = types.SignIn("signed_in", NOW, NOW, code="renamed", title="Jetzt anders", next_step="Berichtigen.")
    api.end_sign_in("info", moved)
    expect(page.get_by_text("Die Anmeldung hat geklappt. Jetzt anders. Berichtigen.")).to_be_visible()
