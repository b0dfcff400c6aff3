"""What becomes of a letter after a try: sent, later, never, or nobody knows; each recipient on its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mail.letter import FEWEST_ATTEMPTS, GIVE_UP_AFTER, LONGEST_WAIT, Letter, LetterState, next_state, wait
from mail.send import Delivery, Result

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TO = ("a@x.example", "b@x.example")
NEW = Letter(1, "info", LetterState.SENDING, "info@office.example", TO, TO, "<1@x>", 10, "", NOW)


def test_a_letter_that_everybody_got_is_sent() -> None:
    after = next_state(NEW, Delivery(Result.SENT), NOW, 0)
    assert (after.state, after.pending, after.refused, after.ended_at) == (LetterState.SENT, (), {}, NOW)


def test_a_recipient_that_is_refused_for_good_is_kept_with_the_servers_words_and_the_letter_is_sent() -> None:
    after = next_state(NEW, Delivery(Result.SENT, refused={TO[1]: "550 no such user"}), NOW, 0)
    assert (after.state, after.refused, after.code) == (
        LetterState.SENT,
        {TO[1]: "550 no such user"},
        "recipients_refused",
    )


def test_a_recipient_that_is_put_off_is_tried_again_alone() -> None:
    delivery = Delivery(Result.SENT, refused={TO[1]: "450 greylisted"}, postponed=(TO[1],))
    waiting = next_state(NEW, delivery, NOW, 0)
    assert (waiting.state, waiting.pending) == (LetterState.QUEUED, (TO[1],))
    assert waiting.next_attempt_at == NOW + timedelta(minutes=1)
    done = next_state(waiting, Delivery(Result.SENT), NOW, 0)
    assert (done.state, done.refused) == (LetterState.SENT, {})


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 5), (4, 10), (5, 15), (6, 30), (7, 60), (99, 60)]
)
def test_the_pauses_grow_up_to_an_hour(attempts: int, minutes: int) -> None:
    assert wait(attempts, 0) == timedelta(minutes=minutes)
    assert wait(attempts, 0) <= wait(attempts, 0.999) <= wait(attempts, 0) * 1.2


def test_a_pause_is_never_shorter_than_the_server_asks_for_and_never_endless() -> None:
    assert wait(1, 0, timedelta(minutes=7)) == timedelta(minutes=7)
    assert wait(1, 0, timedelta(days=400)) == LONGEST_WAIT


def test_a_letter_is_given_up_after_two_days_of_tries_but_not_because_the_pc_was_off() -> None:
    later = Delivery(Result.LATER, "server_unreachable")
    off = replace(NEW, attempts=2, first_attempt_at=NOW - GIVE_UP_AFTER * 5)
    assert next_state(off, later, NOW, 0).state is LetterState.QUEUED
    tried = replace(NEW, attempts=FEWEST_ATTEMPTS, first_attempt_at=NOW - GIVE_UP_AFTER)
    assert next_state(tried, later, NOW, 0).state is LetterState.FAILED


def test_a_letter_that_is_refused_as_a_whole_has_failed_with_the_servers_words() -> None:
    after = next_state(NEW, Delivery(Result.NEVER, "send_as_denied", "5.7.60", "5.7.60 no permission"), NOW, 0)
    assert (after.state, after.code, after.server_code) == (LetterState.FAILED, "send_as_denied", "5.7.60")
    assert set(after.refused) == set(TO)


def test_a_letter_whose_answer_got_lost_is_unconfirmed_and_not_tried_again() -> None:
    after = next_state(NEW, Delivery(Result.UNCONFIRMED, "unconfirmed"), NOW, 0)
    assert (after.state, after.next_attempt_at, after.pending) == (LetterState.UNCONFIRMED, None, TO)
