"""Does what was taken over long ago go, and never come back?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mail.database import Database
from mail.inbox import Arrival, Inbox, MessageNotFound
from mail.retention import prune
from mail.schema import MIGRATIONS
from mail.seen import Origin
from tests.mail.test_outbox import Clock

RAW = b"From: a@example.org\r\nSubject: Kaution\r\nMessage-ID: <1@example.org>\r\n\r\n" + b"x" * 50_000


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        yield database


@pytest.fixture
def inbox(database: Database, clock: Clock) -> Inbox:
    return Inbox(database, clock)


def arrived(inbox: Inbox, count: int, account: str = "info") -> list[int]:
    return inbox.add(account, [Arrival("INBOX", 7, str(uid), RAW) for uid in range(1, count + 1)])


def test_what_was_taken_over_long_enough_ago_goes_and_nothing_else(
    database: Database, inbox: Inbox, clock: Clock
) -> None:
    first, second, third, open_ = arrived(inbox, 4)
    other = arrived(inbox, 1, "other")[0]
    inbox.mark_done(first)
    inbox.mark_done(other)
    clock.goes_on(days=10)
    inbox.mark_done(second)
    inbox.mark_done(third)
    clock.goes_on(days=25)
    assert prune(database, "info", clock.now - timedelta(days=30)) == 1
    assert [row.id for row in inbox.list()] == [second, third, open_, other]
    assert [row.id for row in inbox.list("info", done=True)] == [second, third]
    assert [row.id for row in inbox.list(done=False)] == [open_]
    assert inbox.unread() == {"info": 1}
    for use in (inbox.get, inbox.raw, inbox.mark_done):
        with pytest.raises(MessageNotFound):
            use(first)
    assert prune(database, "info", clock.now - timedelta(days=30)) == 0


def test_what_went_is_known_by_its_name_and_never_fetched_again(database: Database, inbox: Inbox, clock: Clock) -> None:
    ids = arrived(inbox, 3)
    inbox.add("info", [Arrival("INBOX", 0, "uidl-1", b"Subject: over POP3\r\n\r\n")])
    for number in [*ids, 4]:
        inbox.mark_done(number)
    clock.goes_on(days=2)
    assert prune(database, "info", clock.now) == 4
    assert inbox.seen.last_uid(Origin("info", "", "INBOX", 7)) == 3
    assert inbox.seen.known(Origin("info", "", "INBOX", 7), [1, 2, 3, 4]) == {1, 2, 3}
    assert inbox.seen.known(Origin("info", "", "INBOX", 0), ["uidl-1", "uidl-2"]) == {"uidl-1"}
    assert arrived(inbox, 3) == []
    assert inbox.list() == []


def test_nothing_of_the_content_stays_and_its_room_is_used_again(
    database: Database, inbox: Inbox, clock: Clock
) -> None:
    for number in arrived(inbox, 100):
        inbox.mark_done(number)
    clock.goes_on(days=2)
    assert prune(database, "info", clock.now) == 100
    with database.write() as connection:
        assert connection.execute("SELECT count(*) FROM message_raw").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM messages").fetchone() == (0,)
        before = connection.execute("PRAGMA page_count").fetchone()
    inbox.add("info", [Arrival("INBOX", 8, str(uid), RAW) for uid in range(1, 90)])
    with database.read() as connection:
        assert connection.execute("PRAGMA page_count").fetchone() == before


@pytest.mark.parametrize("message_id", ["Message-ID: <same@example.org>\r\n", ""])
def test_what_went_is_recognised_when_the_mailbox_is_numbered_anew(
    database: Database, inbox: Inbox, clock: Clock, message_id: str
) -> None:
    """Also what came before messages were marked."""
    raw = f"From: a@example.org\r\nSubject: x\r\n{message_id}\r\ntext\r\n".encode()
    (number,) = inbox.add("info", [Arrival("INBOX", 7, "1", raw)])
    inbox.mark_done(number)
    with database.write() as connection:
        connection.execute("UPDATE seen SET mark = NULL")
    clock.goes_on(days=2)
    assert prune(database, "info", clock.now) == 1
    assert inbox.add("info", [Arrival("INBOX", 8, "1", raw)]) == []
    assert inbox.add("info", [Arrival("INBOX", 8, "2", b"Subject: new\r\n\r\n")]) == [2]


def test_very_many_go_in_several_turns(database: Database, inbox: Inbox, clock: Clock) -> None:
    inbox.add("info", [Arrival("INBOX", 7, str(uid), b"x") for uid in range(1, 2_251)])
    with database.write() as connection:
        connection.execute("UPDATE messages SET done = 1, done_at = 1")
    assert [prune(database, "info", clock.now) for _ in range(3)] == [2_000, 250, 0]
