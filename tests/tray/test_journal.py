"""The journal answers 'since when?', newest first, and does not grow for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mail.database import Database
from tray import journal as journal_module
from tray.journal import Happened, Journal
from tray.memory import MIGRATIONS

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "state.db", MIGRATIONS) as opened:
        yield opened


def test_entries_come_newest_first_and_page_backwards(database: Database) -> None:
    times = iter(NOW + timedelta(minutes=n) for n in range(10))
    journal = Journal(database, lambda: next(times))
    for n in range(5):
        journal.note("info", Happened.FETCHED, new=n)
    journal.note("other", Happened.SENT, "250", letter=1)
    first = journal.read("info", limit=2)
    assert [entry.facts["new"] for entry in first] == [4, 3]
    assert first[0].at == NOW + timedelta(minutes=4)
    assert [entry.facts["new"] for entry in journal.read("info", limit=9, before=first[-1].id)] == [2, 1, 0]


def test_old_entries_go_when_there_are_too_many(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "KEPT_PER_ACCOUNT", 20)
    journal = Journal(database, lambda: NOW)
    for n in range(300):
        journal.note("info", Happened.REFRESHED, number=n)
    kept = journal.read("info", limit=1000)
    assert 20 <= len(kept) < 120
    assert kept[0].facts["number"] == 299
