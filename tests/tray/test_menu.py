"""Menu and tooltip say how each account stands and offer its next step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tray.pictures import account, picture
from tray.clip import units
from tray.health import State, Who
from tray.menu import ACCOUNTS_SHOWN, Action, Entry, Look, entries, headline, look, tooltip
from tray.picture import AccountPicture, Picture
from tray.texts import Texts

DE, EN = Texts("de"), Texts("en")


OTHER = Action.SIGN_IN_OTHER


def lines(seen: Picture, texts: Texts = DE) -> list[str]:
    return ["---" if entry.separator else entry.label for entry in entries(seen, texts)]


def steps(each: AccountPicture) -> list[tuple[str, Action | None]]:
    submenu = next(entry for entry in entries(picture(each), DE) if entry.children)
    return [(entry.label, entry.action) for entry in submenu.children]


def default(seen: Picture) -> Entry:
    first = entries(seen, DE)[0]
    assert first.default
    assert not any(entry.default for entry in entries(seen, DE)[1:])
    return first


def test_the_whole_menu_worst_account_first() -> None:
    seen = picture(account("ok"), account("bald", State.EXPIRING, days=3), account("weg", State.SIGN_IN_REQUIRED))
    assert lines(seen) == [
        "Anmelden: weg@haus.example",
        "---",
        "2 von 3 Postfächern brauchen Aufmerksamkeit",
        "weg@haus.example: Anmeldung nötig",
        "bald@haus.example: Anmeldung läuft in 3 Tagen ab",
        "ok@haus.example: in Ordnung",
        "---",
        "Alle 2 nacheinander anmelden",
        "Jetzt prüfen",
        "E-Mails abrufen",
        "Statusseite öffnen",
        "Mit dem PC starten",
        "Bericht für die Hotline",
        "---",
        "Postwart beenden",
    ]


def test_where_all_is_well_the_first_entry_opens_the_page_and_stands_there_once() -> None:
    seen = picture(account("a"), account("b"))
    assert default(seen).action is Action.OPEN_PAGE
    assert lines(seen, EN)[:3] == ["Open the status page", "---", "All 2 mailboxes are working"]
    assert lines(seen, EN).count("Open the status page") == 1


def test_without_accounts_the_menu_leads_to_the_page() -> None:
    assert lines(Picture(State.UNKNOWN)) == [
        "Statusseite öffnen",
        "---",
        "Noch kein Postfach eingerichtet",
        "---",
        "Mit dem PC starten",
        "Bericht für die Hotline",
        "---",
        "Postwart beenden",
    ]


def test_a_warning_of_the_whole_program_is_in_the_menu() -> None:
    seen = picture(account(), warnings=("never-heard-of",))
    assert Entry("Postwart hat etwas zu melden", Action.OPEN_PAGE) in entries(seen, DE)


@pytest.mark.parametrize(
    ("each", "action", "label"),
    [
        (account(state=State.SIGN_IN_REQUIRED, who=Who.USER), Action.SIGN_IN, "Anmelden: info@haus.example"),
        (account(state=State.EXPIRING, days=1), Action.SIGN_IN, "Anmelden: info@haus.example"),
        (account(state=State.CONSENT_PENDING), Action.ASK_ADMIN, "Administrator fragen: info@haus.example"),
        (account(state=State.SIGN_IN_REQUIRED, who=Who.ADMIN), Action.OPEN_PAGE, "Statusseite öffnen"),
        (account(state=State.MAILBOX_REFUSED), Action.OPEN_PAGE, "Statusseite öffnen"),
        (account(state=State.OFFLINE), Action.OPEN_PAGE, "Statusseite öffnen"),
        (account(state=State.SIGN_IN_REQUIRED, sign_in_running=True), Action.OPEN_PAGE, "Statusseite öffnen"),
    ],
)
def test_the_default_does_the_most_urgent_thing(each: AccountPicture, action: Action, label: str) -> None:
    entry = default(picture(each))
    assert (entry.action, entry.label) == (action, label)


@pytest.mark.parametrize(
    ("each", "state", "offered"),
    [
        (account(), "in Ordnung", [Action.CHECK, Action.FETCH, Action.SIGN_IN, OTHER]),
        (account(receives=False), "in Ordnung", [Action.CHECK, Action.SIGN_IN, OTHER]),
        (account(state=State.SIGN_IN_REQUIRED), "Anmeldung nötig", [Action.SIGN_IN, Action.CHECK, OTHER]),
        (
            account(state=State.CONSENT_PENDING),
            "wartet auf Genehmigung",
            [Action.ASK_ADMIN, Action.CHECK, Action.SIGN_IN, OTHER],
        ),
        (
            account(state=State.MAILBOX_REFUSED),
            "Mailserver lehnt ab",
            [Action.OPEN_PAGE, Action.CHECK, Action.SIGN_IN, OTHER],
        ),
        (account(state=State.OFFLINE), "keine Verbindung", [Action.CHECK, Action.SIGN_IN, OTHER]),
        (account(state=State.UNKNOWN), "noch nicht geprüft", [Action.CHECK, Action.SIGN_IN, OTHER]),
        (
            account(state=State.UNKNOWN, code="keyring_locked"),
            "kann nicht geprüft werden",
            [Action.CHECK, Action.SIGN_IN, OTHER],
        ),
        (account(sign_in_running=True), "Anmeldung läuft", [None, Action.CHECK, Action.FETCH]),
        (
            account(state=State.SIGN_IN_REQUIRED, who=Who.ADMIN),
            "Anmeldung gesperrt",
            [Action.OPEN_PAGE, Action.CHECK, Action.SIGN_IN, OTHER],
        ),
    ],
)
def test_each_account_offers_what_helps_it(each: AccountPicture, state: str, offered: list[Action | None]) -> None:
    assert f"info@haus.example: {state}" in lines(picture(each))
    assert [action for _, action in steps(each)] == offered
    assert all(
        entry.account == "info" for line in entries(picture(each), DE) for entry in line.children if entry.action
    )


@pytest.mark.parametrize(
    ("states", "german", "english"),
    [
        ([State.OK], "Das Postfach ist in Ordnung", "The mailbox is working"),
        ([State.OFFLINE], "Das Postfach ist nicht erreichbar", "The mailbox cannot be reached"),
        ([State.UNKNOWN], "Das Postfach wird geprüft", "The mailbox is being checked"),
        ([State.OK, State.UNKNOWN], "Die Postfächer werden geprüft", "The mailboxes are being checked"),
        ([State.SIGN_IN_REQUIRED], "Das Postfach braucht Aufmerksamkeit", "The mailbox needs attention"),
        (
            [State.OK, State.OFFLINE],
            "Eines von 2 Postfächern ist nicht erreichbar",
            "One of 2 mailboxes cannot be reached",
        ),
        (
            [State.OFFLINE, State.CONSENT_PENDING],
            "Eines von 2 Postfächern braucht Aufmerksamkeit",
            "One of 2 mailboxes needs attention",
        ),
    ],
)
def test_the_headline_counts_those_that_need_somebody(states: list[State], german: str, english: str) -> None:
    seen = picture(*(account(f"a{number}", state) for number, state in enumerate(states)))
    assert (headline(seen, DE), headline(seen, EN)) == (german, english)


def test_a_day_that_has_lost_its_meaning_is_not_named() -> None:
    assert [action for _, action in steps(account(state=State.SIGN_IN_REQUIRED, days=3))] == [
        Action.SIGN_IN,
        Action.CHECK,
        OTHER,
    ]


def test_the_day_of_the_next_sign_in_is_named() -> None:
    assert steps(account(days=80))[0] == ("Nächste Anmeldung: Freitag, 12. Februar 2027", None)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (DE, "voraussichtlich nicht vor Freitag, 12. Februar 2027"),
        (EN, "probably not before Friday, February 12, 2027"),
    ],
)
def test_a_day_that_is_only_assumed_is_said_to_be_so(texts: Texts, said: str) -> None:
    seen = picture(account(days=80, confidence="assumed"))
    assert any(said in step.label for entry in entries(seen, texts) for step in entry.children)


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [
        (14, "läuft in 14 Tagen ab", "runs out in 14 days"),
        (1, "läuft in einem Tag ab", "runs out in one day"),
        (0, "läuft jetzt ab", "runs out now"),
    ],
)
def test_days_have_their_plural(days: int, german: str, english: str) -> None:
    seen = picture(account(state=State.EXPIRING, days=days))
    assert german in " ".join(lines(seen, DE))
    assert english in " ".join(lines(seen, EN))


def test_a_long_list_ends_on_the_page() -> None:
    seen = picture(*(account(f"a{number}") for number in range(ACCOUNTS_SHOWN + 4)))
    assert Entry("und 4 weitere", Action.OPEN_PAGE) in entries(seen, DE)
    assert sum(bool(entry.children) for entry in entries(seen, DE)) == ACCOUNTS_SHOWN


def test_what_runs_out_sooner_comes_first() -> None:
    seen = picture(account("spaet", State.EXPIRING, days=9), account("frueh", State.EXPIRING, days=2))
    assert default(seen).account == "frueh"


def test_the_tooltip_names_the_worst_account_first() -> None:
    seen = picture(account("ok"), account("bald", State.EXPIRING, days=1), account("weg", State.SIGN_IN_REQUIRED))
    assert tooltip(seen, DE).splitlines() == [
        "Postwart",
        "weg@haus.example: Anmeldung nötig",
        "bald@haus.example: Anmeldung läuft in einem Tag ab",
    ]


def test_the_tooltip_of_good_days_is_short() -> None:
    assert tooltip(picture(account()), DE) == "Postwart\nDas Postfach ist in Ordnung"
    assert tooltip(picture(account(state=State.UNKNOWN)), EN) == "Postwart\ninfo@haus.example: not checked yet"


@pytest.mark.parametrize("texts", [DE, EN])
def test_the_tooltip_keeps_within_windows_limit(texts: Texts) -> None:
    for count in (0, 1, 2, 5, 200):
        seen = picture(*(account(f"postfach{number}", State.SIGN_IN_REQUIRED) for number in range(count)))
        assert 0 < units(tooltip(seen, texts)) <= 127


def test_accounts_without_room_in_the_tooltip_are_counted() -> None:
    seen = picture(*(account(f"postfach{number}", State.SIGN_IN_REQUIRED) for number in range(5)))
    assert tooltip(seen, DE).endswith("\nund 3 weitere")


def test_an_address_longer_than_the_tooltip_does_not_break_it() -> None:
    each = replace(account(state=State.SIGN_IN_REQUIRED), address="x" * 150 + "@haus.example")
    assert units(tooltip(picture(each), DE)) <= 127


def test_several_that_wait_for_a_sign_in_have_one_entry_for_all() -> None:
    two = picture(account("a", State.SIGN_IN_REQUIRED), account("b", State.EXPIRING, days=3), account("c"))
    assert Entry("Sign in all 2, one after another", Action.SIGN_IN_ALL) in entries(two, EN)
    one = picture(account("a", State.SIGN_IN_REQUIRED), account("c"))
    assert Action.SIGN_IN_ALL not in {entry.action for entry in entries(one, EN)}


def test_a_mailbox_that_cannot_be_checked_is_counted_among_those_that_need_something() -> None:
    stuck = picture(account(state=State.UNKNOWN, code="keyring_locked"))
    assert headline(stuck, EN) == headline(picture(account(state=State.SIGN_IN_REQUIRED)), EN)


@pytest.mark.parametrize("on", [True, False])
def test_starting_with_the_pc_is_ticked_where_it_is_so(on: bool) -> None:  # noqa: FBT001  a parameter of the table
    tick = next(entry for entry in entries(picture(account()), EN, starts_with_pc=on) if entry.ticked is not None)
    assert (tick.label, tick.action, tick.ticked) == ("Start with the PC", Action.AUTOSTART, on)


KEYRING = account("stuck", State.UNKNOWN, code="keyring_locked")


@pytest.mark.parametrize(
    ("accounts", "seen"),
    [
        ([account()], Look(State.OK, 0, stuck=False)),
        ([account(state=State.UNKNOWN)], Look(State.UNKNOWN, 0, stuck=False)),
        ([KEYRING], Look(State.UNKNOWN, 1, stuck=True)),
        ([KEYRING, account(state=State.OFFLINE)], Look(State.OFFLINE, 1, stuck=True)),
        ([KEYRING, account(state=State.SIGN_IN_REQUIRED)], Look(State.SIGN_IN_REQUIRED, 2, stuck=False)),
        (
            [account("a", State.EXPIRING, days=3), account("b", State.CONSENT_PENDING), account("c", State.OFFLINE)],
            Look(State.CONSENT_PENDING, 2, stuck=False),
        ),
    ],
)
def test_the_icon_shows_the_worst_and_how_many_need_somebody(accounts: list[AccountPicture], seen: Look) -> None:
    assert look(picture(*accounts)) == seen


def test_what_cannot_be_checked_stands_above_what_is_only_not_reached() -> None:
    seen = picture(account("weg", State.OFFLINE), KEYRING)
    assert tooltip(seen, DE).splitlines()[1] == "stuck@haus.example: kann nicht geprüft werden"
