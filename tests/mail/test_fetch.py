"""Does each message come here once and unchanged, and is nothing deleted there before it is here?"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest

from mail.fetch import Fetched, fetch_round
from mail.inbox import Arrival, Inbox
from mail.mailbox import Protocol, Security
from mail.problems import MailboxRefused, StoreProblem
from tests.mail.letters import NASTY, letter
from tests.mail.rounds import BOTH, NotYet, Token, fetched, stored
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker

pytestmark = pytest.mark.needs("dovecot")


@pytest.mark.parametrize("receive", BOTH)
def test_nasty_messages_come_byte_for_byte(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol
) -> None:
    dovecot.fill(address, NASTY)
    assert fetched(dovecot.mailbox(address, receive), token, inbox).new == len(NASTY)
    expected = dovecot.raws(address)
    if receive is Protocol.POP3:  # its lines all have an end
        expected = [raw if raw.endswith(b"\r\n") else raw + b"\r\n" for raw in expected]
    assert stored(inbox) == expected


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize("receive", BOTH)
def test_many_messages_come_once_each_and_in_order(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol, security: Security
) -> None:
    letters = [letter(number) for number in range(60)]
    dovecot.fill(address, letters)
    mailbox = dovecot.mailbox(address, receive, security)
    assert fetched(mailbox, token, inbox) == Fetched(60, sum(map(len, letters)))
    assert stored(inbox) == letters
    assert fetched(mailbox, token, inbox) == Fetched()
    dovecot.deliver(address, letter(60))
    assert fetched(mailbox, token, inbox).new == 1
    assert len(stored(inbox)) == 61


@pytest.mark.parametrize("receive", BOTH)
def test_an_empty_mailbox_is_no_trouble(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol
) -> None:
    assert fetched(dovecot.mailbox(address, receive, delete=True), token, inbox) == Fetched()


def test_flags_stay_as_they_are(dovecot: Dovecot, address: str, token: Token, inbox: Inbox) -> None:
    dovecot.fill(address, [letter(1), letter(2)])
    with dovecot.control(address) as client:
        client.select_folder("INBOX")
        client.add_flags([1], [b"\\Flagged"])
        before = client.get_flags([1, 2])
    fetched(dovecot.mailbox(address), token, inbox)
    with dovecot.control(address) as client:
        client.select_folder("INBOX")
        after = client.get_flags([1, 2])
    assert {uid: set(flags) - {b"\\Recent"} for uid, flags in after.items()} == {
        uid: set(flags) - {b"\\Recent"} for uid, flags in before.items()
    }


def test_several_folders_are_read_also_with_umlauts(dovecot: Dovecot, address: str, token: Token, inbox: Inbox) -> None:
    dovecot.fill(address, [letter(1)])
    dovecot.fill(address, [letter(2), letter(3)], "Aufträge")
    mailbox = dovecot.mailbox(address, folders=("INBOX", "Aufträge"))
    assert fetched(mailbox, token, inbox).new == 3
    assert [row.folder for row in inbox.list()] == ["INBOX", "Aufträge", "Aufträge"]


def test_a_folder_that_is_not_there_is_told_after_the_others_were_read(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox
) -> None:
    dovecot.fill(address, [letter(1)])
    with pytest.raises(MailboxRefused) as refused:
        fetched(dovecot.mailbox(address, folders=("Rechnungen", "INBOX")), token, inbox)
    assert refused.value.code == "folder_missing"
    assert stored(inbox) == [letter(1)]


@pytest.mark.parametrize("receive", BOTH)
def test_what_is_here_is_deleted_there_only_where_the_account_says_so(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol
) -> None:
    letters = [letter(number) for number in range(5)]
    dovecot.fill(address, letters)
    fetched(dovecot.mailbox(address, receive), token, inbox)
    assert len(dovecot.raws(address)) == 5
    assert fetched(dovecot.mailbox(address, receive, delete=True), token, inbox) == Fetched(deleted=5)
    assert dovecot.raws(address) == []
    dovecot.fill(address, [letter(9)])
    assert fetched(dovecot.mailbox(address, receive, delete=True), token, inbox).deleted == 1
    assert stored(inbox) == [*letters, letter(9)]


def test_only_our_own_messages_are_expunged(dovecot: Dovecot, address: str, token: Token, inbox: Inbox) -> None:
    dovecot.fill(address, [letter(number) for number in range(3)])
    mailbox = dovecot.mailbox(address, delete=True)
    with dovecot.control(address) as client:
        client.select_folder("INBOX")
        fetched(replace(mailbox, delete_after_fetch=False), token, inbox)
        client.append("INBOX", letter(3))
        client.noop()
        client.delete_messages([4])  # somebody else marked it; it is neither here nor ours to expunge
    with dovecot.control(address) as client:
        client.select_folder("INBOX", readonly=True)
        assert client.search("DELETED") == [4]
    missing = NotYet(inbox, missing={4})
    fetch_round(mailbox, token, missing, stop=threading.Event())
    assert dovecot.raws(address) == [letter(3)]


def test_without_uidplus_nothing_of_anybody_elses_is_expunged(maker: TokenMaker, inbox: Inbox) -> None:
    alone, shared = "alone@example.org", "shared@example.org"
    with Dovecot(keys=maker.keys, issuer=maker.issuer, extra="imap_capability = IMAP4rev1 UNSELECT") as dovecot:
        for address in (alone, shared):
            dovecot.fill(address, [letter(number) for number in range(3)])
        assert fetched(dovecot.mailbox(alone, delete=True), lambda: maker.token(alone), inbox).deleted == 3
        assert dovecot.raws(alone) == []
        fetched(dovecot.mailbox(shared), lambda: maker.token(shared), inbox)
        dovecot.fill(shared, [letter(3)])
        with dovecot.control(shared) as client:
            client.select_folder("INBOX")
            client.delete_messages([4])
        missing = NotYet(inbox, missing={4})
        fetch_round(dovecot.mailbox(shared, delete=True), lambda: maker.token(shared), missing, stop=threading.Event())
        assert len(dovecot.raws(shared)) == 4  # ours are marked and go with the mailbox's next clean-up
        with dovecot.control(shared) as client:
            client.select_folder("INBOX", readonly=True)
            assert client.search("DELETED") == [1, 2, 3, 4]


@pytest.mark.parametrize("receive", BOTH)
def test_nothing_is_deleted_there_that_could_not_be_kept_here(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_account: str, _arrivals: Sequence[Arrival], *, place: str) -> list[int]:  # noqa: ARG001  as add() has it
        raise StoreProblem("full", code="disk_full")

    dovecot.fill(address, [letter(number) for number in range(5)])
    mailbox = dovecot.mailbox(address, receive, delete=True)
    with monkeypatch.context() as patch:
        patch.setattr(inbox, "add", full)
        with pytest.raises(StoreProblem):
            fetched(mailbox, token, inbox)
    assert len(dovecot.raws(address)) == 5
    size = sum(len(letter(number)) for number in range(5))
    assert fetched(mailbox, token, inbox) == Fetched(new=5, bytes=size, deleted=5)
