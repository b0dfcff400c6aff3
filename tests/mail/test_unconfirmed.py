"""What becomes of a letter of which nobody knows? A table of what *Sent* may show, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mail.letter import Letter, LetterState, next_state
from mail.send import Delivery, Result
from mail.unconfirmed import Seen, after_look, decided, provable

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
A, B = "a@example.org", "b@example.org"
FRESH = Letter(1, "info", LetterState.SENDING, "info@example.org", (A, B), (A, B), "<1@x>", 100, "", NOW)
LETTER = next_state(FRESH, Delivery(Result.UNCONFIRMED, "unconfirmed"), NOW, 0)


def look(seen: Seen, letter: Letter = LETTER, **later: float) -> Letter:
    return after_look(letter, seen, NOW + timedelta(**later), 0)


@pytest.mark.parametrize("minutes", [1, 5, 600])
def test_a_letter_found_in_sent_was_sent(minutes: int) -> None:
    letter = look(Seen.FOUND, minutes=minutes)
    assert (letter.state, letter.code, letter.pending, letter.refused) == (LetterState.SENT, "", (), {})
    assert (letter.next_attempt_at, letter.attempts) == (None, LETTER.attempts)


def test_recipients_the_server_had_put_off_are_tried_once_it_is_known_that_the_others_have_it() -> None:
    delivery = Delivery(Result.UNCONFIRMED, "unconfirmed", refused={B: "451 later"}, postponed=(B,))
    letter = look(Seen.FOUND, next_state(FRESH, delivery, NOW, 0), minutes=1)
    assert (letter.state, letter.pending) == (LetterState.QUEUED, (B,))


@pytest.mark.parametrize("seen", [Seen.ABSENT, Seen.NOTHING])
def test_a_letter_not_yet_in_sent_is_looked_for_again_for_an_hour(seen: Seen) -> None:
    times = [look(seen, minutes=after).next_attempt_at for after in (1, 2, 5, 15, 59)]
    assert times == [NOW + timedelta(minutes=after) for after in (5, 5, 15, 60, 60)]
    assert all(look(seen, minutes=after).state is LetterState.UNCONFIRMED for after in (1, 15, 59))


def test_a_letter_that_is_not_there_after_an_hour_though_others_are_is_sent_again() -> None:
    letter = look(Seen.ABSENT, minutes=60)
    assert (letter.state, letter.pending) == (LetterState.QUEUED, (A, B))
    assert letter.next_attempt_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize("seen", [Seen.NOTHING, Seen.CANNOT])
def test_where_sent_proves_nothing_the_main_app_decides(seen: Seen) -> None:
    letter = look(seen, hours=1)
    assert (letter.state, letter.next_attempt_at) == (LetterState.UNCONFIRMED, None)


def test_where_nobody_can_look_no_time_is_wasted() -> None:
    assert look(Seen.CANNOT, minutes=1).next_attempt_at is None


def test_a_server_that_cannot_be_asked_is_asked_again_for_two_days() -> None:
    assert look(Seen.NOT_ASKED, hours=5).next_attempt_at == NOW + timedelta(hours=5, minutes=15)
    letter = look(Seen.NOT_ASKED, days=2)
    assert (letter.state, letter.next_attempt_at) == (LetterState.UNCONFIRMED, None)


def test_a_copy_may_be_of_an_earlier_try_and_then_proves_nothing() -> None:
    assert provable(LETTER)
    once = next_state(FRESH, Delivery(Result.SENT, refused={B: "451"}, postponed=(B,)), NOW, 0)
    assert not provable(next_state(once, Delivery(Result.UNCONFIRMED), NOW, 0))


def test_the_main_app_may_have_it_sent_again_to_all_who_may_not_have_it() -> None:
    again = decided(LETTER, NOW)
    assert (again.state, again.pending, again.next_attempt_at, again.code) == (LetterState.QUEUED, (A, B), NOW, "")
    failed = next_state(FRESH, Delivery(Result.NEVER, "delivery_refused", answer="550 no"), NOW, 0)
    again = decided(replace(failed, waited=timedelta(days=2)), NOW)
    assert (again.pending, again.refused, again.waited, again.answer) == ((A, B), {}, timedelta(), "")
