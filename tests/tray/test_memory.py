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
    memory.mark_shown({"info/expiring/1": "info", "other/expiring/1": "other"}, NOW)
    memory.forget("info")
    assert memory.recall("info") is None
    assert memory.shown() == {"other/expiring/1"}


def test_a_notice_is_marked_once_and_can_be_over(database: Database) -> None:
    memory = Memory(database)
    memory.mark_shown({"a": "info"}, NOW)
    memory.mark_shown({"a": "info", "b": "info"}, NOW)
    assert memory.shown() == {"a", "b"}
    memory.forget_shown(["a"])
    assert memory.shown() == {"b"}
