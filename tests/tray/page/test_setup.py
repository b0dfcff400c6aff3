"""The status page in a real browser: a mailbox is set up, changed and removed. The API behind it is a stand-in."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.tray.page.conftest import Open
from tests.tray.page.office import CLIENT, PRESETS_SHOWN, configured
from tests.tray.page.rig import CONSENT, NOW, StandIn, account, letter
from tray.api import account_types, types

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def api(api: StandIn) -> StandIn:
    api.accounts = [account("info", "ok")]
    api.answers["presets"] = PRESETS_SHOWN
    api.answers["GET accounts"] = account_types.AccountList([configured("info")])
    api.answers["POST accounts"] = configured("post")
    return api


@pytest.fixture
def page(open_page: Open) -> Page:
    page = open_page()
    page.get_by_role("link", name="Postfach einrichten").click()
    expect(page.get_by_label("Adresse des Postfachs")).to_be_visible()
    return page


def sent(api: StandIn, method: str = "POST") -> Any:
    return next(body for verb, path, body in api.calls if verb == method and path.startswith("/v1/accounts"))


def test_address_sign_in_test_mail_done(page: Page, api: StandIn) -> None:
    expect(page.locator(".steps [aria-current]")).to_have_text("Postfach")
    expect(page.get_by_label("Client-ID Ihres Programms")).to_have_value(CLIENT)
    page.get_by_label("Adresse des Postfachs").fill("Info@firm.example")
    page.keyboard.press("Enter")
    expect(page.locator(".steps [aria-current]")).to_have_text("Anmelden")
    named = {"id": "info-2", "address": "Info@firm.example", "preset": "microsoft365", "client_id": CLIENT}
    assert sent(api) == named
    api.accounts = [account("info", "ok"), account("post", "unknown")]
    expect(page.locator("#new").get_by_role("button", name="Anmelden", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Melden Sie sich dort als post@firm.example an.").locator("visible=true")).to_be_visible()
    api.end_sign_in("post", types.SignIn("signed_in", NOW, NOW))
    expect(page.locator(".steps [aria-current]")).to_have_text("Testmail")
    api.answers["test-mail"] = types.TestMail(7, None)
    api.answers["7"] = letter(7, "queued", "post@firm.example")
    page.keyboard.press("Enter")
    expect(page.locator("#new .result")).to_contain_text("Die Testmail ist unterwegs.")
    api.answers["7"] = letter(7, "sent", "post@firm.example")
    expect(page.locator("#new .result")).to_contain_text("Fertig: post@firm.example ist eingerichtet")
    page.get_by_role("link", name="Zur Übersicht").click()
    expect(page.locator(".card")).to_have_count(2)


def test_what_is_wrong_is_said_beside_its_field(page: Page, api: StandIn) -> None:
    errors = [
        types.FieldError("client_id", "fault_uuid", "Das ist keine Client-ID."),
        types.FieldError("folders", "x", "Leer."),
    ]
    body = types.ProblemBody("Diese Angaben stimmen nicht", 400, "account_values_wrong", "", "Berichtigen Sie sie.")
    api.refuse["accounts"] = msgspec.structs.replace(body, errors=errors)
    page.get_by_label("Adresse des Postfachs").fill("post@firm.example")
    page.get_by_role("button", name="Weiter").click()
    client = page.get_by_label("Client-ID Ihres Programms")
    expect(client).to_be_focused()
    expect(client).to_have_attribute("aria-invalid", "true")
    expect(client).to_have_accessible_description("Diese Nummer nennt Ihnen der Hersteller Ihres Programms oder Ihr "
                                                  "Administrator. Das ist keine Client-ID.")  # fmt: skip
    expect(page.locator("#new .result.bad")).to_have_text(
        "Diese Angaben stimmen nicht. folders: Leer. Berichtigen Sie sie."
    )


def test_what_the_preset_fixes_is_shown_locked_and_not_sent(page: Page, api: StandIn) -> None:
    page.get_by_label("Anbieter").select_option("microsoft365-send")
    page.get_by_text("Weitere Angaben").click()
    server = page.get_by_label("SMTP-Server")
    expect(server).to_have_value("smtp.office365.com")
    expect(server).not_to_be_editable()
    expect(server).to_have_accessible_description("🔒 bei diesem Anbieter fest")
    expect(page.get_by_label("IMAP-Server")).to_be_hidden()
    page.get_by_label("Adresse des Postfachs").fill("versand@firm.example")
    page.get_by_role("button", name="Weiter").click()
    expect(page.locator(".steps [aria-current]")).to_have_text("Anmelden")
    assert sent(api) == {
        "id": "versand", "address": "versand@firm.example", "preset": "microsoft365-send", "client_id": CLIENT,
    }  # fmt: skip


def test_of_another_provider_all_is_asked(page: Page, api: StandIn) -> None:
    page.get_by_label("Anbieter").select_option("custom")
    for name, value in (
        ("Adresse des Postfachs", "a@b.example"), ("Client-ID Ihres Programms", "x"), ("SMTP-Server", "smtp.b.example"),
        ("SMTP-Port", "587"), ("IMAP-Server", "imap.b.example"), ("IMAP-Port", "993"),
        ("Berechtigungen (Scopes)", "openid mail"), ("Adresse der Anmeldung (Issuer)", "https://b.example"),
    ):  # fmt: skip
        page.get_by_label(name).fill(value)
    page.get_by_label("SMTP-Verschlüsselung").select_option("starttls")
    page.get_by_role("button", name="Weiter").click()
    expect(page.locator(".steps [aria-current]")).to_have_text("Anmelden")
    said = sent(api)
    assert said["smtp"] == {"host": "smtp.b.example", "port": 587, "security": "starttls"}
    assert (said["issuer"], said["scopes"]) == ("https://b.example", ["openid", "mail"])


def test_where_approval_is_missing_the_request_is_at_hand(page: Page, api: StandIn) -> None:
    page.get_by_label("Adresse des Postfachs").fill("post@firm.example")
    page.get_by_role("button", name="Weiter").click()
    page.locator("#new").get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.locator("#new").get_by_role("button", name="Abbrechen")).to_be_visible()
    api.answers["consent-request"] = CONSENT
    api.end_sign_in("post", types.SignIn("consent_pending", NOW, NOW))
    expect(page.locator("#new .result")).to_contain_text("Nur die Genehmigung Ihres Administrators fehlt noch.")
    page.locator("#new").get_by_role("button", name="Administrator fragen").click()
    expect(page.get_by_role("dialog", name="Bitte an Ihren Administrator")).to_be_visible()


def test_a_mailbox_is_changed_but_for_what_the_administrator_has_fixed(api: StandIn, open_page: Open) -> None:
    api.answers["GET accounts"] = account_types.AccountList([configured("info", managed=["tenant"])])
    api.answers["info"] = configured("info")
    page = open_page()
    page.get_by_role("link", name="Ändern").click()
    page.get_by_text("Weitere Angaben").click()
    expect(page.get_by_label("Organisation (Mandant)")).to_have_accessible_description(
        "🔒 von Ihrem Administrator festgelegt Meist „organizations“, sonst die Domain Ihrer Organisation."
    )
    page.get_by_label("Anmelden als").fill("m.meier@firm.example")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".card")).to_be_visible()
    assert sent(api, "PATCH") == {"sign_in_as": "m.meier@firm.example"}


def test_a_mailbox_is_removed_after_a_question(api: StandIn, open_page: Open) -> None:
    page = open_page()
    page.get_by_role("link", name="Ändern").click()
    page.get_by_role("button", name="Postfach entfernen").click()
    api.accounts = []
    page.get_by_role("dialog").get_by_role("button", name="Postfach entfernen").click()
    expect(page.locator("#headline")).to_have_text("Noch kein Postfach eingerichtet")
    assert ("DELETE", "/v1/accounts/info", None) in api.calls
