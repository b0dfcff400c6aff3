"""Every answer ends here: what is kept of it, and what a person is told since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auth.outcome import Granted, Unreachable
from auth.problems import SignInProblem
from auth.provider import Session
from mail.database import Database
from mail.mailbox import Protocol, Security, Server
from tray.health import Check, State
from tray.journal import Journal
from tray.ledger import Ledger
from tray.memory import MIGRATIONS, Memory
from tray.settings import Account, Settings

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SESSION = Session("info@office.example", START, START)
GRANTED = Granted("token", START + timedelta(hours=1))


class Place:
    def __init__(self, folder: Path) -> None:
        self.now = START
        self.news = 0
        self.account = Account(
            "info",
            "info@office.example",
            "custom",
            "client",
            ("mail",),
            smtp=Server(Protocol.SMTP, "smtp.example", 587, Security.STARTTLS),
        )
        self.database = Database(folder / "state.db", MIGRATIONS)
        self.journal = Journal(self.database, lambda: self.now)
        self.ledger = self.opened()

    def opened(self) -> Ledger:
        return Ledger(
            settings=lambda: Settings("en", accounts=(self.account,)),
            memory=Memory(self.database),
            journal=self.journal,
            clock=lambda: self.now,
            changed=self._changed,
        )

    def _changed(self) -> None:
        self.news += 1

    def is_healthy(self) -> int:
        session = self.ledger.new_session(self.account, GRANTED, SESSION)
        self.ledger.took_mailbox(self.account, session, {"smtp": Check(ok=True)})
        return session


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.database.close()


def test_an_outage_that_turns_offline_by_time_alone_is_kept_noted_and_told(place: Place) -> None:
    session = place.is_healthy()
    for _ in range(5):
        place.ledger.took(place.account, session, Unreachable("network"), SESSION)
        place.now += timedelta(minutes=1)
    health = place.ledger.health(place.account)
    assert (health.state, health.since) == (State.OFFLINE, START + timedelta(minutes=2))
    assert place.opened().health(place.account).since == START + timedelta(minutes=2)
    noted = [entry.facts["state"] for entry in place.journal.read("info") if entry.kind == "state"]
    assert noted == ["offline", "ok"]


def test_a_sign_in_that_was_begun_before_a_sign_out_comes_too_late(place: Place) -> None:
    before = place.ledger.session(place.account)
    place.ledger.new_session(place.account, None, None)
    with pytest.raises(SignInProblem, match="signed out"):
        place.ledger.new_session(place.account, GRANTED, SESSION, since=before)
    assert place.ledger.health(place.account).state is State.SIGN_IN_REQUIRED


def test_the_same_answer_again_is_no_news(place: Place) -> None:
    session = place.is_healthy()
    before = place.news
    place.ledger.took_mailbox(place.account, session, {"smtp": Check(ok=True)})
    assert place.news == before


def test_a_disk_that_takes_nothing_more_fails_no_check(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    session = place.is_healthy()
    with place.database.write() as connection:
        connection.execute("PRAGMA query_only = ON")
    assert place.ledger.took_mailbox(place.account, session, {"smtp": Check(ok=False, code="535", text="refused")})
    assert place.ledger.health(place.account).state is State.MAILBOX_REFUSED
    assert "not kept" in caplog.text
