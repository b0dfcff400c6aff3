"""A sign-in with a code on the status page: the code, its picture, its time, and what becomes of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from playwright.sync_api import Locator, expect

from tests.tray.page.conftest import Open
from tests.tray.page.rig import NOW, StandIn, account
from tray import qr
from tray.api import types

pytestmark = pytest.mark.needs("chromium")

LINK = "https://microsoft.com/devicelogin"


def code(user_code: str = "BCDFGHJK4", *, minutes: float = 15, step: int = 1) -> types.DeviceCode:
    return types.DeviceCode(
        user_code, LINK, LINK, datetime.now(UTC) + timedelta(minutes=minutes), step, qr.picture(LINK)
    )


def shows(api: StandIn, given: types.DeviceCode) -> None:
    api.sign_in = types.SignIn("running", NOW, None, device_code=given)


def begun(api: StandIn, open_page: Open, name: str, locale: str, width: int = 1280) -> Locator:
    """The card, after the click."""
    api.accounts = [account("info", "sign_in_required", title="Abgelaufen", next_step="Anmelden.", who="user")]
    page = open_page(locale=locale, width=width)
    with page.expect_response("**/sign-in"):
        page.get_by_role("button", name=name).click()
    return page.locator(".card")


@pytest.mark.parametrize(
    ("locale", "name", "intro", "warning"),
    [
        ("de-DE", "Mit Code anmelden", "geben Sie dort den Code ein", "Geben Sie nie einen Code ein"),
        ("en-US", "Sign in with a code", "enter the code there", "Never enter a code"),
    ],
)
def test_the_code_is_shown_with_its_page_its_picture_its_time_and_a_warning(
    api: StandIn, open_page: Open, locale: str, name: str, intro: str, warning: str
) -> None:
    card = begun(api, open_page, name, locale, width=400)
    assert ("POST", "/v1/accounts/info/sign-in", {"device_code": True}) in api.calls
    expect(card.locator(".device")).to_be_hidden()
    shows(api, code())
    expect(card.locator(".device")).to_contain_text(intro)
    expect(card.locator(".device .notice")).to_contain_text(warning)
    expect(card.get_by_label("Code", exact=True)).to_have_value("BCDFGHJK4")
    expect(card.get_by_role("link", name=LINK)).to_have_attribute("href", LINK)
    expect(card.locator(".device .quiet").last).to_contain_text(re.compile(r"14:[0-5]\d"))
    picture = card.get_by_role("img", name="QR")
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 100
    assert card.page.evaluate("document.documentElement.scrollWidth") <= 400


def test_the_code_is_copied_and_the_focus_stays_while_it_is_asked_again(api: StandIn, open_page: Open) -> None:
    card = begun(api, open_page, "Mit Code anmelden", "de-DE")
    card.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shows(api, code())
    copy = card.get_by_role("button", name="Kopieren")
    copy.click()
    expect(card.get_by_text("Kopiert", exact=True)).to_be_visible()
    assert card.page.evaluate("navigator.clipboard.readText()") == "BCDFGHJK4"
    for _ in range(2):
        with card.page.expect_response("**/sign-in"):
            pass
    expect(copy).to_be_focused()
    expect(card.get_by_text("Kopiert", exact=True)).to_be_visible()


def test_a_second_code_takes_the_first_ones_place_and_the_end_takes_it_away(api: StandIn, open_page: Open) -> None:
    card = begun(api, open_page, "Mit Code anmelden", "de-DE")
    shows(api, code())
    expect(card.get_by_label("Code", exact=True)).to_have_value("BCDFGHJK4")
    shows(api, code("ZWEITERCO", step=2))
    expect(card.get_by_label("Code", exact=True)).to_have_value("ZWEITERCO")
    expect(card.locator(".device")).to_contain_text("Der erste Schritt ist geschafft.")
    api.end_sign_in("info", types.SignIn("signed_in", NOW, NOW))
    expect(card.locator(".result")).to_have_text("Die Anmeldung hat geklappt.")
    expect(card.locator(".device")).to_be_hidden()


def test_a_code_that_ran_out_says_so_and_another_is_offered(api: StandIn, open_page: Open) -> None:
    card = begun(api, open_page, "Mit Code anmelden", "de-DE")
    shows(api, code(minutes=0.05))
    expect(card.locator(".device")).to_contain_text("Der Code ist abgelaufen.")
    over = types.SignIn("failed", NOW, NOW, code="device_code_expired", title="Der Code ist abgelaufen")
    api.end_sign_in("info", replace(over, next_step="Lassen Sie sich einen neuen geben."))
    expect(card.locator(".result.bad")).to_contain_text("Der Code ist abgelaufen.")
    card.get_by_role("button", name="Neuen Code holen").click()
    shows(api, code("NEUERCODE"))
    expect(card.get_by_label("Code", exact=True)).to_have_value("NEUERCODE")


def test_a_code_is_cancelled_like_any_sign_in(api: StandIn, open_page: Open) -> None:
    card = begun(api, open_page, "Mit Code anmelden", "de-DE")
    shows(api, code())
    card.get_by_role("button", name="Abbrechen").click()
    expect(card.locator(".result")).to_have_text("Abgebrochen. Noch einmal.")
    expect(card.locator(".device")).to_be_hidden()
    assert ("DELETE", "/v1/accounts/info/sign-in", None) in api.calls


def test_a_sign_in_in_the_browser_can_be_given_up_for_one_with_a_code(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "sign_in_required", title="Abgelaufen", next_step="Anmelden.", who="user")]
    card = open_page().locator(".card")
    card.get_by_role("button", name="Anmelden", exact=True).click()
    expect(card.get_by_role("link", name="Anmeldung hier öffnen")).to_be_visible()
    by_code = card.get_by_role("button", name="Mit Code anmelden")
    by_code.click()
    expect(by_code).to_be_hidden()
    shows(api, code())
    expect(card.get_by_label("Code", exact=True)).to_have_value("BCDFGHJK4")
    expect(by_code).to_be_hidden()
    assert ("POST", "/v1/accounts/info/sign-in", {"device_code": True}) in api.calls
