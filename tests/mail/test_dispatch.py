"""What happens in a round of sending, whatever the server, the sign-in or the user does meanwhile?"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from auth.problems import Problem
from mail.compose import compose
from mail.database import Database
from mail.dispatch import Dispatched, dispatch
from mail.letter import Letter, LetterState
from mail.mailbox import Limits, Mailbox, Protocol, Security, TokenSource
from mail.mailbox import Server as Server_
from mail.outbox import Outbox
from mail.problems import MailboxRefused, ServerUnreachable, StoreProblem
from mail.schema import MIGRATIONS
from mail.send import Delivery, Envelope, Result
from tests.mail.test_outbox import LATER, ME, NEVER, SENT, THEM, YOU, Clock, envelope
from tests.rigs.smtp_sink import SmtpSink

MAILBOX = Mailbox("info", ME, None, None)
Answer = Delivery | Problem | Callable[[], Delivery]


class Server:
    """Answers letter after letter as told; with `early` it does so before the letter itself is handed over."""

    def __init__(self, *answers: Answer, early: bool = False) -> None:
        self._answers = list(answers)
        self._early = early
        self.got: list[tuple[str, tuple[str, ...]]] = []
        self.connections = 0

    @contextmanager
    def __call__(self, mailbox: Mailbox, token: TokenSource) -> Iterator[Server]:
        assert mailbox == MAILBOX
        token()
        self.connections += 1
        yield self

    def deliver(self, envelope: Envelope, before_data: Callable[[], None]) -> Delivery:
        answer = self._answers.pop(0) if self._answers else SENT
        if not self._early:
            before_data()
            self.got.append((envelope.message_id, envelope.recipients))
        if isinstance(answer, Problem):
            raise answer
        return answer() if callable(answer) else answer


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


def accept(outbox: Outbox, count: int) -> list[int]:
    return [outbox.accept("info", envelope(number)).id for number in range(1, count + 1)]


def send(
    outbox: Outbox, server: Server, changes: list[Letter] | None = None, stop: threading.Event | None = None
) -> Dispatched:
    on_change = (changes if changes is not None else []).append
    return dispatch(MAILBOX, lambda: "token", outbox, stop=stop or threading.Event(), send=server, on_change=on_change)


def states(outbox: Outbox) -> list[str]:
    return [letter.state.value for letter in outbox.list()]


def test_all_that_is_due_goes_over_one_connection_in_the_order_of_acceptance(outbox: Outbox) -> None:
    accept(outbox, 3)
    server = Server()
    assert send(outbox, server) == Dispatched(sent=3)
    assert [name for name, _ in server.got] == ["<1@x>", "<2@x>", "<3@x>"]
    assert server.connections == 1
    assert send(outbox, server) == Dispatched()
    assert server.connections == 1


def test_other_accounts_letters_are_left_alone(outbox: Outbox) -> None:
    outbox.accept("other", envelope())
    assert send(outbox, Server()) == Dispatched()
    assert states(outbox) == ["queued"]


def test_every_change_is_told(outbox: Outbox) -> None:
    accept(outbox, 2)
    changes: list[Letter] = []
    send(outbox, Server(SENT, NEVER), changes)
    assert [(letter.id, letter.state.value) for letter in changes] == [
        *((1, "sending"), (1, "sent")),
        *((2, "sending"), (2, "failed")),
    ]


def test_it_is_on_the_disk_that_a_letter_is_being_handed_over_before_it_is(outbox: Outbox) -> None:
    (only,) = accept(outbox, 1)
    seen: list[str] = []

    def look() -> Delivery:
        seen.append(outbox.get(only).state.value)
        return SENT

    send(outbox, Server(look))
    assert seen == ["sending"]


def test_each_answer_is_counted(outbox: Outbox) -> None:
    accept(outbox, 4)
    answers = [SENT, NEVER, LATER, Delivery(Result.UNCONFIRMED, "unconfirmed")]
    assert send(outbox, Server(*answers)) == Dispatched(sent=1, queued=1, failed=1, unconfirmed=1)
    assert states(outbox) == ["sent", "failed", "queued", "unconfirmed"]


def test_a_letter_the_server_chokes_on_does_not_hold_up_the_others(outbox: Outbox, clock: Clock) -> None:
    accept(outbox, 3)
    lost = Delivery(Result.LATER, "connection_lost")
    assert send(outbox, Server(lost, SENT, SENT)) == Dispatched(sent=2, queued=1)
    clock.goes_on(minutes=2)
    assert send(outbox, Server(lost)) == Dispatched(queued=1)
    assert outbox.next_due("info") == clock.now + timedelta(minutes=2)


def test_recipients_put_off_get_it_in_a_later_round(outbox: Outbox, clock: Clock) -> None:
    outbox.accept("info", envelope(1, YOU, THEM))
    partly = Delivery(Result.SENT, refused={THEM: "451"}, postponed=(THEM,))
    assert send(outbox, Server(partly)) == Dispatched(queued=1)
    clock.goes_on(minutes=1)
    server = Server()
    assert send(outbox, server) == Dispatched(sent=1)
    assert server.got == [("<1@x>", (THEM,))]


def test_a_server_that_is_gone_is_not_asked_again_for_each_letter(outbox: Outbox, clock: Clock) -> None:
    accept(outbox, 50)
    server = Server(SENT, *[Delivery(Result.LATER, "server_unreachable")] * 50, early=True)
    assert send(outbox, server) == Dispatched(sent=1, queued=49)
    assert len(server._answers) == 49
    assert {letter.attempts for letter in outbox.list()} == {1}
    clock.goes_on(minutes=1)
    server = Server()
    send(outbox, server)
    assert [name for name, _ in server.got] == [f"<{number}@x>" for number in range(2, 51)]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("server_unreachable", True),
        ("server_throttled", True),
        ("server_fault", True),
        ("connection_lost", False),  # over a letter that it may have choked on
        ("sending_limit", False),  # the mailbox's own
    ],
)
def test_a_server_that_is_out_of_order_for_all_is_told_apart_from_one_that_refuses(
    outbox: Outbox, code: str, *, told: bool
) -> None:
    accept(outbox, 2)
    trouble = Delivery(Result.LATER, code, retry_after=timedelta(minutes=7))
    assert send(outbox, Server(trouble, early=True)).outage == (trouble if told else None)


def test_a_server_that_wants_a_pause_gets_one(outbox: Outbox, clock: Clock) -> None:
    accept(outbox, 3)
    pause = Delivery(Result.LATER, "sending_limit", retry_after=timedelta(hours=4))
    assert send(outbox, Server(SENT, pause)) == Dispatched(sent=1, queued=2)
    assert outbox.next_due("info") == clock.now + timedelta(hours=4)


def test_a_refusal_of_some_recipients_concerns_that_letter_alone(outbox: Outbox) -> None:
    accept(outbox, 2)
    greylisted = Delivery(Result.LATER, "server_fault", refused={YOU: "451"}, postponed=(YOU,))
    assert send(outbox, Server(greylisted, SENT, early=True)) == Dispatched(sent=1, queued=1)


class Unreachable:
    """Raises before the first letter."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    @contextmanager
    def __call__(self, *_: object) -> Iterator[Server]:
        raise self._problem
        yield Server()


def test_an_unreachable_server_puts_everything_off_and_is_told(outbox: Outbox, clock: Clock) -> None:
    accept(outbox, 2)
    trouble = ServerUnreachable("no route", code="server_unreachable", retry_after=timedelta(minutes=7), host="x")
    with pytest.raises(ServerUnreachable):
        dispatch(MAILBOX, str, outbox, stop=threading.Event(), send=Unreachable(trouble))
    assert [(letter.state.value, letter.code, letter.answer) for letter in outbox.list()] == [
        ("queued", "server_unreachable", "no route")
    ] * 2
    assert outbox.next_due("info") == clock.now + timedelta(minutes=7)


def test_a_refused_mailbox_puts_everything_off_with_the_servers_words(outbox: Outbox) -> None:
    accept(outbox, 2)
    refused = MailboxRefused("x", code="smtp_auth_disabled_tenant", server_code="5.7.139", answer="535 5.7.139 off")
    with pytest.raises(MailboxRefused):
        send(outbox, Server(SENT, refused))
    sent, waiting = outbox.list()
    assert sent.state is LetterState.SENT
    assert (waiting.state, waiting.code) == (LetterState.QUEUED, "smtp_auth_disabled_tenant")
    assert (waiting.server_code, waiting.answer) == ("5.7.139", "535 5.7.139 off")


def test_waiting_for_a_sign_in_is_no_failure(outbox: Outbox, clock: Clock) -> None:
    accept(outbox, 2)
    before = outbox.list()

    def no_token() -> str:
        raise Problem(code="sign_in_required")

    for _ in range(100):
        with pytest.raises(Problem, match="sign_in_required"):
            dispatch(MAILBOX, no_token, outbox, stop=threading.Event(), send=Server())
        clock.goes_on(days=1)
    assert outbox.list() == before
    assert send(outbox, Server()) == Dispatched(sent=2)


def test_a_round_ends_after_the_letter_under_way_when_it_is_told_to_stop(outbox: Outbox) -> None:
    accept(outbox, 3)
    stop = threading.Event()

    def stopped_meanwhile() -> Delivery:
        stop.set()
        return SENT

    assert send(outbox, Server(stopped_meanwhile), stop=stop) == Dispatched(sent=1)
    assert states(outbox) == ["sent", "queued", "queued"]


def test_a_letter_taken_back_at_the_last_moment_is_not_handed_over(outbox: Outbox) -> None:
    first, second = accept(outbox, 2)

    class Withdrawing(Server):
        def deliver(self, envelope: Envelope, before_data: Callable[[], None]) -> Delivery:
            if envelope.message_id == "<1@x>":
                outbox.cancel(first)
            return super().deliver(envelope, before_data)

    server = Withdrawing()
    assert send(outbox, server) == Dispatched()
    assert server.got == []
    assert send(outbox, Server()) == Dispatched(sent=1)
    assert [letter.id for letter in outbox.list()] == [second]


@pytest.mark.parametrize("which", [0, 1])
def test_a_letter_taken_back_while_the_server_is_gone_does_no_harm(outbox: Outbox, which: int) -> None:
    ids = accept(outbox, 2)

    def gone() -> Delivery:
        outbox.cancel(ids[which])
        return Delivery(Result.LATER, "server_unreachable")

    send(outbox, Server(gone, early=True))
    assert len(outbox.list()) == 1


@contextmanager
def held_by_another_program(database: Database) -> Iterator[None]:
    """Nothing can be written while this lasts, as with a disk that is full."""
    database._writer.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_store_that_takes_nothing_stops_before_the_letter_is_handed_over(outbox: Outbox, database: Database) -> None:
    accept(outbox, 1)

    class Blocked(Server):
        def deliver(self, envelope: Envelope, before_data: Callable[[], None]) -> Delivery:
            with held_by_another_program(database):
                return super().deliver(envelope, before_data)

    server = Blocked()
    with pytest.raises(StoreProblem, match="locked"):
        send(outbox, server)
    assert server.got == []
    assert states(outbox) == ["queued"]


def test_an_answer_that_could_not_be_kept_leaves_the_letter_unconfirmed_and_not_sent_again(
    outbox: Outbox, database: Database
) -> None:
    accept(outbox, 1)
    with ExitStack() as blocked:

        def taken_but() -> Delivery:
            blocked.enter_context(held_by_another_program(database))
            return SENT

        with pytest.raises(StoreProblem, match="locked"):
            send(outbox, Server(taken_but))
    assert states(outbox) == ["sending"]
    changes: list[Letter] = []
    server = Server()
    assert send(outbox, server, changes) == Dispatched(unconfirmed=1)
    assert server.got == []
    assert [letter.state for letter in changes] == [LetterState.UNCONFIRMED]


def test_a_long_outage_ends_in_failure_and_is_told(outbox: Outbox, clock: Clock) -> None:
    accept(outbox, 2)
    changes: list[Letter] = []
    answers: Sequence[Answer] = [Delivery(Result.LATER, "server_unreachable", answer="no route")]
    rounds = 0
    while due := outbox.next_due("info"):
        clock.now = max(clock.now, due)
        send(outbox, Server(*answers, early=True), changes)
        rounds += 1
        assert rounds < 100
    assert states(outbox) == ["failed", "failed"]
    assert {letter.answer for letter in outbox.list()} == {"no route"}


def test_thirty_letters_go_in_a_minute_the_others_wait_and_none_of_it_is_a_try(outbox: Outbox, clock: Clock) -> None:
    accept(outbox, 70)
    mailbox = replace(MAILBOX, limits=Limits(30, 10_000))

    class Counting(Server):
        @contextmanager
        def __call__(self, _mailbox: Mailbox, _token: TokenSource) -> Iterator[Server]:
            self.connections += 1
            yield self

    server = Counting()
    sent, began = [], clock.now
    while due := outbox.next_due("info"):
        clock.now = max(clock.now, due)
        changes: list[Letter] = []
        told = dispatch(mailbox, lambda: "token", outbox, stop=threading.Event(), send=server, on_change=changes.append)
        sent.append(told.sent)
        assert changes
    assert sent == [30, 30, 10]
    assert server.connections == 3
    assert timedelta(minutes=2) <= clock.now - began < timedelta(minutes=2, seconds=5)
    assert [name for name, _ in server.got] == [f"<{number}@x>" for number in range(1, 71)]
    assert {(each.state.value, each.attempts, each.code) for each in outbox.list(limit=100)} == {("sent", 1, "")}


def test_the_limits_are_kept_over_a_restart(outbox: Outbox, database: Database, clock: Clock) -> None:
    accept(outbox, 40)
    mailbox = replace(MAILBOX, limits=Limits(30, 10_000))
    for each in outbox.list(limit=30):
        outbox.mark_sending(each.id)
        outbox.settle(each.id, SENT)
    again = Outbox(database, clock, lambda: 0)
    server = Server()
    assert dispatch(mailbox, lambda: "token", again, stop=threading.Event(), send=server) == Dispatched()
    assert server.connections == 0
    waiting = again.list(state="queued")
    assert {(each.code, each.attempts) for each in waiting} == {("sending_paced", 0)}
    assert len(waiting) == 10


class TestOverSmtp:
    """The same round with a real server."""

    @pytest.fixture
    def sink(self) -> Iterator[SmtpSink]:
        with SmtpSink(owner_of=lambda token: ME if token == "good" else None) as running:
            yield running

    @pytest.fixture
    def mailbox(self, sink: SmtpSink) -> Mailbox:
        return Mailbox("info", ME, None, Server_(Protocol.SMTP, "127.0.0.1", sink.port, Security.NONE))

    def test_composed_letters_arrive_as_they_were_accepted(
        self, outbox: Outbox, sink: SmtpSink, mailbox: Mailbox
    ) -> None:
        letters = [compose(ME, to=[YOU], bcc=[THEM], subject=f"Grüße {n}", text="ä\n.\n") for n in range(3)]
        for each in letters:
            outbox.accept("info", each)
        assert dispatch(mailbox, lambda: "good", outbox, stop=threading.Event()) == Dispatched(sent=3)
        assert [each.raw for each in sink.received] == [each.raw for each in letters]
        assert {each.recipients for each in sink.received} == {(YOU, THEM)}
        assert sink.connections == 1

    def test_a_letter_taken_back_at_the_last_moment_spoils_no_other(
        self, outbox: Outbox, sink: SmtpSink, mailbox: Mailbox
    ) -> None:
        first, _ = accept(outbox, 2)
        taken_back: list[int] = []

        def token() -> str:
            taken_back.append(outbox.cancel(first).id)
            return "good"

        assert dispatch(mailbox, token, outbox, stop=threading.Event()) == Dispatched()
        assert taken_back == [first]
        assert dispatch(mailbox, lambda: "good", outbox, stop=threading.Event()) == Dispatched(sent=1)
        assert [each.raw for each in sink.received] == [envelope(2).raw]

    def test_a_refused_token_puts_the_letters_off(self, outbox: Outbox, sink: SmtpSink, mailbox: Mailbox) -> None:
        accept(outbox, 2)
        with pytest.raises(MailboxRefused):
            dispatch(mailbox, lambda: "bad", outbox, stop=threading.Event())
        assert [(each.state.value, each.attempts) for each in outbox.list()] == [("queued", 1)] * 2
        assert sink.received == []
