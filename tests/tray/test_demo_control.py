"""The demo's control page: every state can be set per person, by keyboard, without a script, and shows at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, sync_playwright

from mail.mailbox import Protocol
from tests.office import Office
from tests.rigs.browser import CHROMIUM, FLAGS
from tray.demo_control import control_page_of
from tray.demo_states import MAIL, SIGN_IN
from tray.sign_ins import Stage
from tray.texts import LANGUAGES, Texts

INFO = "info@office.example"


@dataclass(frozen=True)
class Demo:
    office: Office
    url: str

    def sends(self, **fields: str) -> requests.Response:
        """As the form does."""
        key = re.search(r'name="key" value="([^"]+)"', requests.get(self.url, timeout=10).text)
        assert key
        form = {"key": key[1], "language": "en", "account": "info", "act": "apply", **fields}
        return requests.post(self.url, data=form, timeout=30)

    def stands(self) -> tuple[str, str]:
        health = self.office.health("info")
        return health.state.value, health.code


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with Office(tmp_path) as office:
        office.has_account("info")
        office.opens()
        office.tenant.habits.loop_limit = 0
        assert office.signs_in("info") is Stage.SIGNED_IN
        with control_page_of(office.world, office.helper) as url:
            yield Demo(office, url)


SIGN_INS = {
    "well": ("ok", ""),
    "revoked": ("sign_in_required", "AADSTS50173"),
    "expired": ("sign_in_required", "AADSTS700082"),
    "second_factor": ("sign_in_required", "AADSTS50076"),
    "policy": ("sign_in_required", "AADSTS53003"),
    "device": ("sign_in_required", "AADSTS53000"),
    "disabled": ("sign_in_required", "AADSTS50057"),
    "unassigned": ("sign_in_required", "AADSTS50105"),
    "consent_needed": ("consent_pending", "AADSTS65001"),
    "consent_granted": ("ok", ""),
    "throttled": ("offline", "throttled"),
    "fault": ("offline", "service_fault"),
    "offline": ("offline", "network"),
    "captive_portal": ("offline", "captive_portal"),
    "clock_fast": ("ok", ""),
    "clock_slow": ("ok", ""),
    "frequency": ("sign_in_required", "AADSTS70043"),  # the last: what it teaches, a later sign-in may soon run into
}


def test_every_state_of_a_sign_in_can_be_set_and_is_over_when_all_is_well_again(demo: Demo) -> None:
    assert SIGN_INS.keys() == SIGN_IN.keys()
    for state, expected in SIGN_INS.items():
        demo.sends(**{"sign-in": state})
        assert demo.stands() == expected, state
        if state.startswith("clock"):
            assert abs(demo.office.helper.picture().clock_error.total_seconds()) == 3 * 3600
        demo.sends(act="well")
        demo.sends(**{"sign-in": "consent_granted"})
        if demo.office.health("info").state.waits_for_a_person:
            assert state in {"revoked", "expired", "frequency", "second_factor"}
            assert demo.office.signs_in("info") is Stage.SIGNED_IN
        if state != "frequency":
            assert demo.stands() == ("ok", ""), f"after {state}"
    assert demo.stands()[0] in {"ok", "expiring"}  # the frequency just learned may want the next one within hours


def test_any_number_can_be_given(demo: Demo) -> None:
    demo.sends(number="650052")
    assert demo.stands() == ("sign_in_required", "AADSTS650052")
    demo.sends(act="well")
    demo.sends(number="90033")
    assert demo.stands() == ("offline", "service_fault")
    demo.sends(number="")
    assert demo.stands() == ("ok", "")


def test_each_protocol_can_be_given_an_answer_of_its_own(demo: Demo) -> None:
    demo.sends(smtp="smtp_auth_disabled_tenant")
    assert demo.stands() == ("mailbox_refused", "5.7.139")
    demo.sends(smtp="not_authenticated")
    assert demo.stands() == ("mailbox_refused", "5.7.57")
    demo.sends(imap="imap_disabled")
    checks = demo.office.health("info").checks
    assert (checks["imap"].ok, checks["smtp"].ok) == (False, True)
    demo.sends(imap="throttled")
    assert demo.stands() == ("offline", "server_throttled")
    demo.sends()
    assert demo.stands() == ("ok", "")


def test_new_mail_arrives_and_is_fetched(demo: Demo) -> None:
    demo.sends(act="mail")
    assert demo.office.helper.picture().unread == 1


def test_nobody_else_may_set_anything(demo: Demo) -> None:
    """Neither another site's form, nor a name that leads here from outside, nor a form without the page's key."""
    form = {"account": "info", "act": "apply", "sign-in": "revoked"}
    assert requests.post(demo.url, data=form, timeout=10).status_code == 403
    foreign = {"Origin": "https://evil.example"}
    assert requests.get(demo.url, headers=foreign, timeout=10).status_code == 404
    assert requests.get(demo.url, headers={"Host": "evil.example"}, timeout=10).status_code == 404
    assert requests.get(demo.url + "elsewhere", timeout=10).status_code == 404
    assert demo.sends(**{"sign-in": "no such state"}).ok
    assert demo.sends(smtp="no such answer").ok
    assert demo.sends(account="nobody").ok
    assert demo.stands() == ("ok", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_on_it_has_words(language: str) -> None:
    texts = Texts(language)
    assert all(texts.say(f"demo-control-state-{state}") for state in SIGN_IN)
    assert all(words for answers in MAIL.values() for words in answers.values())
    assert {Protocol.IMAP, Protocol.POP3, Protocol.SMTP} == MAIL.keys()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def opened(browser: Browser, url: str, locale: str) -> Page:
    page = browser.new_context(locale=locale, java_script_enabled=False).new_page()
    page.goto(url)
    return page


@pytest.mark.needs("chromium")
def test_the_keyboard_is_enough_and_the_page_says_what_came_of_it(demo: Demo, browser: Browser) -> None:
    page = opened(browser, demo.url, "de-DE")
    assert page.locator("h1").text_content() == "Steuerseite der Vorführung"
    page.get_by_label("Anmeldung", exact=True).focus()
    page.keyboard.type("widerrufen")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Übernehmen").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "AADSTS50173" in (page.locator("[data-account=info] .now").text_content() or "")
    assert page.get_by_label("Anmeldung", exact=True).input_value() == "revoked"
    with page.expect_navigation():
        page.get_by_role("link", name="English").click()
    assert page.locator("h1").text_content() == "The demo's control page"
    assert "Sign-in needed" in (page.locator("[data-account=info] .now").text_content() or "")
