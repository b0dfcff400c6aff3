"""The status page in a real browser: it hears of changes at once, and costs nothing while nobody looks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from tests.tray.page.conftest import Open
from tests.tray.page.office import busy_office
from tests.tray.page.rig import NOW, StandIn, account
from tray.api import types

pytestmark = pytest.mark.needs("chromium")


def test_a_change_shows_at_once_and_without_one_nothing_is_asked(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    page = open_page()
    expect(page.locator(".card")).to_be_visible()
    page.wait_for_timeout(700)  # the question after connecting
    before = len(api.calls)
    page.wait_for_timeout(3500)
    assert len(api.calls) == before
    api.change("info", health=account("info", "offline").health)
    expect(page.locator(".card .state")).to_contain_text("Keine Verbindung", timeout=1500)


def test_after_a_break_it_goes_on_where_it_was(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    page = open_page()
    expect(page.locator(".card")).to_be_visible()
    api.change("info", unread=3)
    expect(page.get_by_text("3 E-Mails warten")).to_be_visible()
    with page.expect_request("**/v1/events"):
        api.end_streams()
    api.change("info", unread=4)
    expect(page.get_by_text("4 E-Mails warten")).to_be_visible()
    assert [bool(last) for last in api.resumed] == [False, True]


def test_without_events_it_still_asks_now_and_then(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    page = open_page("#k=no")
    page.clock.install()
    page.route("**/v1/events", lambda route: route.fulfill(status=500))
    api.codes.add("again")
    page.goto("about:blank")
    page.goto(api.url + "#k=again")
    expect(page.locator(".card")).to_be_visible()
    api.change("info", unread=5)
    page.clock.run_for(20_000)
    expect(page.get_by_text("5 E-Mails warten")).to_be_visible()


def test_nothing_moves_between_press_and_release(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok"), account("post", "ok")]
    api.answers["check"] = api.accounts[1].health
    page = open_page()
    check = page.locator("[data-account='post']").get_by_role("button", name="Jetzt prüfen")
    check.hover()
    page.mouse.down()
    api.accounts = [account(name, "offline", title="Lang " * 40) for name in ("neu", "info", "post")]
    page.wait_for_timeout(800)
    expect(page.locator(".card")).to_have_count(2)
    page.mouse.up()
    expect(page.locator(".card")).to_have_count(3)
    assert [path for method, path, _ in api.calls if method == "POST"] == ["/v1/accounts/post/check"]


def test_a_letter_that_is_stuck_is_sent_again_or_taken_back(api: StandIn, open_page: Open) -> None:
    busy_office(api)
    page = open_page()
    failed = page.locator("#outbox li", has_text="b@example.net")
    failed.get_by_role("button", name="Noch einmal senden").click()
    expect(page.locator("#outbox .result")).to_have_text(
        "Die E-Mail an b@example.net, c@example.net wird noch einmal gesendet."
    )
    unknown = page.locator("#outbox li", has_text="e@example.net")
    unknown.get_by_role("button", name="Noch einmal senden").click()
    expect(page.get_by_role("dialog")).to_contain_text("Fragen Sie den Empfänger")
    page.keyboard.press("Escape")
    page.locator("#outbox li", has_text="d@example.net").get_by_role("button", name="Zurücknehmen").click()
    page.get_by_role("dialog").get_by_role("button", name="Zurücknehmen").click()
    expect(page.locator("#outbox .result")).to_have_text("Die E-Mail an d@example.net wird nicht gesendet.")
    asked = [(method, path) for method, path, _ in api.calls if method in {"POST", "DELETE"}]
    assert asked == [("POST", "/v1/outbox/2/resend"), ("DELETE", "/v1/outbox/3")]


def test_the_focus_is_not_lost_with_the_row_it_was_in(api: StandIn, open_page: Open) -> None:
    busy_office(api)
    page = open_page()
    row = page.locator("#outbox li", has_text="d@example.net")
    row.get_by_role("button", name="Zurücknehmen").focus()
    api.letters = [replace(api.letters[2], next_try_at=NOW), *api.letters[3:]]
    expect(page.locator("#outbox li")).to_have_count(2)
    expect(row.get_by_role("button", name="Zurücknehmen")).to_be_focused()
    api.letters = api.letters[1:]
    expect(page.locator("#outbox li")).to_have_count(1)
    expect(page.get_by_role("heading", name="Ausgang")).to_be_focused()


def test_a_long_fetch_shows_how_far_it_is(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    api.change("info", fetching=types.Fetching(1200, 10_000, 400.0, 22))
    page = open_page()
    expect(page.get_by_text("1.200 von 10.000 E-Mails sind da · 400 je Sekunde · noch 22 Sekunden")).to_be_visible()
    expect(page.get_by_role("progressbar", name="E-Mails werden abgerufen")).to_have_js_property("value", 1200)
    api.change("info", fetching=None)
    expect(page.get_by_role("progressbar")).to_be_hidden()
