"""The next time is decided from what was seen; chance only ever makes it later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tray import agenda
from tray.clockwork import BEAT, jumped
from tray.health import Outage, State, Who
from tray.picture import Health

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)


def health(state: State, checked_at: datetime | None = NOW) -> Health:
    return Health(state, since=NOW, checked_at=checked_at, who=Who.USER)


@pytest.mark.parametrize(
    ("state", "outage", "minutes"),
    [
        (State.OK, None, 15),
        (State.EXPIRING, None, 15),
        (State.MAILBOX_REFUSED, None, 15),
        (State.CONSENT_PENDING, None, 30),
        (State.SIGN_IN_REQUIRED, None, 360),
        (State.OFFLINE, Outage("network"), 1),
        (State.OK, Outage("network"), 1),
        (State.OK, Outage("throttled", retry_after=timedelta(minutes=7)), 7),
    ],
)
def test_the_next_check_fits_what_the_last_one_saw(state: State, outage: Outage | None, minutes: int) -> None:
    due = agenda.next_check(health(state), outage, EVERY, NOW, 0)
    assert due == NOW + timedelta(minutes=minutes)
    later = agenda.next_check(health(state), outage, EVERY, NOW, 0.999)
    assert due < later <= NOW + timedelta(minutes=minutes) * 1.1


def test_what_an_administrator_mends_is_asked_for_more_often_than_what_the_user_does() -> None:
    blocked = Health(State.SIGN_IN_REQUIRED, since=NOW, checked_at=NOW, who=Who.ADMIN)
    assert agenda.next_check(blocked, None, EVERY, NOW, 0) == NOW + agenda.CONSENT_PROBE


def test_after_a_restart_a_young_check_is_not_repeated_and_an_old_one_is() -> None:
    spread = timedelta(seconds=20)
    young = health(State.OK, NOW - timedelta(minutes=5))
    assert agenda.first_check(young, EVERY, NOW, 0.5, spread) == NOW + timedelta(minutes=10)
    for old in (health(State.OK, NOW - timedelta(hours=5)), health(State.OK, None), health(State.EXPIRING)):
        assert agenda.first_check(old, EVERY, NOW, 0.5, spread) == NOW + timedelta(seconds=10)


def test_a_check_dated_in_the_future_by_a_wrong_clock_is_not_waited_for() -> None:
    ahead = health(State.OK, NOW + timedelta(days=365))
    assert agenda.first_check(ahead, EVERY, NOW, 0.5, timedelta(seconds=20)) == NOW + timedelta(seconds=10)


def test_failed_fetches_stretch_the_interval_up_to_eightfold() -> None:
    five = timedelta(minutes=5)
    waits = [agenda.next_fetch(five, NOW, 0, failures) - NOW for failures in range(6)]
    assert waits == [five, five * 2, five * 4, five * 8, five * 8, five * 8]


def test_after_sleep_each_runs_within_the_spread_unless_it_has_just_run() -> None:
    spread = timedelta(seconds=20)
    assert agenda.after_a_jump(NOW - timedelta(hours=8), NOW, 0.5, spread) == NOW + timedelta(seconds=10)
    assert agenda.after_a_jump(None, NOW, 0.5, spread) == NOW + timedelta(seconds=10)
    assert agenda.after_a_jump(NOW - timedelta(seconds=3), NOW, 0.5, spread) is None


def test_a_run_dated_in_the_future_counts_as_long_ago_after_the_clock_was_set_back() -> None:
    assert agenda.after_a_jump(NOW + timedelta(days=3), NOW, 0, timedelta(seconds=20)) == NOW


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (BEAT, False),
        (BEAT + timedelta(seconds=5), False),
        (timedelta(hours=8), True),
        (timedelta(minutes=-5), True),
        (timedelta(days=3650), True),
        (timedelta(milliseconds=-50), False),
    ],
)
def test_sleep_and_a_set_clock_are_told_from_an_ordinary_beat(passed: timedelta, *, expected: bool) -> None:
    assert jumped(NOW, NOW + passed) is expected
