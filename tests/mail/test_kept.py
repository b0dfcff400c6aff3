from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mail.database import Database
from mail.kept import MOST, Kept

SCHEMA = ("CREATE TABLE notes (text TEXT NOT NULL)",)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "notes.db", SCHEMA) as database:
        yield database


def write(database: Database) -> None:
    with database.write() as connection:
        connection.execute("INSERT INTO notes VALUES ('x')")


def count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute("SELECT count(*) FROM notes").fetchone()[0])


def test_it_is_asked_once_until_something_is_written(database: Database) -> None:
    kept, asked = Kept[int](database), []

    def ask() -> int:
        asked.append(1)
        return count(database)

    assert [kept.get("", ask) for _ in range(3)] == [0, 0, 0]
    write(database)
    assert [kept.get("", ask) for _ in range(3)] == [1, 1, 1]
    assert len(asked) == 2


def test_what_was_written_while_it_was_asked_is_not_missed(database: Database) -> None:
    kept = Kept[int](database)

    def ask_and_be_overtaken() -> int:
        before = count(database)
        write(database)
        return before

    assert kept.get("", ask_and_be_overtaken) == 0
    assert kept.get("", lambda: count(database)) == 1


def test_what_was_rolled_back_changes_nothing_and_a_failure_is_not_kept(database: Database) -> None:
    kept = Kept[int](database)
    with pytest.raises(ZeroDivisionError):
        kept.get("", lambda: 1 // 0)
    assert kept.get("", lambda: count(database)) == 0
    with pytest.raises(sqlite3.IntegrityError), database.write() as connection:
        connection.execute("INSERT INTO notes VALUES ('x'), (NULL)")
    assert kept.get("", lambda: 99) == 0


def test_only_a_few_answers_are_kept(database: Database) -> None:
    kept = Kept[int](database)
    for question in range(100):
        assert kept.get(question, lambda question=question: question) == question  # type: ignore[misc]
    assert len(kept._answers) == MOST
    assert kept.get(99, lambda: -1) == 99
