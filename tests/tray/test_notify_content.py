"""A notification says what happens to the main app's mail and what to do, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from auth.problems import Problem
from tests.tray.pictures import NOW, account, picture
from tray.health import State, Who
from tray.menu import Action
from tray.notice import Kind, Notice, Urgency
from tray.notify.content import content, refusal
from tray.picture import AccountPicture, Picture
from tray.reminders import reminders
from tray.texts import Texts

DE, EN = Texts("de", "WIN-OFFICE"), Texts("en", "WIN-OFFICE")


def notice(each: AccountPicture, before: AccountPicture | None = None) -> Notice:
    earlier: Picture | None = picture(before) if before else None
    return reminders(earlier, picture(each), frozenset(), NOW)[0]


EXPIRING = notice(account(state=State.EXPIRING, days=3))
SIGN_IN = notice(account(state=State.SIGN_IN_REQUIRED))
BLOCKED = notice(account(state=State.SIGN_IN_REQUIRED, who=Who.ADMIN))
BY_VENDOR = notice(account(state=State.SIGN_IN_REQUIRED, who=Who.VENDOR))
PENDING = notice(account(state=State.CONSENT_PENDING))
UNKNOWN = notice(account(state=State.CONSENT_PENDING, signed_in=False))
GRANTED = notice(account(), account(state=State.CONSENT_PENDING))
REFUSED = notice(account(state=State.MAILBOX_REFUSED, code="5.7.139"))
MENDED = notice(account(), account(state=State.MAILBOX_REFUSED))
ALL = [EXPIRING, SIGN_IN, BLOCKED, BY_VENDOR, PENDING, UNKNOWN, GRANTED, REFUSED, MENDED]


@pytest.mark.parametrize(
    ("told", "title", "says", "next_step"),
    [
        (
            EXPIRING,
            "WIN-OFFICE kann ab Freitag keine E-Mails mehr abrufen",
            "Die Anmeldung für info@haus.example läuft in 3 Tagen ab.",
            " Melden Sie sich vorher an, es dauert eine Minute.",
        ),
        (
            SIGN_IN,
            "Bitte anmelden: info@haus.example",
            "WIN-OFFICE kann für info@haus.example keine E-Mails abrufen und senden, bis Sie sich anmelden.",
            " Es dauert eine Minute.",
        ),
        (
            BLOCKED,
            "Anmeldung gesperrt: info@haus.example",
            "WIN-OFFICE kann für info@haus.example keine E-Mails abrufen und senden.",
            " Ihr Administrator kann das ändern. Klicken Sie auf „Anzeigen“, um zu sehen, was zu tun ist.",
        ),
        (
            BY_VENDOR,
            "Anmeldung gesperrt: info@haus.example",
            "WIN-OFFICE kann für info@haus.example keine E-Mails abrufen und senden.",
            " Der Hersteller des Programms muss das beheben. Klicken Sie auf „Anzeigen“, um zu sehen, was zu tun ist.",
        ),
        (
            PENDING,
            "Genehmigung fehlt: info@haus.example",
            "WIN-OFFICE kann für info@haus.example erst E-Mails abrufen und senden,",
            " wenn Ihr Administrator das genehmigt. Die Bitte an ihn ist schon geschrieben.",
        ),
        (
            UNKNOWN,
            "Genehmigung fehlt: info@haus.example",
            "WIN-OFFICE kann für info@haus.example erst E-Mails abrufen und senden,",
            " wenn Ihr Administrator das genehmigt. Ob er es schon getan hat, zeigt nur ein neuer Versuch.",
        ),
        (
            REFUSED,
            "Mailserver lehnt ab: info@haus.example",
            "Die Anmeldung gilt, aber der Mailserver lässt WIN-OFFICE nicht alles tun.",
            " Klicken Sie auf „Anzeigen“, um zu sehen, was zu tun ist.",
        ),
        (
            GRANTED,
            "Die Genehmigung ist da",
            "WIN-OFFICE kann jetzt für info@haus.example E-Mails abrufen und senden.",
            "",
        ),
        (
            MENDED,
            "Wieder in Ordnung: info@haus.example",
            "WIN-OFFICE kann wieder E-Mails abrufen und senden.",
            " Sie müssen nichts tun.",
        ),
    ],
)
def test_it_reads_well_in_german(told: Notice, title: str, says: str, next_step: str) -> None:
    assert (content(told, DE).title, content(told, DE).body) == (title, says + next_step)


@pytest.mark.parametrize(
    ("told", "title", "body"),
    [
        (
            EXPIRING,
            "WIN-OFFICE can no longer fetch mail from Friday on",
            "The sign-in for info@haus.example runs out in 3 days. Please sign in before then, it takes a minute.",
        ),
        (
            SIGN_IN,
            "Please sign in: info@haus.example",
            "WIN-OFFICE cannot fetch or send mail for info@haus.example until you sign in. It takes a minute.",
        ),
        (
            BLOCKED,
            "Sign-in blocked: info@haus.example",
            (
                "WIN-OFFICE cannot fetch or send mail for info@haus.example. Your administrator can change this."
                " Click “Show” to see what to do."
            ),
        ),
        (
            BY_VENDOR,
            "Sign-in blocked: info@haus.example",
            (
                "WIN-OFFICE cannot fetch or send mail for info@haus.example. The maker of the program has to mend this."
                " Click “Show” to see what to do."
            ),
        ),
        (
            PENDING,
            "Approval is missing: info@haus.example",
            (
                "WIN-OFFICE can only fetch and send mail for info@haus.example once your administrator approves."
                " The request is already written."
            ),
        ),
        (
            UNKNOWN,
            "Approval is missing: info@haus.example",
            (
                "WIN-OFFICE can fetch and send mail for info@haus.example only after your administrator approves it."
                " Whether that has happened, only another try shows."
            ),
        ),
        (
            REFUSED,
            "Refused by the mail server: info@haus.example",
            "WIN-OFFICE is signed in, but the mail server does not allow everything. Click “Show” to see what to do.",
        ),
        (GRANTED, "Approval has come", "WIN-OFFICE can now fetch and send mail for info@haus.example."),
        (
            MENDED,
            "Working again: info@haus.example",
            "WIN-OFFICE can fetch and send mail again. There is nothing for you to do.",
        ),
    ],
)
def test_it_reads_well_in_english(told: Notice, title: str, body: str) -> None:
    assert (content(told, EN).title, content(told, EN).body) == (title, body)


@pytest.mark.parametrize("told", ALL)
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("app", ["WIN-OFFICE", ""])
def test_each_has_its_words_with_and_without_the_main_apps_name(told: Notice, language: str, app: str) -> None:
    words = content(told, Texts(language, app))
    assert words.title
    assert "{" not in words.title + words.body
    assert (app or {"de": "Ihr Programm", "en": "Your program"}[language]) in words.title + words.body


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [
        (1, "ab Mittwoch", "from Wednesday on"),
        (6, "ab Montag", "from Monday on"),
        (7, "ab 1. Dezember", "from December 1 on"),
    ],
)
def test_the_day_is_named_as_people_do(days: int, german: str, english: str) -> None:
    told = notice(account(state=State.EXPIRING, days=days))
    assert german in content(told, DE).title
    assert english in content(told, EN).title


@pytest.mark.parametrize(("days", "said"), [(14, "in 14 Tagen"), (1, "in einem Tag"), (0, "in Kürze")])
def test_the_days_have_their_plural(days: int, said: str) -> None:
    assert said in content(notice(account(state=State.EXPIRING, days=days)), DE).body


def test_an_account_that_only_sends_is_not_told_of_fetching() -> None:
    for told in ALL:
        words = content(Notice(told.key, told.account, told.kind, told.urgency, {**told.facts, "mail": "send"}), DE)
        assert "abrufen" not in words.title + words.body


@pytest.mark.parametrize(
    ("told", "action", "button"),
    [
        (EXPIRING, Action.SIGN_IN, "Anmelden"),
        (SIGN_IN, Action.SIGN_IN, "Anmelden"),
        (BLOCKED, Action.OPEN_PAGE, "Anzeigen"),
        (PENDING, Action.ASK_ADMIN, "Administrator fragen"),
        (REFUSED, Action.OPEN_PAGE, "Anzeigen"),
        (GRANTED, Action.OPEN_PAGE, ""),
        (MENDED, Action.OPEN_PAGE, ""),
    ],
)
def test_each_has_the_button_that_helps(told: Notice, action: Action, button: str) -> None:
    words = content(told, DE)
    assert (words.action, words.button, words.later) == (action, button, "Später" if button else "")


def test_good_news_are_quiet() -> None:
    assert content(MENDED, DE).urgency is Urgency.LOW
    assert content(SIGN_IN, DE).urgency is Urgency.CRITICAL


def test_what_runs_out_within_hours_says_at_what_time() -> None:
    due = NOW.astimezone() + timedelta(hours=3)
    told = content(notice(account(state=State.EXPIRING, days=0, due=due)), DE)
    assert f"{due:%H:%M}" in told.title


@pytest.mark.parametrize("kind", Kind)
def test_no_kind_of_notice_is_left_out_here(kind: Kind) -> None:
    assert any(told.kind is kind for told in ALL)


def test_a_click_that_cannot_be_done_is_told_with_what_to_do_instead() -> None:
    told = refusal(Problem(code="autostart_switched_off"), DE)
    assert told.title == "Der Start mit dem PC ist in Windows ausgeschaltet"
    assert told.body.endswith("unter Apps, Autostart wieder ein.")
    assert (
        refusal(Problem(code="autostart_switched_off"), EN).title == "Starting with the PC is switched off in Windows"
    )
