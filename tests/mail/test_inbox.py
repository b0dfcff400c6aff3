"""Is each message kept once, byte for byte, and listed in the order of its arrival?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mail.database import Database
from mail.headers import Address
from mail.inbox import Arrival, Inbox, MessageNotFound
from mail.schema import MIGRATIONS
from tests.mail.letters import NASTY, letter

NOW = datetime(2026, 11, 24, 8, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        yield database


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database, lambda: NOW)


def imap(uid: int, raw: bytes = b"", folder: str = "INBOX", uidvalidity: int = 7) -> Arrival:
    return Arrival(folder, uidvalidity, str(uid), raw or letter(uid, 500))


def pop3(uidl: str, raw: bytes = b"x") -> Arrival:
    return Arrival("INBOX", 0, uidl, raw)


def ids(inbox: Inbox, **which: Any) -> list[int]:
    return [row.id for row in inbox.list(**which)]


def test_raw_bytes_come_back_exactly(inbox: Inbox) -> None:
    every_byte = bytes(range(256)) * 3
    messages = [*NASTY, every_byte, b"", b"\n", bytes(100_000), random.Random(1).randbytes(2_000_000)]
    added = inbox.add("info", [imap(uid, raw or b"\r\n") for uid, raw in enumerate(messages, 1)])
    assert [inbox.raw(each) for each in added] == [raw or b"\r\n" for raw in messages]


def test_an_empty_message_is_a_message(inbox: Inbox) -> None:
    (only,) = inbox.add("info", [Arrival("INBOX", 7, "1", b"")])
    assert inbox.raw(only) == b""
    assert inbox.get(only).size == 0


def test_a_message_comes_once(inbox: Inbox) -> None:
    first = inbox.add("info", [imap(1), imap(2), imap(2)])
    again = inbox.add("info", [imap(1, b"something else"), imap(2), imap(3)])
    assert len(first) == 2
    assert len(again) == 1
    assert ids(inbox) == first + again
    assert inbox.raw(first[0]) == letter(1, 500)


def test_the_same_uid_elsewhere_is_another_message(inbox: Inbox) -> None:
    inbox.add("info", [imap(1), imap(1, folder="Aufträge"), imap(1, b"a", uidvalidity=8), pop3("1", b"b")])
    inbox.add("other", [imap(1)])
    assert len(ids(inbox)) == 5


def test_a_listing_shows_what_the_headers_say(inbox: Inbox) -> None:
    raw = (
        b"From: =?utf-8?q?M=C3=BCller=2C_J=C3=B6rg?= <j@example.org>\r\nTo: a@example.org, B <b@example.org>\r\n"
        b"Cc: c@example.org\r\nSubject: =?iso-8859-1?q?Gr=FC=DFe?=\r\nDate: Tue, 24 Nov 2026 09:00:00 +0100\r\n"
        b"Message-ID: <1@example.org>\r\n\r\nHallo\r\n"
    )
    row = inbox.get(inbox.add("info", [imap(1, raw)])[0])
    assert row.sender == Address("Müller, Jörg", "j@example.org")
    assert row.recipients == (Address("", "a@example.org"), Address("B", "b@example.org"), Address("", "c@example.org"))
    assert (row.subject, row.message_id, row.size) == ("Grüße", "<1@example.org>", len(raw))
    assert row.date == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert (row.arrived_at, row.done, row.done_at) == (NOW, False, None)


def test_a_message_dated_before_1970_or_in_the_far_future_is_listed(inbox: Inbox) -> None:
    dates = ["Mon, 01 Jan 1900 00:00:00 +0000", "Fri, 31 Dec 9999 23:59:59 -1200", "Fri, 31 Dec 9999 23:59:59 +0000"]
    inbox.add("info", [imap(uid, f"Date: {date}\r\n\r\n".encode()) for uid, date in enumerate(dates, 1)])
    assert [row.date and row.date.year for row in inbox.list()] == [1900, None, 9999]


def test_the_cursor_goes_on_where_it_was(inbox: Inbox) -> None:
    everything = inbox.add("info", [imap(uid) for uid in range(1, 8)])
    seen: list[int] = []
    while page := inbox.list(after=seen[-1] if seen else 0, limit=3):
        seen += [row.id for row in page]
    assert seen == everything
    later = inbox.add("info", [imap(8)])
    assert ids(inbox, after=seen[-1]) == later


def test_a_cursor_is_never_used_twice(inbox: Inbox, database: Database) -> None:
    last = inbox.add("info", [imap(1), imap(2)])[-1]
    with database.write() as connection:
        connection.execute("DELETE FROM messages WHERE id = ?", (last,))
    assert inbox.add("info", [imap(3)])[0] > last


def test_the_newest_come_first_where_that_is_asked_for(inbox: Inbox) -> None:
    everything = inbox.add("info", [imap(uid) for uid in range(1, 6)])
    assert ids(inbox, newest=True, limit=2) == everything[:-3:-1]
    assert ids(inbox, newest=True, after=everything[3], limit=2) == [everything[2], everything[1]]
    assert ids(inbox, newest=True, after=everything[0]) == []


def test_a_listing_can_be_of_one_account_and_of_what_is_not_done(inbox: Inbox) -> None:
    first, second = inbox.add("info", [imap(1), imap(2)])
    (other,) = inbox.add("other", [imap(1)])
    inbox.mark_done(first)
    assert ids(inbox, account="info") == [first, second]
    assert ids(inbox, done=False) == [second, other]
    assert ids(inbox, done=True) == [first]
    assert ids(inbox, account="info", done=False) == [second]
    assert ids(inbox, account="nobody") == []


def test_done_keeps_the_first_time(database: Database) -> None:
    times = iter([NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)])
    inbox = Inbox(database, lambda: next(times))
    (only,) = inbox.add("info", [imap(1)])
    assert inbox.mark_done(only).done_at == NOW + timedelta(hours=1)
    assert inbox.mark_done(only).done_at == NOW + timedelta(hours=1)


def test_unread_counts_what_is_not_done(inbox: Inbox, database: Database) -> None:
    assert inbox.unread() == {}
    first, second = inbox.add("info", [imap(1), imap(2), imap(2)])
    inbox.add("other", [imap(1)])
    assert inbox.unread() == {"info": 2, "other": 1}
    inbox.mark_done(first)
    inbox.mark_done(first)
    assert inbox.unread() == {"info": 1, "other": 1}
    with database.write() as connection:
        connection.execute("DELETE FROM messages WHERE id IN (?, ?)", (first, second))
    assert inbox.unread() == {"other": 1}


def test_a_message_that_is_not_there_is_told(inbox: Inbox) -> None:
    for use in (inbox.get, inbox.raw, inbox.mark_done):
        with pytest.raises(MessageNotFound) as told:
            use(99)
        assert told.value.facts == {"message": 99}


def test_a_batch_is_added_whole_or_not_at_all(inbox: Inbox) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        inbox.add("info", [imap(1), Arrival("INBOX", 7, "not a number", b"x")])
    assert ids(inbox) == []


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("done", [None, False, True])
@pytest.mark.parametrize("account", [None, "info"])
def test_a_listing_reads_only_the_rows_it_shows(
    inbox: Inbox, database: Database, account: str | None, *, done: bool | None, newest: bool
) -> None:
    """So its time does not grow with the store: a million rows take as long as a thousand."""
    _fill(database, 20_000)
    for after in (0, 10_000, 19_990):
        steps = 0

        def step() -> int:
            nonlocal steps
            steps += 1
            return 0

        with database.read() as connection:
            connection.set_progress_handler(step, 10)
        rows = inbox.list(account, after, done=done, newest=newest)
        assert steps * 10 < 100 + 40 * len(rows)


def _fill(database: Database, count: int) -> None:
    with database.write() as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO messages (account, place, folder, uidvalidity, uid, size, arrived_at, sender, recipients, "
            "subject, message_id, attachments, done) "
            "SELECT iif(i % 7, 'info', 'other'), '', 'INBOX', 7, i, 1, 0, 'null', '[]', 'Subject', "
            "'', '[]', i % 100 > 1 FROM n",
            (count,),
        )
