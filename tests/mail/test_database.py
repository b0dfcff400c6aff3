"""The local database: what is committed stays, and trouble is told without losing anything."""

import os
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mail.damage import SMALL, companion, suspect
from mail.database import Database
from mail.problems import StoreProblem

NOTES = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL); CREATE TABLE big_raw (bytes BLOB NOT NULL)"
NOW = datetime(2026, 11, 24, 8, 30, 15, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    awkward = "a folder with ä and #%?" if sys.platform != "win32" else "a folder with ä and #%"
    return tmp_path / awkward / "post.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with Database(path, [NOTES]) as database:
        yield database


def note(database: Database, text: str) -> None:
    with database.write() as connection:
        connection.execute("INSERT INTO notes (text) VALUES (?)", (text,))


def notes(database: Database) -> list[str]:
    with database.read() as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY id")]


def reopened(path: Path, migrations: list[str] | None = None) -> Database:
    return Database(path, migrations or [NOTES], clock=lambda: NOW)


def filled(path: Path, size: int) -> None:
    """A database of that many bytes, cleanly closed, with the note `kept`."""
    with Database(path, [NOTES]) as database:
        note(database, "kept")
        with database.write() as connection:
            for _ in range(max(1, size // 1_000_000)):
                connection.execute("INSERT INTO big_raw VALUES (zeroblob(1000000))")


def killed_copy(database: Database, target: Path) -> Path:
    """The files as a power cut would leave them."""
    target.parent.mkdir()
    for suffix in ("", "-wal"):
        companion(target, suffix).write_bytes(companion(database.path, suffix).read_bytes())
    return target


def test_what_was_committed_is_there_after_reopening(path: Path) -> None:
    with Database(path, [NOTES]) as database:
        note(database, "kept")
    with reopened(path) as database:
        assert notes(database) == ["kept"]
        assert database.set_aside is None


def test_a_clean_end_leaves_one_file(path: Path) -> None:
    with Database(path, [NOTES]) as database:
        note(database, "kept")
        assert notes(database) == ["kept"]
    assert [each.name for each in path.parent.iterdir()] == ["post.db"]


def test_every_commit_waits_for_the_disk(database: Database) -> None:
    with database.write() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_only_what_may_be_lost_does_not_wait_for_the_disk(database: Database) -> None:
    with database.write(durable=False) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
        connection.execute("INSERT INTO notes (text) VALUES ('soon')")
    assert notes(database) == ["soon"]
    with database.write() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


if sys.platform != "win32":  # there the user's own folder keeps others out

    def test_the_file_is_the_owners_alone(database: Database) -> None:
        note(database, "private")
        for suffix in ("", "-wal", "-shm"):
            assert stat.S_IMODE(companion(database.path, suffix).stat().st_mode) == 0o600


def test_an_error_inside_a_transaction_takes_all_of_it_back(database: Database) -> None:
    note(database, "before")

    def fail_halfway() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO notes (text) VALUES ('half')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    note(database, "after")
    assert notes(database) == ["before", "after"]


def test_a_transaction_inside_a_transaction_is_our_own_mistake_and_passes_as_it_is(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="within a transaction"), database.write():
        note(database, "inner")
    assert notes(database) == []


def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(StoreProblem, match="readonly"), database.read() as connection:
        connection.execute("INSERT INTO notes (text) VALUES ('no')")


def test_a_reader_does_not_wait_for_a_transaction_and_sees_only_what_is_committed(database: Database) -> None:
    with database.write() as connection:
        connection.execute("INSERT INTO notes (text) VALUES ('not yet')")
        assert notes(database) == []
    assert notes(database) == ["not yet"]


def test_many_threads_write_and_read_at_once(database: Database) -> None:
    def work(name: str) -> None:
        for number in range(20):
            note(database, f"{name} {number}")
            assert f"{name} {number}" in notes(database)

    threads = [threading.Thread(target=work, args=(f"thread {count}",)) for count in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(notes(database)) == 120


def test_closing_closes_the_readers_of_threads_that_live_on(database: Database) -> None:
    has_read, may_end = threading.Event(), threading.Event()
    told: list[str] = []

    def live_on() -> None:
        notes(database)
        has_read.set()
        may_end.wait(10)
        try:
            notes(database)
        except StoreProblem as problem:
            told.append(problem.code)

    thread = threading.Thread(target=live_on)
    thread.start()
    has_read.wait(10)
    database.close()
    database.path.rename(database.path.with_name("moved"))  # Windows refuses this while anything holds the file
    may_end.set()
    thread.join()
    assert told == ["store_closed"]


def test_closing_waits_for_a_transaction_under_way(database: Database) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with database.write() as connection:
            inside.set()
            go_on.wait(10)
            connection.execute("INSERT INTO notes (text) VALUES ('finished')")

    writer = threading.Thread(target=write)
    writer.start()
    inside.wait(10)
    closer = threading.Thread(target=database.close)
    closer.start()
    go_on.set()
    closer.join(10)
    writer.join(10)
    with reopened(database.path) as again:
        assert notes(again) == ["finished"]


def test_a_closed_database_says_so(database: Database) -> None:
    database.close()
    for use in (lambda: note(database, "late"), lambda: notes(database)):
        with pytest.raises(StoreProblem) as told:
            use()
        assert told.value.code == "store_closed"


def test_migrations_run_once_and_in_order(path: Path) -> None:
    with Database(path, [NOTES]) as database:
        note(database, "old")
    later = [
        NOTES,
        "ALTER TABLE notes ADD COLUMN read INTEGER NOT NULL DEFAULT 0",
        "UPDATE notes SET text = text || '!'",
    ]
    for _ in range(2):
        with reopened(path, later) as database, database.read() as connection:
            assert connection.execute("SELECT text, read FROM notes").fetchall() == [("old!", 0)]


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    with Database(path, [NOTES]) as database:
        note(database, "old")
    with pytest.raises(sqlite3.OperationalError):
        reopened(path, [NOTES, "DELETE FROM notes; DELETE FROM no_such_table"])
    with reopened(path) as database:
        assert notes(database) == ["old"]


def test_a_file_of_a_newer_version_is_left_untouched(path: Path) -> None:
    with Database(path, [NOTES, "CREATE TABLE future (x)"]) as database:
        note(database, "from tomorrow")
    before = path.read_bytes()
    with pytest.raises(StoreProblem) as told:
        reopened(path)
    assert told.value.code == "database_newer"
    assert path.read_bytes() == before


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "garbage": lambda whole: os.urandom(len(whole)),
    "text": lambda _: b"this is not a database\n" * 5000,
    "wrong header": lambda whole: b"SQLite format 2\0" + whole[16:],
    "truncated": lambda whole: whole[: len(whole) // 2],
    "a page of garbage": lambda whole: whole[:16384] + os.urandom(16384) + whole[32768:],
    "a page of zeros": lambda whole: whole[:32768] + bytes(16384) + whole[49152:],
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_file_is_set_aside_byte_for_byte_and_a_new_one_begun(path: Path, kind: str) -> None:
    filled(path, 0)
    damaged = DAMAGES[kind](path.read_bytes())
    path.write_bytes(damaged)
    with reopened(path) as database:
        assert database.set_aside == path.with_name("post.db.damaged-20261124-083015")
        assert database.set_aside.read_bytes() == damaged
        note(database, "goes on")
        assert notes(database) == ["goes on"]
    with reopened(path) as database:
        assert database.set_aside is None


def test_a_second_damage_in_the_same_second_overwrites_nothing(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first " * 999, b"second " * 999):
        path.write_bytes(content)
        reopened(path).close()
    kept = sorted(each.read_bytes()[:6] for each in path.parent.glob("*.damaged-*"))
    assert kept == [b"first ", b"second"]


def test_the_log_goes_with_the_damaged_file(database: Database, tmp_path: Path) -> None:
    note(database, "in the file")
    database._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    note(database, "only in the log")
    copy = killed_copy(database, tmp_path / "copy" / "post.db")
    copy.write_bytes(b"garbage" * 9999)
    log = companion(copy, "-wal").read_bytes()
    with reopened(copy) as again:
        assert again.set_aside is not None
        assert companion(again.set_aside, "-wal").read_bytes() == log


def test_a_damaged_file_that_the_log_holds_whole_is_mended_from_it(database: Database, tmp_path: Path) -> None:
    note(database, "in the log")
    copy = killed_copy(database, tmp_path / "copy" / "post.db")
    copy.write_bytes(b"garbage" * 9999)
    with reopened(copy) as again:
        assert notes(again) == ["in the log"]


@pytest.mark.parametrize("empty", [True, False])
def test_a_log_whose_file_was_lost_is_not_thrown_away(database: Database, tmp_path: Path, *, empty: bool) -> None:
    note(database, "only in the log")
    copy = killed_copy(database, tmp_path / "copy" / "post.db")
    copy.unlink()
    if empty:
        copy.touch()
    log = companion(copy, "-wal").read_bytes()
    with reopened(copy) as again:
        assert again.set_aside is not None
        assert companion(again.set_aside, "-wal").read_bytes() == log


def test_what_a_power_cut_left_in_the_log_is_there(database: Database, tmp_path: Path) -> None:
    note(database, "committed")
    with database.write() as connection:
        connection.execute("INSERT INTO notes (text) VALUES ('not committed')")
        copy = killed_copy(database, tmp_path / "copy" / "post.db")
    with reopened(copy) as again:
        assert notes(again) == ["committed"]
        assert again.set_aside is None


def test_damage_found_while_reading_a_large_file_is_told_and_the_next_start_sets_it_aside(path: Path) -> None:
    """A large file that was closed cleanly is not read through at each start."""
    filled(path, SMALL + 2_000_000)
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'notes'").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * 16384)
        file.write(b"\xff" * 16384)
    with reopened(path) as database:
        with pytest.raises(StoreProblem) as told:
            notes(database)
        assert told.value.code == "database_damaged"
    with reopened(path) as database:
        assert database.set_aside is not None
        assert not suspect(path).exists()


def test_a_large_file_is_looked_through_after_an_unclean_end(database: Database, tmp_path: Path) -> None:
    with database.write() as connection:
        for _ in range(SMALL // 1_000_000 + 4):
            connection.execute("INSERT INTO big_raw VALUES (zeroblob(1000000))")
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'notes'").fetchone()[0]
    with database.write() as connection:
        connection.execute("INSERT INTO big_raw VALUES ('last')")
    copy = killed_copy(database, tmp_path / "copy" / "post.db")
    with copy.open("r+b") as file:
        file.seek((root - 1) * 16384)
        file.write(b"\xff" * 16384)
    with reopened(copy) as again:
        assert again.set_aside is not None


def test_a_suspicion_that_proves_unfounded_is_dropped(path: Path) -> None:
    filled(path, 0)
    suspect(path).touch()
    with reopened(path) as database:
        assert notes(database) == ["kept"]
    assert not suspect(path).exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x", encoding="utf-8")
    with pytest.raises(StoreProblem) as told:
        Database(in_the_way / "post.db", [NOTES])
    assert told.value.code == "database_inaccessible"


def test_another_program_that_holds_the_file_is_told(database: Database) -> None:
    database._writer.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreProblem) as told:
            note(database, "blocked")
        other.execute("ROLLBACK")
    assert told.value.code == "database_busy"
    note(database, "free again")
    assert notes(database) == ["free again"]
