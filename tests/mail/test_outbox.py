"""Is an accepted letter kept, counted and settled, whatever comes between?"""

from __future__ import annotations

import threading
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

ME, YOU, THEM = "info@example.org", "you@example.org", "them@example.org"
SENT = Delivery(Result.SENT, answer="250 ok")
LATER = Delivery(Result.LATER, "server_fault", "4.3.0", "451 later")
NEVER = Delivery(Result.NEVER, "delivery_refused", "5.0.0", "550 no")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, 30, 15, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        yield database


@pytest.fixture
def outbox(database: Database, clock: Clock) -> Outbox:
    return Outbox(database, clock, lambda: 0)


def envelope(number: int = 1, *to: str) -> Envelope:
    raw = f"Message-ID: <{number}@x>\r\n\r\nletter {number}\r\n".encode()
    return Envelope(ME, to or (YOU,), raw, f"<{number}@x>")


def test_an_accepted_letter_is_queued_and_due_at_once(outbox: Outbox, clock: Clock) -> None:
    letter = outbox.accept("info", envelope(1, YOU, THEM))
    assert (letter.state, letter.account, letter.sender) == (LetterState.QUEUED, "info", ME)
    assert (letter.recipients, letter.pending) == ((YOU, THEM), (YOU, THEM))
    assert (letter.accepted_at, letter.next_attempt_at, letter.attempts) == (clock.now, clock.now, 0)
    assert outbox.due("info", clock.now) == [letter]
    assert outbox.next_due("info") == clock.now
    assert outbox.get(letter.id) == letter
    assert outbox.envelope(letter) == envelope(1, YOU, THEM)


def test_an_accepted_letter_survives_the_end_of_the_program(outbox: Outbox, database: Database, tmp_path: Path) -> None:
    letter = outbox.accept("info", envelope())
    database.close()
    with Database(tmp_path / "post.db", MIGRATIONS) as again:
        assert Outbox(again).list() == [letter]
        assert Outbox(again).envelope(letter) == envelope()


def test_letters_are_due_in_the_order_of_acceptance_and_each_account_has_its_own(outbox: Outbox) -> None:
    for number in (1, 2, 3):
        outbox.accept("info", envelope(number))
    outbox.accept("other", envelope(4))
    assert [letter.message_id for letter in outbox.due("info")] == ["<1@x>", "<2@x>", "<3@x>"]
    assert [letter.message_id for letter in outbox.due("other")] == ["<4@x>"]
    assert outbox.next_due("nobody") is None


def test_the_same_key_and_letter_is_one_letter(outbox: Outbox) -> None:
    first = outbox.accept("info", envelope(), "key")
    assert outbox.accept("info", envelope(), "key") == first
    outbox.mark_sending(first.id)
    sent = outbox.settle(first.id, SENT)
    assert outbox.accept("info", envelope(), "key") == sent
    assert len(outbox.list()) == 1


def test_the_same_fields_with_the_same_key_are_one_letter_though_made_anew(outbox: Outbox) -> None:
    first = outbox.accept("info", compose(ME, to=[YOU], text="x"), "key")
    assert outbox.accept("info", compose(ME, to=[YOU], text="x"), "key") == first


@pytest.mark.parametrize("other", [envelope(2), envelope(1, THEM), Envelope(YOU, (YOU,), envelope().raw)])
def test_a_key_used_for_another_letter_is_refused(outbox: Outbox, other: Envelope) -> None:
    first = outbox.accept("info", envelope(), "key")
    with pytest.raises(StoreProblem) as told:
        outbox.accept("info", other, "key")
    assert told.value.code == "idempotency_key_reused"
    assert outbox.list() == [first]


def test_a_key_belongs_to_its_account_and_no_key_means_another_letter(outbox: Outbox) -> None:
    outbox.accept("info", envelope(), "key")
    outbox.accept("other", envelope(), "key")
    outbox.accept("info", envelope())
    outbox.accept("info", envelope())
    assert len(outbox.list()) == 4


def test_many_threads_with_one_key_make_one_letter(outbox: Outbox) -> None:
    ids: list[int] = []
    threads = [
        threading.Thread(target=lambda: ids.append(outbox.accept("info", envelope(), "key").id)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1


def test_a_letter_being_handed_over_is_no_longer_due(outbox: Outbox) -> None:
    letter = outbox.accept("info", envelope())
    assert outbox.mark_sending(letter.id).state is LetterState.SENDING
    assert outbox.due("info") == []
    assert outbox.next_due("info") is None
    with pytest.raises(LetterNotFound):
        outbox.mark_sending(letter.id)


def test_a_sent_letter_is_kept_without_its_bytes(outbox: Outbox, database: Database) -> None:
    letter = outbox.accept("info", envelope())
    outbox.mark_sending(letter.id)
    sent = outbox.settle(letter.id, SENT)
    assert sent == outbox.get(letter.id)
    assert sent.state is LetterState.SENT
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM letter_raw").fetchone() == (0,)


def test_a_letter_put_off_comes_back_when_its_time_has_come(outbox: Outbox, clock: Clock) -> None:
    letter = outbox.accept("info", envelope())
    waiting = outbox.settle(letter.id, LATER)
    assert waiting == outbox.get(letter.id)
    assert outbox.due("info") == []
    assert outbox.next_due("info") == clock.now + timedelta(minutes=1)
    clock.goes_on(seconds=59)
    assert outbox.due("info") == []
    clock.goes_on(seconds=1)
    assert outbox.due("info") == [waiting]


def test_letters_put_off_together_keep_their_order_and_a_new_one_waits_behind_them(
    outbox: Outbox, clock: Clock
) -> None:
    first = outbox.accept("info", envelope(1))
    outbox.settle(first.id, LATER)
    outbox.settle(first.id, LATER)  # it has come further in its pauses than the second
    outbox.accept("info", envelope(2))
    clock.goes_on(minutes=2)
    put_off = outbox.put_off(outbox.due("info"), LATER)
    assert {letter.next_attempt_at for letter in put_off} == {clock.now + timedelta(minutes=5)}
    third = outbox.accept("info", envelope(3))
    assert third.next_attempt_at == clock.now + timedelta(minutes=5)
    assert outbox.accept("other", envelope(4)).next_attempt_at == clock.now
    assert outbox.due("info") == []
    clock.goes_on(minutes=5)
    assert [letter.message_id for letter in outbox.due("info")] == ["<1@x>", "<2@x>", "<3@x>"]


def test_a_letter_put_off_for_itself_holds_up_nobody(outbox: Outbox) -> None:
    first = outbox.accept("info", envelope(1))
    outbox.settle(first.id, LATER)
    outbox.accept("info", envelope(2))
    assert [letter.message_id for letter in outbox.due("info")] == ["<2@x>"]


def test_a_letter_over_which_the_connection_broke_goes_behind_the_others(outbox: Outbox, clock: Clock) -> None:
    """So one letter that a server chokes on does not hold up those behind it."""
    poison = outbox.accept("info", envelope(1))
    outbox.accept("info", envelope(2))
    outbox.put_off(outbox.due("info"), LATER, stumbled=poison.id)
    clock.goes_on(minutes=5)
    assert [letter.message_id for letter in outbox.due("info")] == ["<2@x>", "<1@x>"]


def test_a_letter_withdrawn_meanwhile_is_not_put_off(outbox: Outbox) -> None:
    letters = [outbox.accept("info", envelope(number)) for number in (1, 2)]
    outbox.cancel(letters[0].id)
    assert [letter.id for letter in outbox.put_off(letters, LATER)] == [letters[1].id]


def test_what_is_held_back_waits_without_a_try(outbox: Outbox, clock: Clock) -> None:
    letters = [outbox.accept("info", envelope(number)) for number in (1, 2)]
    until = clock.now + timedelta(seconds=40)
    outbox.hold("info", until, "sending_paced")
    assert outbox.due("info") == []
    found = outbox.get(letters[1].id)
    assert (found.next_attempt_at, found.attempts, found.code) == (until, 0, "sending_paced")
    assert found.waited == timedelta()
    clock.goes_on(seconds=40)
    assert [letter.id for letter in outbox.due("info")] == [letter.id for letter in letters]


def test_once_the_trouble_is_over_all_that_waited_for_it_is_due_and_only_the_time_waited_counts(
    outbox: Outbox, clock: Clock
) -> None:
    letters = [outbox.accept("info", envelope(number)) for number in (1, 2)]
    other = outbox.accept("other", envelope(3))
    outbox.put_off([*letters, other], LATER)
    untried = outbox.accept("info", envelope(4))
    clock.goes_on(seconds=20)
    outbox.hasten("info")
    assert [letter.id for letter in outbox.due("info")] == [*(letter.id for letter in letters), untried.id]
    assert {letter.waited for letter in outbox.due("info")} == {timedelta(seconds=20), timedelta()}
    assert outbox.due("other") == []


def test_a_letter_that_was_put_off_for_itself_keeps_its_time(outbox: Outbox) -> None:
    outbox.settle(outbox.accept("info", envelope()).id, LATER)
    outbox.hasten("info")
    assert outbox.due("info") == []


@pytest.mark.parametrize("code", ["sending_paced", "server_throttled", "sending_limit"])
def test_a_pause_for_the_sake_of_a_limit_is_kept_by_all(outbox: Outbox, clock: Clock, code: str) -> None:
    outbox.accept("info", envelope(1))
    outbox.hold("info", clock.now + timedelta(hours=1), code)
    outbox.accept("info", envelope(2))
    outbox.hasten("info")
    assert outbox.due("info") == []


def test_a_pause_that_a_wrong_clock_planned_holds_up_nothing_new(outbox: Outbox, clock: Clock) -> None:
    clock.goes_on(days=400)
    outbox.accept("info", envelope(1))
    outbox.hold("info", clock.now + timedelta(hours=1), "sending_paced")
    clock.goes_on(days=-400)
    assert outbox.accept("info", envelope(2)).next_attempt_at == clock.now
    assert len(outbox.due("info")) == 2


def test_a_repetition_is_known_before_anything_else_is_asked(outbox: Outbox) -> None:
    first = outbox.accept("info", envelope(), "key")
    assert outbox.repeated("info", envelope(), "key") == first
    assert outbox.repeated("info", envelope(), "other") is None
    assert outbox.repeated("info", envelope(), "") is None
    assert outbox.repeated("other", envelope(), "key") is None
    with pytest.raises(StoreProblem, match="idempotency_key_reused"):
        outbox.repeated("info", envelope(2), "key")


def test_only_pending_recipients_are_tried_again(outbox: Outbox) -> None:
    letter = outbox.accept("info", envelope(1, YOU, THEM))
    waiting = outbox.settle(letter.id, Delivery(Result.SENT, refused={THEM: "451"}, postponed=(THEM,)))
    assert waiting.state is LetterState.QUEUED
    assert outbox.envelope(waiting).recipients == (THEM,)
    assert outbox.get(letter.id).recipients == (YOU, THEM)


def test_what_was_being_handed_over_at_the_end_is_unconfirmed_at_the_start(outbox: Outbox, clock: Clock) -> None:
    letters = [outbox.accept("info", envelope(number)) for number in (1, 2)]
    other = outbox.accept("other", envelope(3))
    outbox.mark_sending(letters[0].id)
    outbox.mark_sending(other.id)
    assert [letter.id for letter in outbox.recover("other")] == [other.id]
    assert [letter.id for letter in outbox.recover()] == [letters[0].id]
    assert outbox.recover() == []
    found = outbox.get(letters[0].id)
    assert (found.state, found.code, found.ended_at) == (LetterState.UNCONFIRMED, "unconfirmed", clock.now)
    assert [letter.id for letter in outbox.due("info")] == [letters[1].id]


def test_a_waiting_letter_can_be_taken_back(outbox: Outbox) -> None:
    letter = outbox.accept("info", envelope(), "key")
    assert outbox.cancel(letter.id) == letter
    assert outbox.list() == []
    for use in (outbox.cancel, outbox.get, outbox.mark_sending, lambda number: outbox.settle(number, SENT)):
        with pytest.raises(LetterNotFound) as told:
            use(letter.id)
        assert told.value.facts == {"letter": letter.id}
    with pytest.raises(LetterNotFound):
        outbox.envelope(letter)


@pytest.mark.parametrize("delivery", [NEVER, Delivery(Result.UNCONFIRMED, "unconfirmed")])
def test_what_failed_can_be_cleared_away(outbox: Outbox, delivery: Delivery) -> None:
    letter = outbox.accept("info", envelope())
    outbox.cancel(outbox.settle(letter.id, delivery).id)
    assert outbox.list() == []


def test_what_is_under_way_or_sent_cannot_be_taken_back(outbox: Outbox) -> None:
    letter = outbox.accept("info", envelope())
    outbox.mark_sending(letter.id)
    for state in ("sending", "sent"):
        with pytest.raises(StoreProblem) as told:
            outbox.cancel(letter.id)
        assert (told.value.code, told.value.facts) == ("letter_not_cancellable", {"letter": letter.id, "state": state})
        outbox.settle(letter.id, SENT)


def test_taking_back_a_letter_that_some_have_got_gives_the_others_up(outbox: Outbox) -> None:
    letter = outbox.accept("info", envelope(1, YOU, THEM))
    outbox.settle(letter.id, Delivery(Result.SENT, refused={THEM: "451 busy"}, postponed=(THEM,)))
    ended = outbox.cancel(letter.id)
    assert ended.state is LetterState.SENT
    assert ended.refused == {THEM: "451 busy"}
    assert outbox.get(letter.id) == ended


def test_every_state_is_counted(outbox: Outbox) -> None:
    assert outbox.counts() == {"queued": 0, "sending": 0, "sent": 0, "failed": 0, "unconfirmed": 0}
    ids = [outbox.accept("info", envelope(number)).id for number in range(5)]
    outbox.mark_sending(ids[0])
    for number, delivery in zip(ids[1:], (SENT, NEVER, Delivery(Result.UNCONFIRMED)), strict=False):
        outbox.settle(number, delivery)
    assert outbox.counts() == {"queued": 1, "sending": 1, "sent": 1, "failed": 1, "unconfirmed": 1}


def test_the_list_has_a_cursor_and_can_be_of_one_account_or_state(outbox: Outbox) -> None:
    ids = [outbox.accept("info", envelope(number)).id for number in range(5)]
    other = outbox.accept("other", envelope()).id
    outbox.settle(ids[2], NEVER)
    assert [each.id for each in outbox.list(limit=2)] == ids[:2]
    assert [each.id for each in outbox.list(after=ids[1], limit=2)] == ids[2:4]
    assert [each.id for each in outbox.list("other")] == [other]
    assert [each.id for each in outbox.list(state="failed")] == [ids[2]]
    assert [each.id for each in outbox.list("info", newest=True, limit=2)] == [ids[4], ids[3]]


def test_a_letter_shows_none_of_its_content(outbox: Outbox) -> None:
    letter = outbox.accept("info", envelope())
    assert "letter 1" not in repr(letter) + repr(outbox.envelope(letter))
