"""What becomes of a letter after a try? A table of answers, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mail.letter import GIVE_UP_AFTER, Letter, LetterState, next_state, wait
from mail.send import Delivery, Result

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
A, B, C = "a@example.org", "b@example.org", "c@example.org"
LETTER = Letter(
    id=1,
    account="info",
    state=LetterState.SENDING,
    sender="info@example.org",
    recipients=(A, B, C),
    pending=(A, B, C),
    message_id="<1@example.org>",
    size=100,
    idempotency_key="",
    accepted_at=NOW - timedelta(minutes=1),
)
LATER = Delivery(Result.LATER, "server_fault", "4.3.0", "451 later")
NEVER = Delivery(Result.NEVER, "delivery_refused", "5.0.0", "550 no")


def after(delivery: Delivery, letter: Letter = LETTER, now: datetime = NOW) -> Letter:
    return next_state(letter, delivery, now, 0)


def test_a_letter_that_was_taken_is_sent() -> None:
    letter = after(Delivery(Result.SENT, answer="250 ok"))
    assert letter.state is LetterState.SENT
    assert (letter.pending, letter.refused, letter.code) == ((), {}, "")
    assert (letter.attempts, letter.ended_at, letter.next_attempt_at) == (1, NOW, None)


def test_a_letter_refused_for_good_failed_with_the_servers_words() -> None:
    letter = after(NEVER)
    assert letter.state is LetterState.FAILED
    assert (letter.code, letter.server_code, letter.answer) == ("delivery_refused", "5.0.0", "550 no")
    assert letter.refused == {A: "550 no", B: "550 no", C: "550 no"}
    assert letter.ended_at == NOW


def test_a_letter_put_off_waits_and_says_why() -> None:
    letter = after(LATER)
    assert letter.state is LetterState.QUEUED
    assert letter.next_attempt_at == NOW + timedelta(minutes=1)
    assert (letter.code, letter.answer, letter.attempts, letter.ended_at) == ("server_fault", "451 later", 1, None)
    assert letter.pending == (A, B, C)


def test_what_nobody_knows_is_unconfirmed_and_looked_up_a_minute_later() -> None:
    letter = after(Delivery(Result.UNCONFIRMED, "unconfirmed", answer="timed out"))
    assert letter.state is LetterState.UNCONFIRMED
    assert letter.next_attempt_at == NOW + timedelta(minutes=1)
    assert letter.ended_at == NOW


def test_a_partly_refused_letter_is_sent_and_keeps_who_was_refused() -> None:
    letter = after(Delivery(Result.SENT, answer="250 ok", refused={B: "550 unknown"}))
    assert letter.state is LetterState.SENT
    assert letter.code == "recipients_refused"
    assert letter.refused == {B: "550 unknown"}


def test_recipients_put_off_are_tried_again_alone() -> None:
    first = after(Delivery(Result.SENT, refused={B: "550 unknown", C: "451 greylisted"}, postponed=(C,)))
    assert first.state is LetterState.QUEUED
    assert first.pending == (C,)
    second = after(Delivery(Result.SENT), first)
    assert second.state is LetterState.SENT
    assert second.refused == {B: "550 unknown"}


def test_the_last_recipients_being_refused_leaves_the_letter_sent_to_the_others() -> None:
    first = after(Delivery(Result.SENT, refused={C: "451 greylisted"}, postponed=(C,)))
    second = after(Delivery(Result.NEVER, "recipient_unknown", answer="550 unknown", refused={C: "550 unknown"}), first)
    assert second.state is LetterState.SENT
    assert second.code == "recipients_refused"
    assert second.refused == {C: "550 unknown"}


def test_recipients_refused_for_good_are_not_tried_again_with_those_put_off() -> None:
    letter = after(Delivery(Result.LATER, "server_fault", refused={A: "550", B: "451", C: "451"}, postponed=(B, C)))
    assert letter.state is LetterState.QUEUED
    assert letter.pending == (B, C)
    assert after(Delivery(Result.SENT), letter).refused == {A: "550"}


def test_a_letter_that_reached_nobody_is_never_called_sent() -> None:
    first = after(Delivery(Result.LATER, "x", refused={A: "550", B: "451", C: "451"}, postponed=(B, C)))
    assert after(NEVER, first).state is LetterState.FAILED


STEPS = [1, 2, 5, 10, 15, 30, 60, 60, 60]


def test_the_waits_grow_to_an_hour() -> None:
    letter, waits = LETTER, []
    for _ in STEPS:
        letter = after(LATER, letter)
        assert letter.next_attempt_at
        waits.append((letter.next_attempt_at - NOW) / timedelta(minutes=1))
    assert waits == STEPS


def test_a_server_that_says_how_long_is_heeded() -> None:
    assert wait(1, 0, timedelta(hours=4)) == timedelta(hours=4)
    assert wait(7, 0, timedelta(seconds=1)) == timedelta(hours=1)
    assert wait(1, 1, timedelta(hours=4)) > timedelta(hours=4)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_wait_is_never_shorter_than_its_step_and_at_most_a_fifth_longer(attempts: int, chance: float) -> None:
    assert wait(attempts, 0) <= wait(attempts, chance) <= wait(attempts, 0) * 1.2
    assert wait(attempts, chance) <= wait(attempts + 1, 1)


def test_two_days_of_trying_end_in_failure_with_the_last_words() -> None:
    letter, now, tries = LETTER, NOW, 0
    while letter.state is not LetterState.FAILED:
        letter = after(LATER, letter, now)
        now = letter.next_attempt_at or now
        tries += 1
        assert tries < 100
    assert now - NOW >= GIVE_UP_AFTER
    assert now - NOW < GIVE_UP_AFTER + timedelta(hours=2)
    assert (letter.code, letter.answer) == ("server_fault", "451 later")


def test_a_pc_that_was_off_for_days_is_no_reason_to_give_up() -> None:
    letter = after(LATER)
    for days in range(1, 40, 5):  # nor was one in which nobody had signed in
        letter = after(LATER, letter, NOW + timedelta(days=days))
        assert letter.state is LetterState.QUEUED


def test_a_limit_of_the_server_is_waited_for_however_long_it_takes() -> None:
    letter, now = LETTER, NOW
    for _ in range(100):
        letter = after(Delivery(Result.LATER, "sending_limit", retry_after=timedelta(hours=4)), letter, now)
        assert letter.state is LetterState.QUEUED
        now = letter.next_attempt_at or now
    assert now - NOW > timedelta(days=10)


def test_giving_up_the_last_recipients_leaves_the_letter_sent_to_the_others() -> None:
    letter = after(Delivery(Result.SENT, answer="451", refused={C: "451 busy"}, postponed=(C,)))
    letter = replace(letter, waited=GIVE_UP_AFTER)
    ended = after(replace(LATER, refused={C: "451 busy"}, postponed=(C,)), letter, NOW + timedelta(days=3))
    assert ended.state is LetterState.SENT
    assert ended.refused == {C: "451 busy"}
    assert ended.pending == ()


@st.composite
def deliveries(draw: st.DrawFn) -> Delivery:
    result = draw(st.sampled_from(Result))
    refused = dict.fromkeys(draw(st.sets(st.sampled_from([A, B, C]))), "no")
    postponed = tuple(who for who in refused if draw(st.booleans()))
    return Delivery(result, "code", refused=refused, postponed=postponed)


@given(st.lists(deliveries(), min_size=1, max_size=30))
def test_whatever_the_server_says_no_recipient_is_lost(answers: list[Delivery]) -> None:
    """Each is taken, refused with words, or still pending; taken ones are never tried again."""
    letter, taken = LETTER, set[str]()
    for number, answer in enumerate(answers):
        refused = {who: words for who, words in answer.refused.items() if who in letter.pending}
        if answer.result is Result.SENT and len(refused) == len(letter.pending):
            continue  # a server that took nobody did not take the letter
        real = replace(answer, refused=refused, postponed=tuple(who for who in answer.postponed if who in refused))
        if answer.result is Result.SENT:
            taken |= set(letter.pending) - refused.keys()
        letter = after(real, letter, NOW + timedelta(hours=3 * number))
        assert not taken & set(letter.pending)
        assert not taken & letter.refused.keys()
        assert taken | set(letter.pending) | letter.refused.keys() == {A, B, C}
        goes_on = {LetterState.QUEUED, LetterState.UNCONFIRMED}
        assert (letter.state in goes_on) == (letter.next_attempt_at is not None)
        if letter.state is LetterState.SENT:
            assert taken
            assert not letter.pending
        if letter.state is LetterState.FAILED:
            assert not taken
        if letter.state is not LetterState.QUEUED:
            return
