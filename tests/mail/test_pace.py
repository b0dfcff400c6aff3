"""Are a server's limits kept, and no letter held back longer than they ask?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mail.mailbox import UNLIMITED, Limits
from mail.pace import DAY, MINUTE, Handover, free_at

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
EXCHANGE = Limits(30, 10_000)


def ago(*seconds: float, recipients: int = 1) -> list[Handover]:
    return [Handover(NOW - timedelta(seconds=each), recipients) for each in sorted(seconds, reverse=True)]


def test_the_first_thirty_letters_go_at_once_and_the_next_when_the_first_is_a_minute_old() -> None:
    assert free_at(ago(*range(29)), 1, EXCHANGE, NOW) is None
    assert free_at(ago(*range(30)), 1, EXCHANGE, NOW) == NOW - timedelta(seconds=29) + MINUTE
    assert free_at(ago(*range(40)), 1, EXCHANGE, NOW) == NOW - timedelta(seconds=29) + MINUTE
    assert free_at(ago(*range(62, 200)), 1, EXCHANGE, NOW) is None


def test_a_letter_waits_until_enough_of_the_days_recipients_no_longer_count() -> None:
    past = ago(7200, recipients=500) + ago(3600, recipients=9_000)
    assert free_at(past, 500, EXCHANGE, NOW) is None
    assert free_at(past, 501, EXCHANGE, NOW) == past[0].at + DAY
    assert free_at(past, 1_001, EXCHANGE, NOW) == past[1].at + DAY


def test_a_letter_over_the_limit_by_itself_goes_when_nothing_else_counts() -> None:
    assert free_at([], 20_000, EXCHANGE, NOW) is None
    past = ago(3600)
    assert free_at(past, 20_000, EXCHANGE, NOW) == past[0].at + DAY


def test_a_server_without_limits_holds_up_nothing() -> None:
    assert free_at(ago(*[0.0] * 500, recipients=1_000), 1_000, UNLIMITED, NOW) is None


@given(st.lists(st.integers(1, 700), max_size=400), st.integers(1, 60), st.integers(1_000, 5_000))
def test_however_the_letters_come_no_minute_and_no_day_gets_more_than_is_allowed(
    letters: Sequence[int], a_minute: int, a_day: int
) -> None:
    limits, now, past = Limits(a_minute, a_day), NOW, list[Handover]()
    for recipients in letters:
        while until := free_at(past, recipients, limits, now):
            assert until > now
            now = until
        past.append(Handover(now, recipients))
    for number, each in enumerate(past):
        minute = [other for other in past[: number + 1] if other.at > each.at - timedelta(minutes=1)]
        day = [other for other in past[: number + 1] if other.at > each.at - timedelta(days=1)]
        assert len(minute) <= a_minute
        assert sum(other.recipients for other in day) <= a_day
