"""The status page in a real browser: what a person sees there. The API behind it is a stand-in."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from tests.tray.page.conftest import Open
from tests.tray.page.office import busy_office
from tests.tray.page.rig import StandIn, account, letter, mail
from tray.api import types

pytestmark = pytest.mark.needs("chromium")


def test_the_code_is_used_once_leaves_the_address_and_the_page_survives_a_reload(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    page = open_page()
    expect(page.locator(".card")).to_have_count(1)
    assert page.url == api.url
    page.reload()
    expect(page.locator(".card")).to_have_count(1)
    assert len(api.sessions) == 1


@pytest.mark.parametrize("fragment", ["", "#k=used-before"])
def test_without_a_valid_code_it_says_to_open_it_from_the_icon(api: StandIn, open_page: Open, fragment: str) -> None:
    page = open_page(fragment)
    expect(page.get_by_role("heading", name="Bitte über das Symbol öffnen")).to_be_visible()
    assert not api.calls


def test_when_the_session_has_ended_nothing_of_the_mail_stays_on_the_screen(api: StandIn, open_page: Open) -> None:
    busy_office(api)
    page = open_page()
    expect(page.locator(".letters li").first).to_be_visible()
    api.sessions.clear()
    expect(page.get_by_text("Bitte über das Symbol öffnen")).to_be_visible()
    assert "Heizung" not in page.content()


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize(
    ("locale", "language", "headline"),
    [("de-AT", "de", "4 Postfächer brauchen Aufmerksamkeit"),
     ("fr-FR", "en", "4 mailboxes need attention")],
)  # fmt: skip
def test_every_state_has_its_symbol_and_its_word_in_either_language_and_width(
    api: StandIn, open_page: Open, locale: str, language: str, headline: str, width: int
) -> None:
    busy_office(api)
    page = open_page(locale=locale, width=width)
    expect(page.locator("#headline")).to_have_text(headline)
    for each in api.accounts:
        card = page.locator(f"[data-account='{each.id}']")
        expect(card.locator(".symbol use")).to_have_attribute("href", f"#state-{each.health.state}")
        expect(card.locator(".symbol")).to_be_visible()
    states = page.locator(".card .state strong").all_text_contents()
    assert len(set(states)) == len(api.accounts)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == language
    assert api.languages == {language}


def test_a_card_says_what_is_due_and_why_and_who_signed_in(api: StandIn, open_page: Open) -> None:
    busy_office(api)
    card = open_page().locator("[data-account='info']")
    expect(card).to_contain_text("(noch 61 Tage)")
    expect(card).to_contain_text("Die Anmeldung läuft ab, wenn sie so lange nicht benutzt wird.")
    expect(card).to_contain_text("Angemeldet als m.meier@firm.example")
    expect(card).to_contain_text("12 E-Mails warten auf Ihr Programm")


@pytest.mark.parametrize(
    ("locale", "said"), [("de-DE", "12 E-Mails warten auf WIN-OFFICE"), ("en-US", "12 messages wait for WIN-OFFICE")]
)
def test_the_main_app_is_called_by_its_name(api: StandIn, open_page: Open, locale: str, said: str) -> None:
    busy_office(api)
    api.app_name = "WIN-OFFICE"
    expect(open_page(locale=locale).locator("[data-account='info']")).to_contain_text(said)


def test_the_administrators_part_is_there_to_be_opened_and_stays_open(api: StandIn, open_page: Open) -> None:
    busy_office(api)
    card = open_page().locator("[data-account='versand']")
    expect(card).to_contain_text("SMTP: abgelehnt (5.7.139)")
    help_line = card.get_by_text("Set-CASMailbox")
    expect(help_line).to_be_hidden()
    card.get_by_text("Für den Administrator").click()
    for unread in (1, 2):
        with card.page.expect_response("**/v1/status"):
            api.change("versand", unread=unread)
    expect(help_line).to_be_visible()


def test_the_last_twenty_mails_are_shown_newest_first_and_what_is_stuck_says_why(api: StandIn, open_page: Open) -> None:
    busy_office(api)
    page = open_page()
    mails = page.locator("#messages li")
    expect(mails).to_have_count(20)
    expect(mails.first).to_contain_text("Mieter 30")
    stuck = page.locator("#outbox li", has_text="b@example.net")
    expect(stuck).to_contain_text("nicht gesendet")
    expect(stuck).to_contain_text("Der Empfänger ist unbekannt · Prüfen Sie die Adresse.")


def test_whatever_a_mail_brings_is_shown_as_text(api: StandIn, open_page: Open) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    api.accounts = [replace(account("info", "ok", title=hostile, next_step=hostile), address=hostile)]
    api.messages = [mail(1, hostile, account=hostile, sender=hostile, date=None)]
    api.letters = [letter(1, "failed", hostile, account=hostile, title=hostile)]
    page = open_page()
    expect(page.locator("#messages li .subject")).to_have_text(hostile)
    expect(page.locator("#outbox li .who")).to_have_text(hostile)
    assert page.locator("img:not(.qr), main script").count() == 0


def test_when_postwart_ends_the_page_says_so_and_keeps_what_it_last_knew(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    page = open_page()
    expect(page.locator(".card")).to_be_visible()
    page.route("**/v1/**", lambda route: route.abort())
    api.end_streams()
    expect(page.get_by_role("alert")).to_contain_text("Postwart antwortet nicht")
    expect(page.locator(".card")).to_be_visible()
    page.unroute("**/v1/**")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_accounts_come_and_go_without_disturbing_the_others(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok"), account("post", "ok")]
    page = open_page()
    page.locator("[data-account='post']").get_by_role("button", name="Jetzt prüfen").focus()
    api.accounts = [account("neu", "unknown"), account("post", "offline")]
    expect(page.locator(".card")).to_have_count(2)
    expect(page.locator("[data-account='neu']")).to_be_visible()
    expect(page.locator("[data-account='post'] .state")).to_contain_text("Keine Verbindung")
    expect(page.locator("[data-account='post']").get_by_role("button", name="Jetzt prüfen")).to_be_focused()


def test_with_no_account_it_says_how_to_begin(open_page: Open) -> None:
    page = open_page(locale="en-US")
    expect(page.locator("#headline")).to_have_text("No mailbox has been set up yet")
    expect(page.get_by_role("link", name="Set up a mailbox")).to_be_visible()


def test_where_the_system_renews_the_sign_in_no_date_is_made_up(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok", sign_in_due=None, days_left=None, due_because=None)]
    api.change("info", renewed_by_system=True)
    page = open_page()
    expect(page.get_by_text("Wann die nächste fällig ist, ist nicht zu sehen.")).to_be_visible()
    api.change("info", renewed_by_system=False)
    page.reload()
    expect(page.locator(".card")).to_be_visible()
    expect(page.get_by_text("ist nicht zu sehen")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "date", "why"),
    [
        ("de-DE", "voraussichtlich nicht vor", "Genau weiß Postwart es erst, wenn es einmal so weit war."),
        ("en-US", "probably not before", "Postwart knows for sure once it has been seen."),
    ],
)
def test_a_date_that_is_only_assumed_is_said_to_be_so(
    api: StandIn, open_page: Open, locale: str, date: str, why: str
) -> None:
    api.accounts = [account("info", "ok", due_confidence="assumed"), account("post", "ok")]
    page = open_page(locale=locale)
    expect(page.locator("[data-account='info'] .due")).to_contain_text(date)
    expect(page.locator("[data-account='info'] .due")).to_contain_text(why)
    expect(page.locator("[data-account='post'] .due")).not_to_contain_text(date)
    expect(page.locator("[data-account='post'] .due")).not_to_contain_text(why)


@pytest.mark.parametrize(("locale", "words"), [("de-DE", ["Kennung", "abgelehnt"]), ("en-US", ["Code", "refused"])])
def test_where_nobody_ever_signed_in_nothing_is_called_refused_and_no_code_is_shown(
    api: StandIn, open_page: Open, locale: str, words: list[str]
) -> None:
    fresh = account("info", "sign_in_required", code="not_signed_in", who="user", title="x", next_step="y")
    nothing = replace(fresh.health, checks=types.Checks(), sign_in_due=None, days_left=None, due_because=None)
    api.accounts = [replace(fresh, signed_in_as="", health=nothing)]
    page = open_page(locale=locale)
    facts = page.locator(".card .facts")
    expect(facts).to_be_visible()
    assert [word for word in words if word in facts.inner_text()] == []
