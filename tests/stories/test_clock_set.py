"""A clock that is set back by years or forward by days alarms nobody: the date stands, and the days are true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auth.outcome import Granted
from auth.provider import Session
from mail.database import Database
from tests.office import Office
from tray.health import State
from tray.journal import Journal
from tray.ledger import Ledger
from tray.memory import MIGRATIONS, Memory
from tray.settings import Account, Settings

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ACCOUNT = Account("info", "info@office.example", "microsoft365", "c", (), sign_in_every=timedelta(days=30))
WRONG = [timedelta(days=days) for days in (-5_000, -40, 20, 29, 31, 400)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("by", WRONG)
def test_the_date_and_the_days_stay_while_the_clock_is_wrong_and_when_it_is_right_again(
    office: Office, by: timedelta
) -> None:
    office.has_account("info", sign_in_every="30d")
    office.tenant.tenant.habits.inactivity = timedelta(days=20_000)  # the sandbox lives by the same wrong clock
    office.opens()
    office.signs_in("info")
    due = office.health("info").sign_in_due
    office.waits(days=5)
    office.tenant.set_clock_wrong(by)
    office.waits(seconds=by.total_seconds())
    office.waits(minutes=15)
    for _ in range(2):
        health = office.health("info")
        assert (health.state, health.sign_in_due, health.days_left) == (State.OK, due, 25)
        office.reopens()
        office.checks()
    office.tenant.online()
    office.waits(seconds=-by.total_seconds())
    health = office.health("info")
    assert (health.state, health.sign_in_due, health.days_left) == (State.OK, due, 25)
    assert not office.notices


@pytest.mark.parametrize("by", WRONG)
def test_a_sign_in_with_a_wrong_clock_is_dated_rightly(office: Office, by: timedelta) -> None:
    office.has_account("info", sign_in_every="30d")
    office.opens()
    right = office.clock()
    office.tenant.set_clock_wrong(by)
    office.waits(seconds=by.total_seconds())
    office.signs_in("info")
    office.tenant.online()
    office.waits(seconds=-by.total_seconds())
    due = office.health("info").sign_in_due
    assert due
    assert abs(due - right - timedelta(days=30)) < timedelta(seconds=2)


class Clocks:
    """This PC's clock, and how far the provider says that it is ahead."""

    def __init__(self) -> None:
        self.right, self.wrong_by = NOW, timedelta()

    def __call__(self) -> datetime:
        return self.right + self.wrong_by


@pytest.mark.parametrize("by", [each for each in WRONG if abs(each) > timedelta(days=2)])
def test_until_the_first_answer_with_the_clock_set_nothing_is_told(tmp_path: Path, by: timedelta) -> None:
    """The provider has not been asked yet, so nobody knows that the clock is wrong."""
    clocks = Clocks()
    with Database(tmp_path / "state.db", MIGRATIONS) as database:
        ledger = Ledger(
            settings=lambda: Settings("de", accounts=(ACCOUNT,)),
            memory=Memory(database),
            journal=Journal(database, clocks),
            clock=clocks,
            changed=lambda: None,
        )
        held = Session("info@office.example", NOW, NOW)
        session = ledger.new_session(ACCOUNT, Granted("t", NOW), held)
        clocks.right += timedelta(days=5)
        ledger.took(ACCOUNT, session, Granted("t", NOW), Session("info@office.example", NOW, clocks()))
        due = ledger.health(ACCOUNT).sign_in_due
        for wrong_by in (by, timedelta()):
            clocks.wrong_by = wrong_by
            health = ledger.health(ACCOUNT)
            assert (health.state, health.sign_in_due, health.told) == (State.OK, due, None)


def test_a_start_without_a_line_still_knows_that_the_clock_is_wrong(office: Office) -> None:
    office.has_account("info", sign_in_every="30d")
    office.opens()
    office.signs_in("info")
    office.tenant.set_clock_wrong(timedelta(days=29))
    office.waits(days=29)
    office.closes()
    office.tenant.offline()
    office.opens()
    office.checks()
    health = office.health("info")
    assert (health.days_left, health.told) == (30, None)
