"""Is it remembered what is accounted for, and asked again for what could not be had?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mail import pop3_wire
from mail.database import Database
from mail.fetch import Fetched
from mail.inbox import Arrival, Inbox
from mail.mailbox import Protocol
from mail.problems import ServerUnreachable
from mail.schema import INBOX, MIGRATIONS, OUTBOX
from mail.seen import LARGEST_UID, TRIES, UNCOUNTED, Origin, Standing
from tests.mail.letters import letter
from tests.mail.rounds import Token, fetched, scripted, stored
from tests.mail.test_fetch_answers import IMAP_IN
from tests.rigs.dovecot import Dovecot
from tests.rigs.scripted import ScriptedServer

HERE = Origin("info", "", "INBOX", 7)
POP3 = Origin("info", "", "INBOX", 0)


class Wall:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def inbox(tmp_path: Path, wall: Wall) -> Iterator[Inbox]:
    with closing(Database(tmp_path / "post.db", MIGRATIONS)) as database:
        yield Inbox(database, wall)


def imap(uid: int, raw: bytes = b"", uidvalidity: int = 7) -> Arrival:
    return Arrival("INBOX", uidvalidity, str(uid), raw or letter(uid, 500))


def pop3(uidl: str, raw: bytes) -> Arrival:
    return Arrival("INBOX", 0, uidl, raw)


def test_uids_are_numbers_and_the_last_is_the_largest_of_this_numbering(inbox: Inbox) -> None:
    assert inbox.seen.last_uid(HERE) == 0
    inbox.add("info", [imap(9), imap(10), imap(99, uidvalidity=8), replace(imap(50), folder="Sent")])
    inbox.add("other", [imap(77)])
    assert inbox.seen.last_uid(HERE) == 10
    assert inbox.seen.known(HERE, [1, 2, 9, 10, 99]) == {9, 10}


def test_uidls_are_told_apart_to_the_letter(inbox: Inbox) -> None:
    inbox.add("info", [pop3(uidl, uidl.encode()) for uidl in ("1", "01", "a", "A", "1.0", "1e0")])
    assert inbox.seen.known(POP3, ["1", "01", "001", "a", "B", "1.0", "10"]) == {"1", "01", "a", "1.0"}


def test_thousands_of_names_are_asked_for_at_once(inbox: Inbox) -> None:
    inbox.add("info", [pop3(f"u{number}", b"x") for number in range(0, 3000, 2)])
    known = inbox.seen.known(POP3, [f"u{number}" for number in range(3000)])
    assert known == {f"u{number}" for number in range(0, 3000, 2)}


def test_after_a_new_numbering_each_message_is_recognised_once(inbox: Inbox) -> None:
    first = inbox.add("info", [imap(1, letter(1)), imap(2, letter(1)), imap(3, b"no Message-ID\r\n")])
    again = [imap(uid, raw, 8) for uid, raw in enumerate([letter(1), letter(1), letter(1), b"no Message-ID"], 1)]
    assert len(inbox.add("info", again[:2])) == 0
    assert len(inbox.add("info", again[2:])) == 1  # twice it was here, this is a third
    assert len(stored(inbox)) == len(first) + 1
    inbox.seen.settle(replace(HERE, uidvalidity=8), Standing(5, 4))
    assert len(inbox.add("info", [imap(9, letter(1), 8)])) == 1  # from now on, what comes is new


def test_what_was_thrown_away_here_is_recognised_too(inbox: Inbox, tmp_path: Path) -> None:
    inbox.add("info", [imap(1), imap(2)])
    with Database(tmp_path / "post.db", MIGRATIONS).write() as connection:
        connection.execute("DELETE FROM messages")
    assert inbox.add("info", [imap(1), imap(1, letter(1, 500), 8), imap(2, letter(2, 500), 8)]) == []


def test_another_address_or_account_has_messages_of_its_own(inbox: Inbox) -> None:
    inbox.add("info", [imap(1)], place="mail.example.org/info@example.org")
    assert len(inbox.add("info", [imap(1)], place="mail.example.org/other@example.org")) == 1
    assert len(inbox.add("other", [imap(1)], place="mail.example.org/info@example.org")) == 1
    assert len(inbox.add("info", [imap(1)], place="new.example.org/info@example.org")) == 0


def test_messages_of_a_file_from_before_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "post.db"
    with Database(path, [INBOX + OUTBOX]) as database, database.write() as connection:
        for uid, raw in ((1, letter(1)), (2, b"no Message-ID")):
            line = Arrival("INBOX", 7, "1", raw).line
            sender = f'["{line.sender.name}","{line.sender.address}"]' if line.sender else "null"
            date = line.date.timestamp() if line.date else None
            values = (uid, len(raw), sender, line.subject, date, line.message_id)
            connection.execute(
                "INSERT INTO messages (account, place, folder, uidvalidity, uid, size, arrived_at, sender, recipients, "
                "subject, date, message_id, attachments) "
                "VALUES ('info', '', 'INBOX', 7, ?, ?, 0, ?, '[]', ?, ?, ?, '[]')",
                values,
            )
            connection.execute("INSERT INTO message_raw SELECT max(id), ? FROM messages", (raw,))
    with closing(Database(path, MIGRATIONS)) as database:
        inbox = Inbox(database)
        assert inbox.seen.last_uid(HERE) == 2
        assert inbox.add("info", [imap(2, b"x")]) == []
        assert inbox.add("info", [imap(1, letter(1), 8), imap(2, b"no Message-ID", 8)]) == []


def test_a_folder_that_stands_as_it_did_is_known_to(inbox: Inbox) -> None:
    assert not inbox.seen.unchanged(HERE, Standing(4, 3))
    inbox.seen.settle(HERE, Standing(4, 3))
    assert inbox.seen.unchanged(HERE, Standing(4, 3))
    assert not inbox.seen.unchanged(HERE, Standing(5, 3))
    assert not inbox.seen.unchanged(HERE, Standing(4, 2))
    inbox.seen.settle(HERE, UNCOUNTED)
    assert not inbox.seen.unchanged(HERE, UNCOUNTED)


def test_what_was_missed_is_due_again_less_and_less_often_and_in_the_end_no_more(inbox: Inbox, wall: Wall) -> None:
    begun, asked = wall.now, 0
    assert inbox.seen.missed(HERE, [5], "") == 0
    while wall.now < begun + timedelta(days=30):
        wall.now += timedelta(minutes=5)
        if inbox.seen.due(HERE):
            asked += 1
            assert inbox.seen.missed(HERE, [5], "NO") == 1
    assert asked == TRIES - 1
    assert inbox.seen.missing(HERE, [4, 5]) == {5}


def test_what_comes_after_all_is_missed_no_more(inbox: Inbox, wall: Wall) -> None:
    inbox.seen.missed(HERE, [5, 6], "")
    inbox.add("info", [imap(5)])
    inbox.seen.forget(HERE, [6])
    wall.now += timedelta(days=1)
    assert inbox.seen.due(HERE) == []


SIZES = "".join(f"* {n} FETCH (UID {n} RFC822.SIZE 3)\n" for n in (1, 2, 3))
GIVEN = {n: f"* {n} FETCH (UID {n} BODY[] {{3}}\n{n}\n)\n" for n in (1, 2, 3)}


@pytest.mark.parametrize("answer", ["* 2 FETCH (UID 2 BODY[] NIL)\n{tag} OK done", "{tag} NO cannot be converted"])
def test_a_message_the_server_did_not_give_is_asked_for_again(inbox: Inbox, wall: Wall, answer: str) -> None:
    whole = f"{GIVEN[1]}{answer.removesuffix('{tag} OK done')}".removesuffix("{tag} NO cannot be converted")
    first = (
        *IMAP_IN,
        (r"1:\* .*RFC822.SIZE", f"{SIZES}{{tag}} OK done"),
        ("FETCH 1:3", f"{whole}{GIVEN[3]}{{tag}} OK done" if "OK" in answer else answer),
        ("FETCH 1:1", f"{GIVEN[1]}{{tag}} OK done"),
        ("FETCH 2:2", answer),
        ("FETCH 2:3", answer),
        ("FETCH 3:3", f"{GIVEN[3]}{{tag}} OK done"),
    )
    with ScriptedServer(Protocol.IMAP, "* OK ready", first) as server:
        mailbox = scripted(server)
        assert fetched(mailbox, lambda: "token", inbox).new == 2
        heard = len(server.heard)
        assert fetched(mailbox, lambda: "token", inbox) == Fetched()
        assert not [line for line in server.heard[heard:] if "FETCH" in line]  # not before its time
    wall.now += timedelta(hours=1)
    second = (
        *IMAP_IN,
        ("FETCH 2 .*RFC822.SIZE", "* 2 FETCH (UID 2 RFC822.SIZE 3)\n{tag} OK done"),
        ("RFC822.SIZE", "* 3 FETCH (UID 3 RFC822.SIZE 3)\n{tag} OK done"),
        ("FETCH 2:2", f"{GIVEN[2]}{{tag}} OK done"),
    )
    with ScriptedServer(Protocol.IMAP, "* OK ready", second) as server:
        assert fetched(replace(mailbox, receive=server.server), lambda: "token", inbox).new == 1
    assert stored(inbox) == [b"1\r\n", b"3\r\n", b"2\r\n"]


def test_a_message_that_can_never_be_given_is_told_each_time(inbox: Inbox, wall: Wall) -> None:
    script = (
        *IMAP_IN,
        ("RFC822.SIZE", "* 1 FETCH (UID 1 RFC822.SIZE 3)\n{tag} OK done"),
        ("FETCH 1:1", "* 1 FETCH (UID 1 BODY[] NIL)\n{tag} OK done"),
    )
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        told = []
        for _ in range(3):
            told.append(fetched(scripted(server), lambda: "token", inbox).skipped)
            wall.now += timedelta(hours=4)
    assert told == [0, 1, 1]


def test_numbers_that_are_no_uids_are_passed_over(inbox: Inbox) -> None:
    wild = LARGEST_UID + 5
    status = f'* STATUS "INBOX" (UIDVALIDITY {wild} UIDNEXT {wild} MESSAGES 2)\n{{tag}} OK done'
    script = (
        ("STATUS", status),
        *IMAP_IN,
        ("RFC822.SIZE", f"* 1 FETCH (UID 1 RFC822.SIZE 3)\n* 2 FETCH (UID {wild} RFC822.SIZE 3)\n{{tag}} OK done"),
        ("FETCH 1:1", f"{GIVEN[1]}{{tag}} OK done"),
    )
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        result = fetched(scripted(server), lambda: "token", inbox)
    assert (result.new, result.skipped) == (1, 1)


def test_a_message_too_large_to_be_kept_does_not_stop_those_behind_it(inbox: Inbox, wall: Wall) -> None:
    sizes = "* 1 FETCH (UID 1 RFC822.SIZE 5000000000)\n* 2 FETCH (UID 2 RFC822.SIZE 3)"
    given = ("FETCH 2:2", f"{GIVEN[2]}{{tag}} OK done")
    script = (*IMAP_IN, ("RFC822.SIZE", f"{sizes}\n{{tag}} OK done"), given)
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        result = fetched(scripted(server), lambda: "token", inbox)
        assert (result.new, result.skipped) == (1, 1)
        wall.now += timedelta(hours=1)
        again = ("FETCH 1 .*RFC822.SIZE", "* 1 FETCH (UID 1 RFC822.SIZE 5000000000)\n{tag} OK done")
    with ScriptedServer(Protocol.IMAP, "* OK ready", (again, *script)) as server:
        assert fetched(scripted(server), lambda: "token", inbox).skipped == 1
        assert not [line for line in server.heard if "FETCH 1:1" in line]


def test_a_folder_that_changes_while_it_is_looked_at_is_looked_at_again(inbox: Inbox) -> None:
    status = ("STATUS", '* STATUS "INBOX" (UIDVALIDITY 7 UIDNEXT 4 MESSAGES 2)\n{tag} OK done')
    given = ("FETCH 1:3", f"{GIVEN[1]}{GIVEN[2]}{GIVEN[3]}{{tag}} OK done")
    script = (status, *IMAP_IN, ("RFC822.SIZE", f"{SIZES}{{tag}} OK done"), given)
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        assert fetched(scripted(server), lambda: "token", inbox).new == 3
        assert not inbox.seen.unchanged(Origin("info", scripted(server).place, "INBOX", 7), Standing(4, 2))


def test_a_server_that_refuses_status_is_asked_the_long_way(inbox: Inbox) -> None:
    given = ("FETCH 1:3", f"{GIVEN[1]}{GIVEN[2]}{GIVEN[3]}{{tag}} OK done")
    refused = ("STATUS", "{tag} NO STATUS failed")
    script = (refused, *IMAP_IN, ("RFC822.SIZE", f"{SIZES}{{tag}} OK done"), given)
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        assert fetched(scripted(server), lambda: "token", inbox).new == 3
        assert fetched(scripted(server), lambda: "token", inbox).new == 0


POP3_IN = (("CAPA", "+OK\nSASL XOAUTH2\n."), ("AUTH", "+ "), ("^[A-Za-z0-9+/=]{20,}$", "+OK in"), ("QUIT", "+OK"))


def test_pop3_asks_again_too_but_not_each_time(inbox: Inbox, wall: Wall) -> None:
    listed = ("UIDL", "+OK\n1 a\n2 b\n.")
    refusing = (*POP3_IN, listed, ("RETR 1", "-ERR cannot be converted"), ("RETR 2", "+OK\n2\n."))
    with ScriptedServer(Protocol.POP3, "+OK ready", refusing) as server:
        mailbox = scripted(server)
        assert fetched(mailbox, lambda: "token", inbox) == Fetched(1, 3, 0, 1)
        assert fetched(mailbox, lambda: "token", inbox) == Fetched()
    wall.now += timedelta(hours=1)
    with ScriptedServer(Protocol.POP3, "+OK ready", (*POP3_IN, listed, ("RETR 1", "+OK\n1\n."))) as server:
        assert fetched(replace(mailbox, receive=server.server), lambda: "token", inbox).new == 1
    assert stored(inbox) == [b"2\r\n", b"1\r\n"]


def test_a_message_too_large_for_pop3_is_met_once(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pop3_wire, "_LONGEST_MESSAGE", 100_000)
    listed = ("UIDL", "+OK\n1 a\n2 b\n.")
    script = (*POP3_IN, listed, ("RETR 1", f"+OK\n{'x' * 200_000}\n."), ("RETR 2", "+OK\n2\n."))
    with ScriptedServer(Protocol.POP3, "+OK ready", script) as server:
        with pytest.raises(ServerUnreachable):
            fetched(scripted(server), lambda: "token", inbox)
        assert fetched(scripted(server), lambda: "token", inbox).new == 1


def test_one_message_pop3_will_not_delete_does_not_stop_the_others(inbox: Inbox) -> None:
    script = (
        ("QUIT", "-ERR some deleted messages not removed"),
        *POP3_IN,
        ("UIDL", "+OK\n1 a\n2 b\n3 c\n."),
        ("RETR", "+OK\n{line}\n."),
        ("DELE 2", "-ERR message is locked"),
        ("DELE", "+OK"),
    )
    with ScriptedServer(Protocol.POP3, "+OK ready", script) as server:
        mailbox = replace(scripted(server), delete_after_fetch=True)
        assert fetched(mailbox, lambda: "token", inbox).deleted == 2
        assert [line for line in server.heard if "DELE" in line] == ["DELE 1", "DELE 2", "DELE 3"]


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("receive", [Protocol.IMAP, Protocol.POP3])
def test_an_account_that_changes_its_protocol_keeps_what_it_has(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol
) -> None:
    letters = [letter(number, 3000) for number in range(20)]
    dovecot.fill(address, letters)
    fetched(dovecot.mailbox(address, receive), token, inbox)
    other = Protocol.POP3 if receive is Protocol.IMAP else Protocol.IMAP
    dovecot.fill(address, [letter(20, 3000)])
    assert fetched(dovecot.mailbox(address, other), token, inbox).new == 1
    assert stored(inbox) == [*letters, letter(20, 3000)]
    assert fetched(dovecot.mailbox(address, receive), token, inbox).new == 0
    assert fetched(dovecot.mailbox(address, other, delete=True), token, inbox).deleted == 21


@pytest.mark.needs("dovecot")
def test_a_round_without_news_asks_one_question_and_writes_nothing(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, tmp_path: Path
) -> None:
    dovecot.fill(address, [letter(1), letter(2)])
    fetched(dovecot.mailbox(address), token, inbox)
    log = tmp_path / "post.db-wal"
    before = log.stat().st_mtime_ns
    assert fetched(dovecot.mailbox(address), token, inbox) == Fetched()
    assert log.stat().st_mtime_ns == before
