"""The next time is decided from what was seen; chance only ever makes it later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tray import agenda
from tray.clockwork import BEAT, jumped
from tray.health import Outage, State, Who
from tray.picture import Health
from tray.retry import Silence

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)


def health(state: State, checked_at: datetime | None = NOW) -> Health:
    return Health(state, since=NOW, checked_at=checked_at, who=Who.USER)


@pytest.mark.parametrize(
    ("state", "minutes"),
    [
        (State.OK, 15),
        (State.EXPIRING, 15),
        (State.UNKNOWN, 15),
        (State.MAILBOX_REFUSED, 15),
        (State.CONSENT_PENDING, 30),
        (State.SIGN_IN_REQUIRED, 360),
    ],
)
def test_the_next_check_fits_what_the_last_one_saw(state: State, minutes: int) -> None:
    due = agenda.next_check(health(state), Silence(), EVERY, NOW, 0)
    assert due == NOW + timedelta(minutes=minutes)
    later = agenda.next_check(health(state), Silence(), EVERY, NOW, 0.999)
    assert due < later <= NOW + timedelta(minutes=minutes) * 1.1


def test_the_pause_that_a_service_asked_for_is_kept_and_its_end_is_spread() -> None:
    silence = Silence({"token": Outage("throttled", not_before=NOW + timedelta(minutes=2))}, NOW)
    assert agenda.next_check(health(State.OK), silence, EVERY, NOW, 0) == NOW + timedelta(minutes=2)
    latest = agenda.next_check(health(State.OK), silence, EVERY, NOW, 0.999)
    assert timedelta(seconds=50) < latest - (NOW + timedelta(minutes=2)) <= timedelta(minutes=1)


def test_after_a_restart_a_young_check_is_not_repeated_and_an_old_one_is() -> None:
    spread = timedelta(seconds=20)
    young = health(State.OK, NOW - timedelta(minutes=5))
    assert agenda.first_check(young, Silence(), EVERY, NOW, 0.5, spread) == NOW + timedelta(minutes=10)
    for old in (health(State.OK, NOW - timedelta(hours=5)), health(State.OK, None), health(State.EXPIRING)):
        assert agenda.first_check(old, Silence(), EVERY, NOW, 0.5, spread) == NOW + timedelta(seconds=10)


def test_a_pause_that_a_server_asked_for_outlives_a_restart_and_a_sleep() -> None:
    silence = Silence({"token": Outage("throttled", not_before=NOW + timedelta(minutes=10))}, NOW)
    spread, end = timedelta(seconds=20), NOW + timedelta(minutes=10)
    for state in State:
        assert agenda.first_check(health(state, None), silence, EVERY, NOW, 0, spread) == end
    assert agenda.after_a_jump(None, silence, NOW, 0, spread) == end
    assert end < agenda.at_first(silence, NOW, 0.999, spread) <= end + timedelta(minutes=1)
    assert agenda.at_first(silence, NOW + timedelta(hours=1), 0, spread) == NOW + timedelta(hours=1)


def test_a_check_dated_in_the_future_by_a_wrong_clock_is_not_waited_for() -> None:
    ahead = health(State.OK, NOW + timedelta(days=365))
    assert agenda.first_check(ahead, Silence(), EVERY, NOW, 0.5, timedelta(seconds=20)) == NOW + timedelta(seconds=10)


def test_failed_fetches_stretch_the_interval_up_to_eightfold() -> None:
    five = timedelta(minutes=5)
    waits = [agenda.next_fetch(Silence(), five, NOW, 0, failures) - NOW for failures in range(6)]
    assert waits == [five, five * 2, five * 4, five * 8, five * 8, five * 8]


def test_a_mailbox_that_asked_for_a_pause_is_not_fetched_before_its_end() -> None:
    silence = Silence({"imap": Outage("server_throttled", not_before=NOW + timedelta(minutes=20))}, NOW)
    assert agenda.next_fetch(silence, timedelta(minutes=5), NOW, 0, 0) == NOW + timedelta(minutes=20)


def test_letters_wait_while_nobody_answers_and_otherwise_for_their_own_time() -> None:
    soonest, offline = timedelta(seconds=20), Silence({"token": Outage("network")}, NOW - timedelta(minutes=3))
    assert agenda.next_sending(Silence(), NOW, NOW, soonest) == NOW + soonest
    assert agenda.next_sending(Silence(), NOW + timedelta(hours=1), NOW, soonest) == NOW + timedelta(hours=1)
    assert agenda.next_sending(offline, NOW, NOW, soonest) == NOW + timedelta(minutes=3)


def test_after_sleep_each_runs_within_the_spread_unless_it_has_just_run() -> None:
    spread = timedelta(seconds=20)
    assert agenda.after_a_jump(NOW - timedelta(hours=8), Silence(), NOW, 0.5, spread) == NOW + timedelta(seconds=10)
    assert agenda.after_a_jump(None, Silence(), NOW, 0.5, spread) == NOW + timedelta(seconds=10)
    assert agenda.after_a_jump(NOW - timedelta(seconds=3), Silence(), NOW, 0.5, spread) is None


def test_a_run_dated_in_the_future_counts_as_long_ago_after_the_clock_was_set_back() -> None:
    assert agenda.after_a_jump(NOW + timedelta(days=3), Silence(), NOW, 0, timedelta(seconds=20)) == NOW


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
