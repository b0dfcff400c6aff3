"""Is a file that an earlier Postwart wrote taken over whole? From a frozen copy of each version's schema and rows."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mail.database import Database, moment
from mail.inbox import Arrival, Inbox
from mail.letter import LetterState
from mail.outbox import Outbox
from mail.schema import MIGRATIONS
from mail.seen import Origin
from mail.send import Delivery, Envelope, Result

FROZEN = Path(__file__).parent / "schemas"
VERSIONS = list(range(1, len(MIGRATIONS) + 1))
NOW = moment(1_000_000_100)


def frozen(version: int, path: Path) -> Path:
    """A file as that version left it, ended in the middle of handing a letter over."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FROZEN / f"post-{version}.sql").read_text("utf-8"))
    return path


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(name, " ".join(sql.split())) for name, sql in rows]


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_messages_and_letters_of_an_earlier_version_are_all_there(tmp_path: Path, version: int) -> None:
    path = frozen(version, tmp_path / "post.db")
    with Database(path, MIGRATIONS) as database:
        assert database.set_aside is None
        inbox, outbox = Inbox(database), Outbox(database, lambda: NOW, lambda: 0)
        assert [(row.id, row.subject, row.done) for row in inbox.list()] == [
            *((1, "Erste", False), (2, "", True)),
            (3, "pop", False),
        ]
        assert inbox.raw(1) == b"Subject: Erste\r\n\r\n\xe4\x00\xff\r\n"
        assert inbox.unread() == {"info": 2}
        assert inbox.seen.last_uid(Origin("info", "h/a", "INBOX", 7)) == 12
        assert inbox.seen.known(Origin("info", "h/a", "INBOX", 0), ["uidl-1", "uidl-2"]) == {"uidl-1"}
        assert inbox.add("info", [Arrival("INBOX", 7, "12", b"again"), Arrival("INBOX", 7, "13", b"new")], place="h/a")
        assert [letter.state.value for letter in outbox.list()] == ["queued", "sent", "unconfirmed", "sending"]
        assert [letter.id for letter in outbox.recover()] == [4]


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_its_letters_go_on_as_those_of_this_version(tmp_path: Path, version: int) -> None:
    with Database(frozen(version, tmp_path / "post.db"), MIGRATIONS) as database:
        outbox = Outbox(database, lambda: NOW, lambda: 0)
        (waiting,) = outbox.due("info")
        assert outbox.envelope(waiting) == Envelope(
            "info@x.example", ("a@x.example", "b@x.example"), b"one\r\n", "<l1@x.example>"
        )
        outbox.mark_sending(waiting.id)
        later = outbox.settle(waiting.id, Delivery(Result.LATER, "server_fault"))
        assert (later.state, later.waited) == (LetterState.QUEUED, timedelta(minutes=1))


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_the_file_is_then_like_a_new_one(tmp_path: Path, version: int) -> None:
    Database(frozen(version, tmp_path / "post.db"), MIGRATIONS).close()
    Database(tmp_path / "new.db", MIGRATIONS).close()
    assert schema(tmp_path / "post.db") == schema(tmp_path / "new.db")


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_a_migration_without_room_for_it_leaves_the_file_as_it_was(tmp_path: Path, version: int) -> None:
    path = frozen(version, tmp_path / "post.db")
    before = shutil.copy(path, tmp_path / "before.db")
    broken = [*MIGRATIONS[:-1], f"{MIGRATIONS[-1]};\nINSERT INTO no_such_table VALUES (1)"]
    with pytest.raises(sqlite3.OperationalError):
        Database(path, broken)
    if version == VERSIONS[-2]:
        assert schema(path) == schema(Path(before))
    Database(path, MIGRATIONS).close()


def test_each_earlier_version_is_frozen() -> None:
    """Whoever adds a migration freezes the version before it: schema and rows, as `sqlite3 .dump` has them."""
    assert sorted(FROZEN.glob("post-*.sql")) == [FROZEN / f"post-{version}.sql" for version in VERSIONS[:-1]]
