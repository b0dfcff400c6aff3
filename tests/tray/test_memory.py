"""What was seen and what was told outlives a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auth.outcome import Cure, Refused
from auth.provider import Session
from mail.database import Database
from tray.health import Check, Facts, Outage, State
from tray.memory import MIGRATIONS, Memo, Memory
from tray.notice import Told

NOW = datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC)
FACTS = Facts(
    session=3,
    held=Session("info@office.example", NOW, NOW + timedelta(hours=1)),
    checked_at=NOW,
    refused=Refused("AADSTS700082", Cure.SIGN_IN, "invalid_grant", "bad_token", "expired"),
    outages={"imap": Outage("server_unreachable", {"host": "imap"}, NOW + timedelta(seconds=90))},
    outage_since=NOW,
    checks={"smtp": Check(ok=False, code="5.7.139", text="smtp_auth_disabled_tenant", facts={"host": "smtp"})},
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "state.db", MIGRATIONS) as opened:
        yield opened


def test_all_that_is_known_of_an_account_comes_back_as_it_was(database: Database, tmp_path: Path) -> None:
    memo = Memo(FACTS, State.SIGN_IN_REQUIRED, NOW, ("info@office.example", "client"))
    Memory(database).keep("info", memo)
    database.close()
    with Database(tmp_path / "state.db", MIGRATIONS) as again:
        assert Memory(again).recall("info") == memo


def test_what_is_kept_last_counts(database: Database) -> None:
    memory = Memory(database)
    for state in (State.OK, State.EXPIRING):
        memory.keep("info", Memo(FACTS, state, NOW))
    recalled = memory.recall("info")
    assert recalled
    assert recalled.state is State.EXPIRING


def test_what_another_version_wrote_counts_as_nothing_known(database: Database) -> None:
    with database.write() as connection:
        connection.execute("INSERT INTO facts VALUES ('info', ?)", (b'{"facts": {"session": "many"}}',))
    assert Memory(database).recall("info") is None


def test_a_forgotten_account_leaves_nothing(database: Database) -> None:
    memory = Memory(database)
    memory.keep("info", Memo(FACTS, State.OK, NOW))
    memory.keep_told({"info/expiring/1": ("info", Told()), "other/expiring/1": ("other", Told())}, NOW)
    memory.forget("info")
    assert memory.recall("info") is None
    assert memory.told().keys() == {"other/expiring/1"}


def test_how_a_notice_was_told_is_known_until_it_is_over(database: Database) -> None:
    memory = Memory(database)
    memory.keep_told({"a": ("info", Told())}, NOW)
    again = Told(3, 2, NOW + timedelta(hours=2), mailed=True)
    memory.keep_told({"a": ("info", again), "b": ("info", Told())}, NOW)
    assert memory.told() == {"a": again, "b": Told()}
    memory.forget_told(["a"])
    assert memory.told() == {"b": Told()}


def test_notices_that_an_earlier_version_told_are_not_told_again(tmp_path: Path) -> None:
    with Database(tmp_path / "old.db", MIGRATIONS[:2]) as old, old.write() as connection:
        connection.execute("INSERT INTO notices VALUES ('info/expiring/1', 'info', '2026-11-24T08:00:00+00:00')")
    with Database(tmp_path / "old.db", MIGRATIONS) as new:
        assert Memory(new).told() == {"info/expiring/1": Told(1, 1, None, mailed=False)}
