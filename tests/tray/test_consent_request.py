"""What the administrator gets to read is complete, says what will be seen, and fits into a link."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.consent_request import MAILTO_LIMIT, ConsentNotNeeded, ConsentRequest, consent_request, mailto
from tray.presets import PRESETS
from tray.settings import Account
from tray.texts import Texts

CLIENT = "11111111-2222-4333-8444-555555555555"
ADDRESS = "info@hausverwaltung.example"


def request(
    preset: str, receive: str, language: str, *, app: str = "WIN-OFFICE", address: str = ADDRESS
) -> ConsentRequest:
    account = Account(
        id="info",
        address=address,
        preset=preset,
        client_id=CLIENT,
        scopes=PRESETS[preset].scopes(receive),
        receive=receive,
        authority=PRESETS[preset].authority("organizations"),
        issuer=PRESETS[preset].issuer,
    )
    return consent_request(account, Texts(language, app), str)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("preset", "receive", "asked"),
    [
        ("microsoft365", "imap", {"IMAP.AccessAsUser.All", "SMTP.Send"}),
        ("microsoft365", "pop3", {"POP.AccessAsUser.All", "SMTP.Send"}),
        ("microsoft365-send", "none", {"SMTP.Send"}),
    ],
)
def test_it_names_the_program_the_mailbox_and_what_is_asked_and_no_more(
    language: str, preset: str, receive: str, asked: set[str]
) -> None:
    made = request(preset, receive, language)
    assert ADDRESS in made.subject
    for part in ("WIN-OFFICE", ADDRESS, made.url, CLIENT, *asked):
        assert part in made.text
    for other in {"IMAP.AccessAsUser.All", "POP.AccessAsUser.All", "SMTP.Send"} - asked:
        assert other not in made.text
    assert urlsplit(made.url).path == "/organizations/v2.0/adminconsent"


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_says_what_the_browser_shows_afterwards_how_long_it_takes_and_the_way_without_the_link(
    language: str,
) -> None:
    text = request("microsoft365", "imap", language).text
    assert {"de": "nicht erreichbar", "en": "cannot be reached"}[language] in text
    assert "admin_consent=True" in text
    assert {"de": "innerhalb einer halben Stunde", "en": "within half an hour"}[language] in text
    assert "https://entra.microsoft.com" in text
    assert {"de": "Administratorzustimmung erteilen", "en": "Grant admin consent"}[language] in text
    assert {"de": "kann WIN-OFFICE dort keine", "en": "WIN-OFFICE cannot"}[language] in text


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("preset", "receive"), [("microsoft365", "imap"), ("microsoft365-send", "none")])
def test_the_link_for_the_mail_program_fits_and_still_has_the_whole_approval_link(
    language: str, preset: str, receive: str
) -> None:
    long = request(preset, receive, language, app="Ü" * 60, address=f"{'ä' * 60}@{'b' * 60}.{'c' * 60}.example")
    for made in (request(preset, receive, language), long):
        assert len(made.mailto) <= MAILTO_LIMIT
        opened = parse_qs(urlsplit(made.mailto).query, strict_parsing=True)
        assert made.url in opened["body"][0].split("\r\n")
        assert made.mailto.isascii()


def test_line_breaks_are_those_of_a_mail() -> None:
    assert mailto("a b", ["c\nd"]) == "mailto:?subject=a%20b&body=c%0D%0Ad"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.lists(st.text(max_size=3000), max_size=3))
def test_a_link_is_never_too_long_and_no_text_is_cut(subject: str, texts: list[str]) -> None:
    link = mailto(subject, texts)
    assert len(link) <= MAILTO_LIMIT
    _, has_body, body = link.partition("&body=")
    assert not has_body or unquote(body).replace("\r\n", "\n") in [text.replace("\r\n", "\n") for text in texts]


def test_google_knows_no_administrators_approval() -> None:
    with pytest.raises(ConsentNotNeeded):
        request("google", "imap", "de")
