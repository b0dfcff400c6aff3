"""Forty answers of a tenant and of mail servers, each met by one account: seen in the API, on the page and in notices.

One office, one Postwart, one browser: every person of it has another trouble.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.office import Office, wait_until
from tests.rigs.browser import CHROMIUM, FLAGS
from tray.api.client import ApiClient
from tray.notify.content import content
from tray.sign_ins import Stage
from tray.texts import LANGUAGES, Texts

Plan = Callable[[Office, str], object]


@dataclass(frozen=True)
class Row:
    """What is done to the account, and how it is to stand then. `titles`: words of the title, German and English."""

    plan: Plan
    state: str
    who: str
    code: str
    titles: tuple[str, str]
    notice: str = ""  # the kind of the notification; empty: none
    values: dict[str, Any] = field(default_factory=dict)


def refused(number: int, de: str, en: str) -> Row:
    """The person mends it in the browser."""
    plan: Plan = lambda office, address: office.tenant.refuse(address, number)  # noqa: E731  a column of the table
    return Row(plan, "sign_in_required", "user", f"AADSTS{number}", (de, en), "sign_in_required")


def blocked(number: int, who: str, de: str, en: str) -> Row:
    """Somebody else has to."""
    return Row(refused(number, de, en).plan, "sign_in_required", who, f"AADSTS{number}", (de, en), "blocked")


def mailbox(protocol: str, kind: str, code: str, de: str, en: str, *, who: str = "admin", **values: Any) -> Row:
    plan: Plan = lambda office, address: office.post.refuse(address, protocol, kind)  # noqa: E731  a column of the table
    return Row(plan, "mailbox_refused", who, code, (de, en), "mailbox_refused", values)


def silent(plan: Plan, who: str, code: str, de: str, en: str) -> Row:
    return Row(plan, "offline", who, code, (de, en))


POP3 = {"receive": "pop3"}
ROWS = {
    # the sign-in is over
    "unused": refused(700082, "90 Tage lang nicht benutzt", "not used for 90 days"),
    "often": refused(70043, "alle 12 Stunden eine neue Anmeldung", "sign in again every 12 hours"),
    "revoked": refused(50173, "zum Beispiel weil das Kennwort", "for example because the password"),
    "password": refused(50132, "zum Beispiel weil das Kennwort", "for example because the password"),
    "webpage": refused(700084, "gilt sie nur 24 Stunden", "good for 24 hours only"),
    "factor": refused(50076, "zusätzliche Bestätigung", "additional confirmation"),
    "enrol": refused(50072, "zusätzliche Bestätigung erst einrichten", "set up the additional confirmation"),
    "expired": refused(50055, "Kennwort ist abgelaufen", "password has expired"),
    "defaults": refused(530035, "Sicherheitsregeln verschärft", "tightened its security rules"),
    "code": refused(530036, "Anmeldung mit Gerätecode", "sign-in by device code"),
    # an administrator
    "policy": blocked(53003, "admin", "Regel Ihrer Organisation", "rule of your organization"),
    "device": blocked(53000, "admin", "nur von verwalteten PCs", "from managed PCs only"),
    "suspicious": blocked(50131, "admin", "lassen diesen PC oder diese Anmeldung", "this PC or this sign-in"),
    "risk": blocked(53011, "admin", "für gefährdet", "at risk"),
    "token": blocked(530084, "admin", "über Windows selbst", "through Windows itself"),
    "disabled": Row(lambda office, address: office.tenant.disable(address), "sign_in_required", "admin", "AADSTS50057",
                    ("Konto ist abgeschaltet", "account is switched off"), "blocked"),
    "assigned": blocked(50105, "admin", "nicht eingetragen", "not assigned"),
    "licence": blocked(650052, "admin", "kein Exchange Online", "no Exchange Online"),
    "off": blocked(7000112, "admin", "Programm ist in Ihrer Organisation", "switched off in your organization"),
    "guest": blocked(500021, "admin", "Regeln Ihrer Organisation oder der anderen", "rules of your organization or of"),
    # whoever registered the program
    "secret": blocked(7000218, "vendor", "nicht als Desktopprogramm", "not registered as a desktop program"),
    "scope": blocked(70011, "vendor", "eine Berechtigung, die es nicht gibt", "permission that does not exist"),
    "tenant": blocked(90002, "vendor", "eingetragene Organisation", "organization that is set up"),
    # approval
    "consent": Row(lambda office, address: office.tenant.withdraw_consent(address), "consent_pending", "admin",
                   "AADSTS65001", ("Administrator muss das Programm", "administrator has yet to approve"),
                   "consent_pending"),
    # no answer
    "fault": silent(lambda office, address: office.tenant.refuse(address, 90033), "nobody", "service_fault",
                    "Anmeldedienst hat gerade eine Störung", "sign-in service has a fault"),
    "loop": silent(lambda office, address: office.tenant.refuse(address, 50196), "nobody", "throttled",
                   "bittet um eine Pause", "asks for a pause"),
    "throttled": silent(lambda office, address: office.tenant.throttle(3600, address=address), "nobody", "throttled",
                        "bittet um eine Pause", "asks for a pause"),
    "hotel": silent(lambda office, address: office.tenant.captive_portal(address=address), "user", "captive_portal",
                    "antwortet eine andere Seite", "Another page answers"),
    "cut": silent(lambda office, address: office.tenant.close_connections(address=address), "nobody", "network",
                  "nicht zu erreichen", "cannot be reached"),
    # the mailbox
    "imap": mailbox("imap", "imap_disabled", "imap_not_connected", "öffnet sich nicht", "does not open"),
    "badtoken": mailbox("imap", "token_refused", "token_refused", "nimmt die Anmeldung", "does not accept the sign-in"),
    "pop": mailbox("pop3", "pop_disabled", "token_refused", "nimmt die Anmeldung", "does not accept", **POP3),
    "longlogin": mailbox("pop3", "login_too_long", "login_too_long", "nicht lesen", "cannot read", **POP3),
    "smtptenant": mailbox("smtp", "smtp_auth_disabled_tenant", "5.7.139", "Senden über SMTP abgeschaltet",
                          "switched off sending over SMTP"),
    "smtpbox": mailbox("smtp", "smtp_auth_disabled_mailbox", "5.7.139", "ist für smtpbox@office.example abgeschaltet",
                       "switched off for smtpbox@office.example"),
    "notauth": mailbox("smtp", "not_authenticated", "5.7.57", "abgeschaltet", "switched off"),
    "secdef": mailbox("smtp", "security_defaults", "5.7.139", "Sicherheitsstandards", "security defaults"),
    "basic": mailbox("smtp", "authentication_policy", "5.7.139", "Richtlinie Ihrer Organisation", "A policy"),
    "adfs": mailbox("smtp", "federation_failed", "5.7.139", "eigene Anmeldeserver", "own sign-in server"),
    "spam": mailbox("smtp", "blocked_sender", "5.1.8", "Senden von spam@office.example", "has blocked sending"),
    "gmail": mailbox("imap", "google_imap_off", "ALERT", "IMAP ist für", "IMAP is switched off", who="user"),
    "mailpause": silent(lambda office, address: office.post.refuse(address, "imap", "throttled"), "nobody",
                        "server_throttled", "bittet um eine Pause", "asks for a pause"),
    "mailfault": silent(lambda office, address: office.post.refuse(address, "imap", "unavailable"), "nobody",
                        "server_fault", "gerade eine Störung", "has a fault"),
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """Everything that is to be seen, by language."""

    office: Office
    status: dict[str, Any]
    pages: dict[str, dict[str, str]]
    banners: dict[str, str]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    with Office(tmp_path_factory.mktemp("office")) as office:
        office.tenant.habits.loop_limit = 0
        addresses = {
            name: office.has_account(name, person={"consent": "user"}, **row.values) for name, row in ROWS.items()
        }
        office.opens()
        for name in ROWS:
            assert office.signs_in(name) is Stage.SIGNED_IN
        office.tenant.require_admin_consent()
        for name, row in ROWS.items():
            row.plan(office, addresses[name])
        office.tenant.set_clock_wrong(timedelta(hours=3), address=addresses["imap"])
        office.waits(minutes=15)
        status = {language: _status(office, language) for language in LANGUAGES}
        pages, banners = _pages(office)
        yield Seen(office, status, pages, banners)


def _status(office: Office, language: str) -> Any:
    api = ApiClient.discover(office.places, language)
    assert api
    return api.get("status")


def _pages(office: Office) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """The text of each account's card, and that of the warnings above them."""
    pages, banners = {}, {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language in LANGUAGES:
            page = browser.new_context(locale=language).new_page()
            page.goto(office.api.post("page-code")["url"])
            page.locator(f"[data-account={next(reversed(ROWS))}]").wait_for()
            pages[language] = {name: page.locator(f"[data-account={name}]").text_content() or "" for name in ROWS}
            banners[language] = page.locator("#warnings").text_content() or ""
        browser.close()
    return pages, banners


def _health(seen: Seen, language: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in seen.status[language]["accounts"] if each["id"] == name)["health"]
    return found


pytestmark = [pytest.mark.needs("chromium")]


@pytest.mark.parametrize("name", ROWS)
def test_each_answer_is_understood_and_told_in_both_languages(seen: Seen, name: str) -> None:
    row = ROWS[name]
    for language, title in zip(LANGUAGES, row.titles, strict=True):
        health = _health(seen, language, name)
        assert (health["state"], health["who"], health["code"]) == (row.state, row.who, row.code)
        assert title in health["title"]
        assert health["next_step"]
        if row.who in {"admin", "vendor"}:
            assert len(health["admin_help"]) > 20
        card = seen.pages[language][name]
        for part in ("title", "next_step", "admin_help", "code"):
            assert health.get(part, "") in card, part


@pytest.mark.parametrize("name", ROWS)
def test_each_answer_brings_its_notice_or_none(seen: Seen, name: str) -> None:
    row = ROWS[name]
    notices = [notice for notice in seen.office.notices if notice.account == name]
    if not row.notice:
        assert not notices
        return
    assert wait_until(lambda: any(notice.account == name for notice in seen.office.notices))
    (notice,) = (notice for notice in seen.office.notices if notice.account == name)
    assert notice.kind == row.notice
    told = [content(notice, Texts(language, "WIN-OFFICE")) for language in LANGUAGES]
    assert told[0].title != told[1].title
    assert all(f"{name}@office.example" in each.title + each.body for each in told)


def test_a_wrong_clock_is_told_above_all_accounts(seen: Seen) -> None:
    for language, title in (
        ("de", "Die Uhr dieses PCs geht 3 Stunden vor"),
        ("en", "The clock of this PC is 3 hours fast"),
    ):
        (warning,) = seen.status[language]["warnings"]
        assert (warning["code"], warning["title"]) == ("clock_ahead", title)
        assert title in seen.banners[language]


def test_no_token_was_lost_to_any_of_them(seen: Seen) -> None:
    """What passes passes: the same sessions go on, without anybody signing in."""
    office = seen.office
    office.tenant.online()
    office.post.clear_faults()
    office.tenant.grant_consent()
    for name, row in ROWS.items():
        office.tenant.unblock(f"{name}@office.example")
        office.tenant.enable(f"{name}@office.example")
        if row.notice != "sign_in_required":
            assert office.helper.check(name).state == "ok", name
