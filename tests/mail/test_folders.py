"""Are folders found by name, by pattern and by what they are for?"""

from __future__ import annotations

import pytest

from mail.folders import Choice, Folder, choice, literal, watched
from mail.inbox import Inbox
from mail.problems import MailboxRefused
from tests.mail.letters import letter
from tests.mail.rounds import Token, fetched
from tests.rigs.dovecot import Dovecot

LISTED = [
    Folder("INBOX"),
    Folder("Projekte", flags=frozenset({"\\Noselect"})),
    Folder("Projekte/Nord"),
    Folder("Projekte/Nord/Alt"),
    Folder("Gesendete Elemente", flags=frozenset({"\\HasNoChildren", "\\Sent"})),
    Folder("Archiv"),
    Folder("Aufträge (alt)"),
]


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ("inbox", ["INBOX"]),
        ("Projekte/*", ["Projekte/Nord", "Projekte/Nord/Alt"]),
        ("Projekte/%", ["Projekte/Nord"]),
        ("%", ["INBOX", "Gesendete Elemente", "Archiv", "Aufträge (alt)"]),
        ("*", [folder.name for folder in LISTED if folder.name != "Projekte"]),
        ("Aufträge (*", ["Aufträge (alt)"]),
        ("\\Sent", ["Gesendete Elemente"]),
        ("\\sent", ["Gesendete Elemente"]),
        ("\\Archive", ["Archiv"]),
        ("Leer/*", []),
    ],
)
def test_a_wish_finds_what_it_says(wish: str, names: list[str]) -> None:
    assert choice([wish], LISTED) == Choice(tuple(names), ())


def test_each_folder_is_chosen_once_in_the_order_of_the_wishes() -> None:
    assert choice(["Archiv", "*", "INBOX"], LISTED).names[:2] == ("Archiv", "INBOX")
    assert len(choice(["Archiv", "*", "INBOX"], LISTED).names) == 6


@pytest.mark.parametrize("wish", ["Rechnungen", "\\Junk", "Projekte"])
def test_a_wish_for_one_folder_that_is_not_there_is_told(wish: str) -> None:
    assert choice([wish, "INBOX"], LISTED) == Choice(("INBOX",), (wish,))


def test_a_slash_stands_for_whatever_separates_levels_on_the_server() -> None:
    listed = [Folder("INBOX", "."), Folder("INBOX.Projekte.Nord", "."), Folder("INBOX.Sent", ".")]
    assert choice(["INBOX/Projekte/*", "\\Sent"], listed).names == ("INBOX.Projekte.Nord", "INBOX.Sent")


@pytest.mark.parametrize("top", ["", "INBOX.", "Inbox."])
def test_a_use_that_is_not_told_is_found_by_name_at_the_top_and_not_in_somebodys_archive(top: str) -> None:
    listed = [Folder(name, ".") for name in ("INBOX", f"{top}Gesendet", "Alt.Gesendet", f"{top}2020.Sent")]
    assert choice(["\\Sent"], listed) == Choice((f"{top}Gesendet",), ())


def test_plain_names_need_no_list() -> None:
    assert literal(["INBOX", "Aufträge (alt)"])
    assert not literal(["INBOX", "\\Sent"])
    assert not literal(["Projekte/%"])


def test_the_first_folder_that_is_named_is_watched() -> None:
    assert watched(["*", "Archiv"]) == "Archiv"
    assert watched(["\\Sent"]) == "INBOX"


@pytest.mark.needs("dovecot")
def test_folders_of_a_real_server_are_found_also_with_umlauts(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox
) -> None:
    for number, folder in enumerate(("INBOX", "Projekte/Süd & Nord", "Projekte/日本", "Gesendet", "Other")):
        dovecot.fill(address, [letter(number)], folder)
    mailbox = dovecot.mailbox(address, folders=("INBOX", "Projekte/*", "\\Sent"))
    assert fetched(mailbox, token, inbox).new == 4
    assert {row.folder for row in inbox.list()} == {"INBOX", "Projekte/Süd & Nord", "Projekte/日本", "Gesendet"}
    assert fetched(mailbox, token, inbox).new == 0
    with pytest.raises(MailboxRefused) as missing:
        fetched(dovecot.mailbox(address, folders=("\\Junk", "Other")), token, inbox)
    assert (missing.value.code, missing.value.facts["answer"]) == ("folder_missing", "\\Junk")
    assert len(inbox.list()) == 5
