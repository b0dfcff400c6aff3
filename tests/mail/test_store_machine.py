"""Store and outbox against a model: whatever is asked of them in whatever order, they answer as the model does."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from mail.changes import Changes
from mail.database import Database
from mail.inbox import Arrival, Inbox, MessageNotFound
from mail.letter import LetterState
from mail.letter_rows import LetterNotFound
from mail.outbox import Outbox
from mail.problems import StoreProblem
from mail.retention import prune
from mail.schema import MIGRATIONS
from mail.send import Delivery, Envelope, Result
from mail.unconfirmed import Seen, after_look, decided
from tests.mail.test_outbox import Clock

TO = ("a@example.org", "b@example.org")
FINAL = {LetterState.SENT, LetterState.FAILED}


@dataclass
class Message:
    number: int
    raw: bytes
    done_at: float | None = None


@dataclass
class Sending:
    """A letter as the model has it: `has` are those whom the server took it for."""

    key: str
    body: bytes
    state: LetterState = LetterState.QUEUED
    has: set[str] = field(default_factory=set)


class Store(RuleBasedStateMachine):
    letters: Bundle[int] = Bundle("letters")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="machine")
        self.clock = Clock()
        self.messages: dict[int, Message] = {}  # UID → message
        self.gone: set[int] = set()  # UIDs of pruned ones
        self.sendings: dict[int, Sending] = {}
        self.keys: dict[str, int] = {}
        self.revision = 0
        self.open()

    def open(self) -> None:
        self.database = Database(Path(self.folder.name) / "post.db", MIGRATIONS)
        assert self.database.set_aside is None
        self.inbox, self.outbox = Inbox(self.database, self.clock), Outbox(self.database, self.clock, lambda: 0.5)

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    # time, and the program's end

    @rule(minutes=st.integers(1, 5_000))
    def time_passes(self, minutes: int) -> None:
        self.clock.goes_on(minutes=minutes)

    @rule()
    def the_program_ends_and_starts(self) -> None:
        self.database.close()
        self.open()
        lost = {letter.id for letter in self.outbox.recover()}
        assert lost == {number for number, each in self.sendings.items() if each.state is LetterState.SENDING}
        for number in lost:
            self.sendings[number].state = LetterState.UNCONFIRMED

    # messages

    @rule(uids=st.lists(st.integers(1, 12), min_size=1, max_size=5), content=st.binary(max_size=40))
    def messages_arrive(self, uids: list[int], content: bytes) -> None:
        found = [(uid, b"Subject: %d\r\n\r\n" % uid + content) for uid in uids]
        added = self.inbox.add("info", [Arrival("INBOX", 7, str(uid), raw) for uid, raw in found])
        new = {uid: raw for uid, raw in reversed(found) if uid not in self.messages and uid not in self.gone}
        assert len(added) == len(new)
        for number, uid in zip(added, dict.fromkeys(uid for uid in uids if uid in new), strict=True):
            self.messages[uid] = Message(number, new[uid])

    @rule(uid=st.integers(1, 12))
    def the_main_app_takes_one_over(self, uid: int) -> None:
        if uid not in self.messages:
            return
        message = self.messages[uid]
        message.done_at = message.done_at or self.clock.now.timestamp()
        assert self.inbox.mark_done(message.number).done

    @rule(days=st.integers(0, 5))
    def old_ones_go(self, days: int) -> None:
        before = self.clock.now - timedelta(days=days)
        old = [uid for uid, each in self.messages.items() if each.done_at and each.done_at < before.timestamp()]
        assert prune(self.database, "info", before) == len(old)
        for uid in old:
            with pytest.raises(MessageNotFound):
                self.inbox.raw(self.messages.pop(uid).number)
            self.gone.add(uid)

    # letters

    @rule(target=letters, key=st.sampled_from(["", "", "k1", "k2", "k3"]), body=st.sampled_from([b"one", b"two"]))
    def a_letter_is_accepted(self, key: str, body: bytes) -> Any:
        envelope = Envelope("info@example.org", TO, body, f"<{body.decode()}@example.org>")
        known = self.keys.get(key)
        if known and self.sendings[known].body != body:
            with pytest.raises(StoreProblem, match="idempotency_key_reused"):
                self.outbox.accept("info", envelope, key)
            return known
        letter = self.outbox.accept("info", envelope, key)
        assert (letter.id in self.sendings) == bool(known)
        if not known:
            self.sendings[letter.id] = Sending(key, body)
            if key:
                self.keys[key] = letter.id
        return letter.id

    @rule(letter=letters)
    def it_is_handed_over(self, letter: int) -> None:
        sending = self.sendings.get(letter)
        if sending is None or sending.state is not LetterState.QUEUED:
            with pytest.raises(LetterNotFound):
                self.outbox.mark_sending(letter)
            return
        assert self.outbox.mark_sending(letter).state is LetterState.SENDING
        sending.state = LetterState.SENDING

    @rule(letter=letters, answer=st.sampled_from(["sent", "some", "later", "never", "lost"]))
    def the_server_answers(self, letter: int, answer: str) -> None:
        sending = self.sendings.get(letter)
        if sending is None or sending.state is not LetterState.SENDING:
            return
        pending = self.outbox.get(letter).pending
        rest = pending[1:]
        delivery = {
            "sent": Delivery(Result.SENT),
            "some": Delivery(Result.SENT, refused=dict.fromkeys(rest, "451"), postponed=rest),
            "later": Delivery(Result.LATER, "server_fault", answer="451 later"),
            "never": Delivery(Result.NEVER, "delivery_refused", answer="550 no"),
            "lost": Delivery(Result.UNCONFIRMED, "unconfirmed"),
        }[answer]
        settled = self.outbox.settle(letter, delivery)
        if answer in {"sent", "some"}:
            assert not sending.has & (set(pending) - set(rest if answer == "some" else ())), "somebody got it twice"
            sending.has |= set(pending) - set(rest if answer == "some" else ())
        sending.state = settled.state
        self.settled_well(letter, answer)

    def settled_well(self, letter: int, answer: str) -> None:
        found, sending = self.outbox.get(letter), self.sendings[letter]
        allowed = {
            "sent": {LetterState.SENT},
            "some": {LetterState.QUEUED, LetterState.SENT},
            "later": {LetterState.QUEUED, LetterState.FAILED, LetterState.SENT},
            "never": {LetterState.FAILED, LetterState.SENT},
            "lost": {LetterState.UNCONFIRMED},
        }
        assert found.state in allowed[answer]
        assert (found.state is LetterState.FAILED) <= (not sending.has), "failed, though somebody has it"

    @rule(letter=letters, seen=st.sampled_from(Seen))
    def it_is_looked_up(self, letter: int, seen: Seen) -> None:
        sending = self.sendings.get(letter)
        if sending is None or sending.state is not LetterState.UNCONFIRMED or sending.has:
            return
        changed = self.outbox.change(
            letter, {LetterState.UNCONFIRMED}, lambda found: after_look(found, seen, self.clock.now, 0.5)
        )
        if seen is Seen.FOUND:
            sending.has |= set(TO) - set(changed.pending)
            assert changed.state in {LetterState.SENT, LetterState.QUEUED}
        else:
            assert changed.state is not LetterState.SENT
        sending.state = changed.state

    @rule(letter=letters)
    def the_main_app_sends_it_again(self, letter: int) -> None:
        sending = self.sendings.get(letter)
        undecided = {LetterState.FAILED, LetterState.UNCONFIRMED}
        if sending is None or sending.state not in undecided:
            with pytest.raises(StoreProblem):
                self.outbox.change(letter, undecided, lambda found: decided(found, self.clock.now))
            return
        again = self.outbox.change(letter, undecided, lambda found: decided(found, self.clock.now))
        assert set(again.pending) == set(TO) - sending.has
        sending.state = LetterState.QUEUED

    @rule(letter=consumes(letters))
    def it_is_taken_back(self, letter: int) -> None:
        sending = self.sendings.get(letter)
        if sending is None or sending.state in {LetterState.SENDING, LetterState.SENT}:
            with pytest.raises(StoreProblem):
                self.outbox.cancel(letter)
            return
        last = self.outbox.cancel(letter)
        if last.state is LetterState.SENT:
            assert sending.has
            sending.state = LetterState.SENT
        else:
            del self.sendings[letter]
            self.keys = {key: number for key, number in self.keys.items() if number != letter}

    @rule(minutes=st.integers(1, 60))
    def all_wait_for_the_server(self, minutes: int) -> None:
        self.outbox.hold("info", self.clock.now + timedelta(minutes=minutes), "sending_paced")
        assert self.outbox.due("info") == []

    # what holds at any time

    @invariant()
    def the_inbox_is_as_the_model_has_it(self) -> None:
        expected = sorted(self.messages.values(), key=lambda each: each.number)
        rows = self.inbox.list(limit=500)
        assert [(row.id, row.done) for row in rows] == [(each.number, each.done_at is not None) for each in expected]
        assert [self.inbox.raw(row.id) for row in rows] == [each.raw for each in expected]
        assert self.inbox.unread().get("info", 0) == sum(each.done_at is None for each in expected)
        paged, after = [], 0
        while page := self.inbox.list("info", after, 2, done=False):
            paged += page
            after = page[-1].id
        assert [row.id for row in paged] == [each.number for each in expected if each.done_at is None]

    @invariant()
    def the_outbox_is_as_the_model_has_it(self) -> None:
        found = {letter.id: letter for letter in self.outbox.list(limit=500)}
        assert {number: letter.state for number, letter in found.items()} == {
            number: each.state for number, each in self.sendings.items()
        }
        states = Counter(each.state.value for each in self.sendings.values())
        assert self.outbox.counts() == {state.value: states[state.value] for state in LetterState}
        for number, letter in found.items():
            assert not self.sendings[number].has & set(letter.pending), "somebody would get it twice"
            if letter.state not in FINAL:
                assert self.outbox.envelope(letter).raw == self.sendings[number].body

    @invariant()
    def what_waits_has_its_turn(self) -> None:
        waiting = [number for number, each in self.sendings.items() if each.state is LetterState.QUEUED]
        due = [letter.id for letter in self.outbox.due("info", self.clock.now + timedelta(days=2))]
        assert sorted(due) == sorted(waiting)
        assert bool(waiting) <= (self.outbox.next_due("info") is not None)
        revision = Changes(self.database).last()[1]
        assert revision >= self.revision
        self.revision = revision


TestStore = Store.TestCase
TestStore.settings = settings(
    max_examples=12, stateful_step_count=35, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
