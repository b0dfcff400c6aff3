"""The next sign-in is told days ahead where it is known, by the hour where it is daily, and not at all for a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.experience import Experience, Limits
from auth.forecast import Because
from auth.provider import Session
from tray.health import Facts
from tray.outlook import Outlook, outlook

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Nine o'clock in Berlin."""
REMIND_DAYS = (14, 7, 3, 1)


def seen(
    after: timedelta,
    limit: timedelta | None = None,
    *,
    signed_in: datetime = MONDAY,
    configured: timedelta | None = None,
    clock_error: timedelta = timedelta(),
    answered: timedelta = timedelta(),
    remind_days: tuple[int, ...] = REMIND_DAYS,
    session: int = 1,
) -> Outlook:
    """So long after the sign-in, the session having been renewed until now; `limit` was learned earlier."""
    now = signed_in + after
    facts = Facts(
        session=session,
        held=Session("info@office.example", signed_in, now, clock_error),
        experience=Experience(age=Limits(stated=(limit,) if limit else ())),
        checked_at=now + clock_error - answered,
    )
    found = outlook(facts, configured, remind_days, now + clock_error, BERLIN)
    assert found
    return found


def first_told(limit: timedelta, signed_in: datetime = MONDAY, remind_days: tuple[int, ...] = REMIND_DAYS) -> datetime:
    """By the clock in Berlin, to the quarter of an hour."""
    quarters = (timedelta(minutes=15) * n for n in range(limit // timedelta(minutes=15) + 1))
    after = next(
        each for each in quarters if seen(each, limit, signed_in=signed_in, remind_days=remind_days).told is not None
    )
    return (signed_in + after).astimezone(BERLIN)


def test_a_mere_assumption_is_shown_but_nobody_is_called_for_it() -> None:
    found = seen(89 * DAY)
    assert (found.days_left, found.because, found.told) == (1, Because.SIGN_IN_FREQUENCY, None)


def test_a_known_date_is_told_on_the_days_that_are_set() -> None:
    told = [seen(day * DAY, 30 * DAY).told for day in range(31)]
    assert told == [None] * 16 + [14] * 7 + [7] * 4 + [3] * 2 + [1] * 2
    assert [seen(day * DAY, configured=30 * DAY).told for day in range(31)] == told


def test_a_short_time_that_is_configured_is_told_at_once_the_first_time_only() -> None:
    assert seen(timedelta(), configured=5 * DAY).told == 7
    assert seen(timedelta(), configured=5 * DAY, session=2).told is None
    assert seen(4 * DAY, configured=5 * DAY, session=2).told == 1


@pytest.mark.parametrize(
    ("signed_in", "first"),
    [("2026-03-02 09:00", "03-04"), ("2026-03-04 18:30", "03-06"), ("2026-03-06 07:10", "03-10")],
)
def test_a_weekly_sign_in_is_told_three_working_days_ahead_from_that_morning_on(signed_in: str, first: str) -> None:
    told = first_told(7 * DAY, datetime.fromisoformat(signed_in).replace(tzinfo=BERLIN).astimezone(UTC))
    assert f"{told:%m-%d %H:%M}" in {f"{first} 00:00", f"{first} 00:10"}


def test_a_sign_in_of_three_days_is_told_on_the_last_working_day_before() -> None:
    friday = MONDAY + 4 * DAY
    assert f"{first_told(3 * DAY, friday):%a %H:%M}" == "Fri 09:00"
    assert f"{first_told(3 * DAY, MONDAY):%a %H:%M}" == "Wed 00:00"


@pytest.mark.parametrize(
    ("signed_in", "first"),
    [
        ("09:00", "03 07:00"),  # this morning, not at one o'clock at night
        ("16:00", "03 08:00"),
        ("06:50", "02 17:00"),  # before the office opens: the evening before
    ],
)
def test_a_daily_sign_in_is_told_by_the_hour_while_somebody_may_be_there(signed_in: str, first: str) -> None:
    at = datetime.fromisoformat(f"2026-03-02 {signed_in}").replace(tzinfo=BERLIN).astimezone(UTC)
    late = first_told(DAY, at) - datetime.fromisoformat(f"2026-03-{first}").replace(tzinfo=BERLIN)
    assert timedelta() <= late < HOUR / 4


def test_whoever_wants_to_hear_late_is_told_late() -> None:
    assert first_told(7 * DAY, remind_days=(1,)) - MONDAY == 6 * DAY


def test_whoever_wants_no_reminders_gets_none() -> None:
    assert seen(30 * DAY, 30 * DAY, remind_days=()).told is None
    assert seen(DAY, DAY, remind_days=()).told is None


def test_a_limit_of_inactivity_is_told_only_when_renewals_bring_no_new_token() -> None:
    held = Session("info@office.example", MONDAY, MONDAY)
    old = Experience(age=Limits(survived=100 * DAY))
    just_started = Facts(held=held, experience=old, checked_at=MONDAY)
    answered = Facts(held=held, experience=old, checked_at=MONDAY + 80 * DAY)
    for facts, told in ((just_started, None), (answered, 14)):
        found = outlook(facts, None, REMIND_DAYS, MONDAY + 80 * DAY, BERLIN)
        assert found
        assert found.told == told


def test_nothing_is_told_on_the_strength_of_an_old_answer_or_one_from_the_future() -> None:
    assert seen(25 * DAY, 30 * DAY).told == 7
    assert seen(25 * DAY, 30 * DAY, answered=3 * DAY).told is None
    assert seen(25 * DAY, 30 * DAY, answered=-HOUR).told is None


@settings(deadline=None)
@given(st.timedeltas(timedelta(), 30 * DAY), st.timedeltas(-3650 * DAY, 3650 * DAY))
def test_a_clock_that_is_wrong_changes_neither_date_nor_days_nor_what_is_told(
    after: timedelta, clock_error: timedelta
) -> None:
    assert seen(after, 30 * DAY, clock_error=clock_error) == seen(after, 30 * DAY)


@settings(deadline=None)
@given(st.timedeltas(HOUR, 400 * DAY), st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))  # noqa: DTZ001
def test_whatever_the_limit_it_is_told_before_it_and_not_at_once(limit: timedelta, signed_in: datetime) -> None:
    at = signed_in.replace(tzinfo=UTC)
    assert seen(limit - timedelta(minutes=1), limit, signed_in=at).told is not None or limit < 8 * HOUR
    assert limit < 5 * DAY or seen(timedelta(minutes=1), limit, signed_in=at).told is None
