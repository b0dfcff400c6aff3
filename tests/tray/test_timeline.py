"""What became of an account in 90 days, as tables: the journal's entries in, stretches, marks and days out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from mail.database import Database
from tray.health import State
from tray.journal import Entry, Happened, Journal
from tray.memory import MIGRATIONS
from tray.timeline import BACK, TOLD_OF, Day, Mark, Stretch, timeline

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
BEGIN = NOW - BACK


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def changed(days: float, before: State, state: State) -> Entry:
    return Entry(1, "info", days_ago(days), Happened.STATE, facts={"before": before.value, "state": state.value})


def entry(days: float, kind: Happened, **facts: int) -> Entry:
    return Entry(1, "info", days_ago(days), kind, facts=facts)


def test_states_follow_each_other_without_a_gap_up_to_now() -> None:
    entries = [changed(10, State.OK, State.OFFLINE), changed(9, State.OFFLINE, State.OK)]
    assert timeline(entries, State.OK, days_ago(9), NOW).stretches == (
        Stretch(State.OK, BEGIN, days_ago(10)),
        Stretch(State.OFFLINE, days_ago(10), days_ago(9)),
        Stretch(State.OK, days_ago(9), NOW),
    )


def test_an_account_that_is_new_begins_with_its_first_check() -> None:
    line = timeline([changed(3, State.UNKNOWN, State.OK)], State.OK, days_ago(3), NOW)
    assert line.stretches == (Stretch(State.OK, days_ago(3), NOW),)


@pytest.mark.parametrize(("since", "begin"), [(200, BEGIN), (20, days_ago(20)), (-1, NOW)])
def test_without_a_change_its_state_holds_since_it_began(since: float, begin: datetime) -> None:
    assert timeline([], State.OK, days_ago(since), NOW).stretches == (Stretch(State.OK, begin, NOW),)


def test_sign_ins_are_marks_and_what_is_older_or_ahead_is_left_out() -> None:
    entries = [
        entry(91, Happened.SIGNED_IN),
        entry(5, Happened.SIGNED_IN),
        entry(4, Happened.REFRESHED),
        entry(-1, Happened.SIGNED_OUT),
    ]
    assert timeline(entries, State.OK, BEGIN, NOW).marks == (Mark(days_ago(5), "signed_in"),)


def test_checks_are_counted_by_the_days_of_the_pc_with_their_runs() -> None:
    entries = [
        entry(2, Happened.REFRESHED, times=24),
        entry(2, Happened.REFRESH_FAILED, times=3),
        entry(2, Happened.FETCH_FAILED),
        Entry(9, "info", datetime(2026, 11, 23, 23, 30, tzinfo=UTC), Happened.REFRESHED),
    ]
    days = timeline(entries, State.OK, BEGIN, NOW, timezone(timedelta(hours=1))).days
    assert days == (Day(date(2026, 11, 22), 24, 4), Day(date(2026, 11, 24), 1, 0))


def test_it_is_read_from_the_journal(tmp_path: Path) -> None:
    clock = iter([days_ago(100), days_ago(2), days_ago(1), NOW])
    with Database(tmp_path / "state.db", MIGRATIONS) as database:
        journal = Journal(database, lambda: next(clock))
        for account, kind in (("info", Happened.SIGNED_IN),) * 2 + (
            ("info", Happened.SENT),
            ("post", Happened.SIGNED_IN),
        ):
            journal.note(account, kind)
        found = journal.since("info", BEGIN, TOLD_OF)
    assert [(each.kind, each.at) for each in found] == [("signed_in", days_ago(2))]
