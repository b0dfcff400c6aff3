"""A newcomer at the status page, with Postwart, a tenant and mail servers behind it: from no mailbox to mail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from auth.sandbox.headless import Headless
from tests.office import Office, wait_until
from tests.rigs.browser import CHROMIUM, FLAGS
from tests.stories.test_device_code import enters
from tray.health import State

pytestmark = pytest.mark.needs("chromium")

HOSTILE = "<img src=x onerror=alert(1)>Mahnung"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        yield opened


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    said: list[str] = []
    yield said
    assert not said


def opened(office: Office, chromium: Browser, complaints: list[str]) -> Page:
    page = chromium.new_context(locale="de-DE").new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.goto(office.api.post("page-code")["url"])
    return page


def with_servers_of(office: Office, address: str) -> Callable[[Route], None]:
    """Where the preset says Microsoft's servers, the sandbox's are meant."""
    servers = office.world.account("x", address)
    beside = {key: servers[key] for key in ("authority", "ca_file", "imap", "smtp")}

    def route(route: Route) -> None:
        said = route.request.post_data_json
        if route.request.method == "POST":
            route.continue_(post_data=json.dumps({**beside, **(said or {})}))
        else:
            route.continue_()

    return route


def test_a_newcomer_sets_up_the_first_mailbox_and_sees_its_mail(
    office: Office, chromium: Browser, complaints: list[str]
) -> None:
    address = "info@office.example"
    office.tenant.add_person(address)
    office.places.config_file.parent.mkdir(parents=True, exist_ok=True)
    office.opens()
    page = opened(office, chromium, complaints)
    page.route("**/v1/accounts", with_servers_of(office, address))
    expect(page.locator("#headline")).to_have_text("Noch kein Postfach eingerichtet")
    page.get_by_role("link", name="Postfach einrichten").click()
    page.get_by_label("Adresse des Postfachs").fill("info@office")
    page.get_by_label("Client-ID").fill(office.world.provider.client_id)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_label("Adresse des Postfachs")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Adresse des Postfachs").fill(address)
    page.get_by_role("button", name="Weiter").click()
    office.is_at_the_browser(address)
    page.locator("#new").get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.locator(".steps [aria-current]")).to_have_text("Testmail")
    page.locator("#new").get_by_role("button", name="Testmail senden").click()
    expect(page.locator("#new .result")).to_contain_text("unterwegs")
    office.dispatches("info")
    expect(page.locator("#new .result")).to_contain_text("Fertig: info@office.example ist eingerichtet")
    page.get_by_role("link", name="Zur Übersicht").click()
    office.checks()
    expect(page.locator("[data-account='info'] .state")).to_contain_text("In Ordnung")
    # new mail shows by itself, and whatever it brings is text
    office.post.deliver(address, f"From: a@b.example\r\nSubject: {HOSTILE}\r\n\r\nhello\r\n".encode())
    office.helper.fetch("info")
    expect(page.locator("#messages .subject").filter(has_text="Mahnung")).to_have_text(HOSTILE)
    page.locator("[data-account='info']").get_by_role("link", name="Verlauf").click()
    expect(page.locator(".timeline .signed_in").first).to_be_attached()
    expect(page.locator(".log")).to_contain_text("Angemeldet")


def test_a_warning_a_wrong_person_and_the_right_one(office: Office, chromium: Browser, complaints: list[str]) -> None:
    office.has_account("info", idle=False, sign_in_every="90d")
    office.has_account("other", idle=False)
    office.opens()
    office.signs_in("info")
    page = opened(office, chromium, complaints)
    card = page.locator("[data-account='info']")
    for _ in range(9):
        office.waits(days=10)
    office.waits(hours=-60)
    expect(card.locator(".state")).to_contain_text("Anmeldung läuft bald ab")
    expect(card).to_contain_text("Nächste Anmeldung")
    office.is_at_the_browser("other@office.example")
    card.get_by_role("button", name="Anmelden", exact=True).click()
    expect(card.locator(".result.bad")).to_contain_text("other@office.example")
    expect(card.locator(".result.bad")).to_contain_text("info@office.example")
    assert office.health("info").state is State.EXPIRING
    office.is_at_the_browser("info@office.example")
    card.get_by_role("button", name="Mit anderem Konto anmelden").click()
    expect(card.locator(".result")).to_contain_text("Die Anmeldung hat geklappt.")
    assert wait_until(lambda: office.health("info").signed_in_as == "info@office.example")
    office.checks()
    expect(card.locator(".state")).to_contain_text("In Ordnung")


def test_codes_shown_on_the_page_and_typed_in_on_a_phone_make_the_mailbox_healthy(
    office: Office, chromium: Browser, complaints: list[str]
) -> None:
    office.tenant.habits.device_interval = 1
    address = office.has_account("info", idle=False)
    office.opens()
    office.checks()
    card = opened(office, chromium, complaints).locator("[data-account='info']")
    phone = Headless(office.world.ca_file)
    card.get_by_role("button", name="Mit Code anmelden").click()
    code = card.get_by_label("Code", exact=True)
    expect(code).to_have_value(re.compile(r"\S{6,}"))
    first, url = code.input_value(), card.locator(".device a").inner_text()
    enters(phone, {"url": url, "user_code": first}, address)
    expect(code).not_to_have_value(first)
    expect(card.locator(".device")).to_contain_text("Der erste Schritt ist geschafft.")
    enters(phone, {"url": url, "user_code": code.input_value()}, address)
    expect(card.locator(".result")).to_contain_text("Die Anmeldung hat geklappt.")
    expect(card.locator(".state")).to_contain_text("In Ordnung")
    assert office.opened == []


def test_an_unseen_page_listens_to_nothing(office: Office, chromium: Browser, complaints: list[str]) -> None:
    office.opens()
    page = opened(office, chromium, complaints)
    expect(page.locator("#headline")).to_have_text("Noch kein Postfach eingerichtet")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/v1/events")):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    with page.expect_request("**/v1/events"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert set(asked) <= {"/v1/events", "/v1/status", "/v1/messages", "/v1/outbox"}
