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
        journal.note("info", Happened.FETCHED, new=n)
    kept = journal.read("info", limit=1000)
    assert 20 <= len(kept) < 120
    assert kept[0].facts["new"] == 299


def test_old_entries_go_when_they_are_too_old_but_not_all_of_them(database: Database) -> None:
    times = [NOW, NOW + timedelta(days=4_000)]
    journal = Journal(database, lambda: times[0])
    for n in range(300):
        journal.note("info", Happened.FETCHED, new=n)
    times.reverse()  # a clock that is set years ahead
    for n in range(300, 401):
        journal.note("info", Happened.FETCHED, new=n)
    kept = [int(str(entry.facts["new"])) for entry in journal.read("info", limit=1000)]
    assert kept == list(range(400, 199, -1))


def test_what_repeats_itself_is_one_entry_with_a_number(database: Database) -> None:
    moments = [NOW]
    journal = Journal(database, lambda: moments[-1])
    story = [*["refreshed"] * 3, "network", "network", "throttled", "refreshed"]
    for n, each in enumerate(story):
        moments.append(NOW + timedelta(minutes=15 * n))
        if each == "refreshed":
            journal.note("info", Happened.REFRESHED)
        else:
            journal.note("info", Happened.REFRESH_FAILED, each)
        journal.note("info", Happened.FETCHED, new=1)
    told = [entry for entry in reversed(journal.read("info")) if entry.kind != "fetched"]
    assert [(each.kind, each.code, each.facts.get("times", 1)) for each in told] == [
        ("refreshed", "", 3),
        ("refresh_failed", "network", 2),
        ("refresh_failed", "throttled", 1),
        ("refreshed", "", 1),
    ]
    assert told[0].facts["until"] == (NOW + timedelta(minutes=30)).isoformat()


def test_a_long_run_begins_anew_from_time_to_time_and_so_does_one_after_a_restart(database: Database) -> None:
    moments = [NOW]
    journal = Journal(database, lambda: moments[-1])
    for n in range(13):
        moments.append(NOW + timedelta(hours=n))
        journal.note("info", Happened.REFRESHED)
    Journal(database, lambda: moments[-1]).note("info", Happened.REFRESHED)
    moments.append(NOW - timedelta(days=4_000))
    journal.note("info", Happened.REFRESHED)
    assert [each.facts.get("times", 1) for each in journal.read("info")] == [1, 1, 1, 6, 6]
