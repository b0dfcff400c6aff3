"""A tenant where an administrator has to approve the program: from the first sign-in to the first mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.office import Office, wait_until
from tests.rigs.browser import CHROMIUM, FLAGS
from tests.tray.api.listener import listening
from tray import clockwork
from tray.app import utc_now
from tray.health import State
from tray.notice import Kind
from tray.sign_ins import Stage

# time_machine may end while a thread is just asking it for the time
TRAVEL_ENDS = "ignore:Exception in thread heartbeat:pytest.PytestUnhandledThreadExceptionWarning"
pytestmark = [pytest.mark.needs("chromium"), pytest.mark.filterwarnings(TRAVEL_ENDS)]

ADDRESS, CHEF = "info@office.example", "chef@office.example"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(clockwork, "BEAT", timedelta(milliseconds=100))
    with Office(tmp_path, schedule=True, clock=utc_now) as opened:
        opened.tenant.add_person(CHEF, admin=True)
        yield opened


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def opened_from_the_icon(office: Office, chromium: Browser) -> Page:
    page = chromium.new_context(locale="de-DE").new_page()
    page.goto(office.api.post("page-code")["url"])
    return page


def approves(chromium: Browser, link: str) -> str:
    """As the administrator, on their own PC. Returns where the browser ends up, and finds nobody there."""
    page = chromium.new_context(ignore_https_errors=True, locale="de-DE").new_page()
    page.goto(link)
    page.fill("#email", CHEF)
    page.click("#submit")
    page.fill("#password", "demo")
    page.click("#submit")
    expect(page.locator("main")).to_contain_text("IMAP")
    with page.expect_event("requestfailed", lambda request: request.url.startswith("http://localhost/")) as failed:
        page.click("#accept", no_wait_after=True)
    return str(failed.value.url)


def kinds(office: Office) -> list[str]:
    """Of what is told about the approval; a check may have been quicker than the first sign-in, and told that."""
    return [notice.kind.value for notice in office.notices if notice.kind is not Kind.SIGN_IN_REQUIRED]


def test_a_missing_approval_is_asked_for_noticed_when_it_comes_and_mail_works(
    office: Office, chromium: Browser
) -> None:
    office.has_account("info", person={"consent": "admin"}, idle=False, fetch_every="6h")
    office.post.deliver(ADDRESS, b"Subject: waiting\r\n\r\nhello\r\n")
    office.opens()
    assert office.signs_in("info") is Stage.CONSENT_PENDING
    assert office.health("info").signed_in_as == ADDRESS

    # seen in the API, on the page and as a notification; asked again silently in half an hour
    health = office.api.get("status")["accounts"][0]["health"]
    assert (health["state"], health["code"], health["who"]) == ("consent_pending", "AADSTS65001", "admin")
    assert wait_until(lambda: kinds(office) == ["consent_pending"])
    assert wait_until(lambda: office.health("info").next_check_at)
    wait = (office.health("info").next_check_at or utc_now()) - datetime.now(UTC)
    assert timedelta(minutes=29) < wait < timedelta(minutes=33)
    page = opened_from_the_icon(office, chromium)
    expect(page.locator(".card .state")).to_contain_text("Wartet auf Genehmigung")
    page.get_by_role("button", name="Administrator fragen").click()
    dialog = page.get_by_role("dialog")
    request = office.api.get("accounts", "info", "consent-request")
    expect(dialog.get_by_label("Link zur Genehmigung")).to_have_value(request["url"])
    assert request["url"] in dialog.get_by_label("Text").input_value()
    assert (dialog.get_by_role("link").get_attribute("href") or "").startswith("mailto:?subject=Bitte")
    page.get_by_role("button", name="Schließen").click()

    # the administrator follows the link on another PC
    assert "admin_consent=True" in approves(chromium, request["url"])
    assert office.health("info").state is State.CONSENT_PENDING

    # half an hour later, with nobody's doing
    opened, file = len(office.opened), office.app.api.file
    with (
        listening(urlsplit(file.url).netloc, file.secret) as listener,
        time_machine.travel(datetime.now(UTC) + timedelta(minutes=34), tick=True),
    ):
        assert wait_until(lambda: office.health("info").state is State.OK)
        assert wait_until(lambda: kinds(office) == ["consent_pending", "consent_granted"])
        heard = listener.take(1)[0]
        assert (heard.kind, heard.data["id"], heard.data["health"]["state"]) == ("health", "info", "ok")
        assert wait_until(lambda: "consent_granted" in [each.kind for each in office.helper.journal.read("info")])
        expect(page.locator(".card .state")).to_contain_text("In Ordnung")
        assert wait_until(lambda: office.helper.inbox.unread() == {"info": 1}), "what waited came without a click"
        office.post.deliver(ADDRESS, b"Subject: at last\r\n\r\nhello\r\n")
        assert office.api.post("accounts", "info", "fetch")["new"] == 1
        letter = office.helper.send("info", office.letter("info", "tenant@elsewhere.example"))
        assert wait_until(lambda: office.helper.outbox.get(letter.id).state == "sent")
    assert len(office.opened) == opened, "no browser opened by itself"


def test_where_nobody_may_even_sign_in_a_click_tries_again_and_works_after_the_approval(
    office: Office, chromium: Browser
) -> None:
    office.has_account("info", person={"consent": "none"}, idle=False)
    office.tenant.habits.back_says_why = True
    office.opens()
    assert office.signs_in("info") is Stage.FAILED
    health = office.api.get("status")["accounts"][0]["health"]
    assert (health["state"], health["code"]) == ("consent_pending", "AADSTS90094")
    assert "by itself" in health["next_step"]
    assert wait_until(lambda: kinds(office) == ["consent_unknown"])
    office.checks()
    assert office.health("info").state is State.CONSENT_PENDING
    page = opened_from_the_icon(office, chromium)
    expect(page.get_by_role("button", name="Anmelden", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Administrator fragen")).to_be_visible()
    approves(chromium, office.api.get("accounts", "info", "consent-request")["url"])
    assert office.signs_in("info") is Stage.SIGNED_IN
    assert office.health("info").state is State.OK
    assert kinds(office) == ["consent_unknown"]


def test_a_send_only_account_needs_no_administrator_in_a_tenant_as_microsoft_sets_it_up(office: Office) -> None:
    office.has_account("info", person={"consent": "admin"}, receive="none")
    assert all(scope.endswith("SMTP.Send") for scope in office.opens().helper.account("info").scopes)
    assert office.signs_in("info") is Stage.SIGNED_IN
    assert office.health("info").state is State.OK
