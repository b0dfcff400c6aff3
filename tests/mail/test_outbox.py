"""Accepted means committed; the same key is the same letter; what was under way at a crash is unconfirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mail.compose import compose
from mail.database import Database
from mail.letter import LetterState
from mail.outbox import LetterNotFound, Outbox
from mail.problems import StoreProblem
from mail.schema import MIGRATIONS
from mail.send import Delivery, Envelope, Result


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "post.db", MIGRATIONS) as opened:
        yield opened


@pytest.fixture
def outbox(database: Database, clock: Clock) -> Outbox:
    return Outbox(database, clock, lambda: 0)


def letter(subject: str = "Hello") -> Envelope:
    return compose("info@office.example", to=("a@x.example",), subject=subject, text="text")


def test_an_accepted_letter_outlives_a_restart(
    outbox: Outbox, database: Database, tmp_path: Path, clock: Clock
) -> None:
    envelope = letter()
    accepted = outbox.accept("info", envelope)
    database.close()
    with Database(tmp_path / "post.db", MIGRATIONS) as again:
        kept = Outbox(again, clock)
        assert [each.id for each in kept.due("info")] == [accepted.id]
        assert kept.envelope(accepted).raw == envelope.raw


def test_the_same_key_is_the_same_letter_and_another_letter_under_it_is_refused(outbox: Outbox) -> None:
    first = outbox.accept("info", letter(), "order-1")
    assert outbox.accept("info", letter(), "order-1").id == first.id
    assert outbox.accept("other", letter(), "order-1").id != first.id
    with pytest.raises(StoreProblem) as refused:
        outbox.accept("info", letter("Something else"), "order-1")
    assert refused.value.code == "idempotency_key_reused"


def test_what_was_being_handed_over_at_a_crash_is_unconfirmed_and_the_rest_still_queued(outbox: Outbox) -> None:
    one, two = outbox.accept("info", letter()), outbox.accept("info", letter())
    outbox.mark_sending(one.id)
    outbox.recover()
    assert outbox.get(one.id).state is LetterState.UNCONFIRMED
    assert [each.id for each in outbox.due("info")] == [two.id]


def test_a_letter_that_waits_is_due_at_its_time(outbox: Outbox, clock: Clock) -> None:
    accepted = outbox.accept("info", letter())
    outbox.settle(accepted.id, Delivery(Result.LATER, "server_throttled", retry_after=timedelta(minutes=7)))
    assert outbox.due("info") == []
    assert outbox.next_due("info") == clock.now + timedelta(minutes=7)
    clock.now += timedelta(minutes=7)
    assert [each.id for each in outbox.due("info")] == [accepted.id]


def test_a_clock_that_was_years_ahead_freezes_no_letter(outbox: Outbox, clock: Clock) -> None:
    right = clock.now
    clock.now = right + timedelta(days=5000)
    accepted = outbox.accept("info", letter())
    clock.now = right
    assert [each.id for each in outbox.due("info")] == [accepted.id]
    assert outbox.next_due("info") == right


def test_a_cancelled_letter_is_gone_and_one_on_its_way_cannot_be_cancelled(outbox: Outbox) -> None:
    waiting, leaving = outbox.accept("info", letter()), outbox.accept("info", letter())
    outbox.cancel(waiting.id)
    with pytest.raises(LetterNotFound):
        outbox.get(waiting.id)
    outbox.mark_sending(leaving.id)
    with pytest.raises(StoreProblem) as refused:
        outbox.cancel(leaving.id)
    assert refused.value.code == "letter_not_cancellable"


def test_letters_of_an_account_that_was_removed_have_failed_and_say_why(outbox: Outbox) -> None:
    gone, other = outbox.accept("info", letter()), outbox.accept("other", letter())
    outbox.give_up("info", "account_removed")
    assert (outbox.get(gone.id).state, outbox.get(gone.id).code) == (LetterState.FAILED, "account_removed")
    assert outbox.get(other.id).state is LetterState.QUEUED


def test_of_a_sent_letter_only_the_record_stays(outbox: Outbox, database: Database) -> None:
    accepted = outbox.accept("info", letter())
    outbox.mark_sending(accepted.id)
    outbox.settle(accepted.id, Delivery(Result.SENT))
    assert outbox.counts() == {"queued": 0, "sending": 0, "sent": 1, "failed": 0, "unconfirmed": 0}
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM letter_raw").fetchone() == (0,)
