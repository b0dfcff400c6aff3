"""Quiet hours, weekends and *tomorrow at nine* come out right on every day of the year, clock changes included."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.office_hours import is_quiet, quiet_ends, working_morning
from tray.settings import Notify

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Notify((time(18), time(7)))
NOON = Notify((time(12), time(13, 30)))


def at(text: str, fold: int = 0) -> datetime:
    """In Berlin, as the clock on the wall shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("notify", "when", "quiet"),
    [
        (Notify(), "2026-11-24 03:00", False),
        (NIGHT, "2026-11-24 17:59", False),
        (NIGHT, "2026-11-24 18:00", True),
        (NIGHT, "2026-11-25 06:59", True),
        (NIGHT, "2026-11-25 07:00", False),
        (NIGHT, "2026-11-28 12:00", False),
        (NOON, "2026-11-24 12:00", True),
        (NOON, "2026-11-24 13:30", False),
        (Notify(weekends=False), "2026-11-28 12:00", True),
        (Notify(weekends=False), "2026-11-29 23:59", True),
        (Notify(weekends=False), "2026-11-30 00:00", False),
        (Notify(weekends=False), "2026-11-27 23:59", False),
    ],
)
def test_quiet_hours_are_local_times(notify: Notify, when: str, quiet: bool) -> None:  # noqa: FBT001  of the table
    assert is_quiet(at(when), notify, BERLIN) is quiet
    assert is_quiet(at(when).astimezone(UTC), notify, BERLIN) is quiet


@pytest.mark.parametrize(
    ("notify", "when", "ends"),
    [
        (NIGHT, "2026-11-24 12:00", "2026-11-24 12:00"),
        (NIGHT, "2026-11-24 19:00", "2026-11-25 07:00"),
        (NIGHT, "2026-11-25 03:00", "2026-11-25 07:00"),
        (NOON, "2026-11-24 12:10", "2026-11-24 13:30"),
        (Notify((time(18), time(7)), weekends=False), "2026-11-27 20:00", "2026-11-30 07:00"),
        (Notify(weekends=False), "2026-11-28 12:00", "2026-11-30 00:00"),
        (NIGHT, "2027-03-27 23:00", "2027-03-28 07:00"),  # the clock goes forward in between
        (NIGHT, "2026-10-24 23:00", "2026-10-25 07:00"),  # and back
        (Notify((time(22), time(2, 30))), "2027-03-28 01:30", "2027-03-28 03:30"),  # 02:30 does not exist
    ],
)
def test_quiet_hours_end_when_the_clock_on_the_wall_says_so(notify: Notify, when: str, ends: str) -> None:
    assert quiet_ends(at(when), notify, BERLIN) == at(ends)


def test_an_end_that_comes_twice_is_not_waited_for_in_vain() -> None:
    within = at("2026-10-25 02:15", fold=1)
    ends = quiet_ends(within, Notify((time(22), time(2, 30))), BERLIN)
    assert ends == at("2026-10-25 02:30", fold=1).astimezone(UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  hypothesis' own
    st.tuples(st.times(), st.times()).filter(lambda both: both[0] != both[1]),
    st.booleans(),
)
def test_quiet_hours_always_end_within_four_days(
    moment: datetime,
    quiet: tuple[time, time],
    weekends: bool,  # noqa: FBT001  hypothesis'
) -> None:
    notify = Notify((quiet[0].replace(second=0, microsecond=0), quiet[1].replace(second=0, microsecond=0)), weekends)
    if notify.quiet and notify.quiet[0] == notify.quiet[1]:
        return
    ends = quiet_ends(moment, notify, BERLIN)
    assert not is_quiet(ends, notify, BERLIN)
    assert moment <= ends <= moment + timedelta(days=4)


@pytest.mark.parametrize(
    ("when", "days", "morning"),
    [
        ("2026-11-24 16:00", 1, "2026-11-25 09:00"),
        ("2026-11-27 16:00", 1, "2026-11-30 09:00"),  # Friday: Monday
        ("2026-11-28 10:00", 1, "2026-11-30 09:00"),
        ("2026-11-29 23:59", 1, "2026-11-30 09:00"),
        ("2026-11-24 16:00", 7, "2026-12-01 09:00"),
        ("2026-11-23 16:00", 5, "2026-11-30 09:00"),
        ("2027-03-26 16:00", 1, "2027-03-29 09:00"),  # over the weekend the clock goes forward
        ("2026-10-23 16:00", 1, "2026-10-26 09:00"),  # and back
    ],
)
def test_tomorrow_is_nine_oclock_of_a_working_day(when: str, days: int, morning: str) -> None:
    assert working_morning(at(when), days, BERLIN) == at(morning)
    assert working_morning(at(when).astimezone(UTC), days, BERLIN).tzinfo is UTC


def test_without_a_zone_it_is_the_systems() -> None:
    morning = working_morning(datetime.now(UTC))
    assert morning.astimezone().hour == 9
