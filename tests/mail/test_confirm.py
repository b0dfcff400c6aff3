"""Is an unconfirmed letter looked up where the account may, and sent again only where that is certain to be right?"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from auth.problems import Problem
from auth.sandbox.certificate import issue, make_ca
from mail.compose import compose
from mail.confirm import confirm
from mail.database import Database
from mail.dispatch import dispatch
from mail.letter import Letter
from mail.mailbox import Mailbox, Protocol, Security, Server, TokenSource
from mail.outbox import Outbox
from mail.problems import ServerUnreachable
from mail.sandbox.post_office import SandboxPostOffice
from mail.schema import MIGRATIONS
from mail.send import Delivery, Envelope, Result
from mail.sent_folder import can_be_looked_up, found_in_sent
from tests.mail.test_outbox import ME, SENT, THEM, YOU, Clock
from tests.rigs.dovecot import Dovecot

IMAP = Server(Protocol.IMAP, "imap.example.org", 993, Security.TLS)
MAILBOX = Mailbox("info", ME, IMAP, None)
LOST = Delivery(Result.UNCONFIRMED, "unconfirmed")


class SentFolder:
    """What is in it; `None` instead: it cannot be looked into."""

    def __init__(self, *names: str) -> None:
        self.names: set[str] | None = set(names)
        self.asked: list[set[str]] = []

    def __call__(self, _mailbox: Mailbox, token: TokenSource, message_ids: Iterable[str]) -> set[str]:
        token()
        self.asked.append(set(message_ids))
        if self.names is None:
            raise ServerUnreachable("gone")
        return self.names & set(message_ids)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[Outbox]:
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        yield Outbox(database, clock, lambda: 0)


def letter(outbox: Outbox, name: str, delivery: Delivery, to: tuple[str, ...] = (YOU,)) -> Letter:
    accepted = outbox.accept("info", Envelope(ME, to, b"x", f"<{name}@example.org>"))
    outbox.mark_sending(accepted.id)
    return outbox.settle(accepted.id, delivery)


def look(outbox: Outbox, folder: SentFolder, mailbox: Mailbox = MAILBOX) -> list[Letter]:
    changes: list[Letter] = []
    confirm(mailbox, lambda: "token", outbox, look=folder, on_change=changes.append)
    return changes


def state(outbox: Outbox, lost: Letter) -> tuple[str, bool]:
    """The letter's, and whether something more will be done about it."""
    found = outbox.get(lost.id)
    return found.state.value, found.next_attempt_at is not None


def test_nothing_is_asked_where_nothing_is_due(outbox: Outbox) -> None:
    letter(outbox, "lost", LOST)
    folder = SentFolder()
    assert look(outbox, folder) == []
    assert folder.asked == []


def test_a_letter_found_in_sent_is_sent_and_that_is_told(outbox: Outbox, clock: Clock) -> None:
    lost = letter(outbox, "lost", LOST)
    clock.goes_on(minutes=1)
    assert [each.state.value for each in look(outbox, SentFolder("<lost@example.org>"))] == ["sent"]
    assert state(outbox, lost) == ("sent", False)


def test_a_letter_that_is_missing_beside_one_that_was_certainly_sent_is_sent_again_after_an_hour(
    outbox: Outbox, clock: Clock
) -> None:
    letter(outbox, "before", SENT)
    lost = letter(outbox, "lost", LOST)
    folder = SentFolder("<before@example.org>")
    for minutes in (1, 4, 10):
        clock.goes_on(minutes=minutes)
        assert outbox.next_due("info") == clock.now
        assert look(outbox, folder) == []
        assert state(outbox, lost) == ("unconfirmed", True)
    clock.goes_on(minutes=45)
    assert [each.state.value for each in look(outbox, folder)] == ["queued"]
    assert [each.id for each in outbox.due("info")] == [lost.id]


@pytest.mark.parametrize("others", [[], ["before"]])
def test_a_server_that_is_not_known_to_keep_what_it_takes_proves_nothing(
    outbox: Outbox, clock: Clock, others: list[str]
) -> None:
    for each in others:
        letter(outbox, each, SENT)
    lost = letter(outbox, "lost", LOST)
    clock.goes_on(hours=1)
    assert [each.state.value for each in look(outbox, SentFolder())] == ["unconfirmed"]
    assert state(outbox, lost) == ("unconfirmed", False)
    assert outbox.next_due("info") is None


def test_a_witness_of_long_ago_may_have_been_tidied_away_and_is_not_called(outbox: Outbox, clock: Clock) -> None:
    letter(outbox, "old", SENT)
    clock.goes_on(days=15)
    letter(outbox, "lost", LOST)
    clock.goes_on(hours=1)
    folder = SentFolder("<old@example.org>")
    look(outbox, folder)
    assert folder.asked == [{"<lost@example.org>"}]


def test_a_name_that_another_letter_has_too_proves_nothing(outbox: Outbox, clock: Clock) -> None:
    letter(outbox, "same", SENT)
    lost = letter(outbox, "same", LOST)
    clock.goes_on(minutes=1)
    folder = SentFolder("<same@example.org>")
    look(outbox, folder)
    assert folder.asked == []
    assert state(outbox, lost) == ("unconfirmed", False)


def test_a_copy_of_a_try_that_reached_others_proves_nothing(outbox: Outbox, clock: Clock) -> None:
    once = letter(outbox, "once", Delivery(Result.SENT, refused={THEM: "451"}, postponed=(THEM,)), (YOU, THEM))
    clock.goes_on(minutes=1)
    outbox.mark_sending(once.id)
    outbox.settle(once.id, LOST)
    clock.goes_on(minutes=1)
    look(outbox, SentFolder("<once@example.org>"))
    assert state(outbox, once) == ("unconfirmed", False)


@pytest.mark.parametrize(
    ("mailbox", "name"),
    [
        (replace(MAILBOX, receive=None), "<long-enough@example.org>"),
        (replace(MAILBOX, receive=replace(IMAP, protocol=Protocol.POP3)), "<long-enough@example.org>"),
        (MAILBOX, ""),
        (MAILBOX, "<1@x>"),
        (MAILBOX, "no brackets@example.org"),
        (MAILBOX, '<quo"te@example.org>'),
        (MAILBOX, "<grüße@example.org>"),
    ],
)
def test_an_account_without_imap_and_a_letter_without_a_name_are_left_to_the_main_app(
    mailbox: Mailbox, name: str
) -> None:
    assert not can_be_looked_up(mailbox, name)
    assert can_be_looked_up(MAILBOX, "<long-enough@example.org>")


def test_an_account_that_only_sends_says_at_once_that_nobody_can_know(outbox: Outbox, clock: Clock) -> None:
    lost = letter(outbox, "lost", LOST)
    clock.goes_on(minutes=1)
    look(outbox, SentFolder(), replace(MAILBOX, receive=None))
    assert state(outbox, lost) == ("unconfirmed", False)


def test_a_server_that_is_gone_is_asked_again_later(outbox: Outbox, clock: Clock) -> None:
    lost = letter(outbox, "lost", LOST)
    clock.goes_on(minutes=1)
    folder = SentFolder()
    folder.names = None
    assert look(outbox, folder) == []
    assert outbox.get(lost.id).next_attempt_at == clock.now + timedelta(minutes=15)
    clock.goes_on(minutes=15)
    folder.names = {"<lost@example.org>"}
    look(outbox, folder)
    assert state(outbox, lost) == ("sent", False)


def test_a_missing_sign_in_leaves_the_letter_as_it_is(outbox: Outbox, clock: Clock) -> None:
    lost = letter(outbox, "lost", LOST)
    clock.goes_on(minutes=1)

    def no_token() -> str:
        raise Problem(code="sign_in_required")

    with pytest.raises(Problem, match="sign_in_required"):
        confirm(MAILBOX, no_token, outbox, look=SentFolder(), on_change=lambda _: None)
    assert outbox.get(lost.id) == lost


def test_a_letter_closed_while_it_is_looked_up_does_no_harm(outbox: Outbox, clock: Clock) -> None:
    lost = letter(outbox, "lost", LOST)
    clock.goes_on(minutes=1)

    def closed_meanwhile(*_: object) -> set[str]:
        outbox.cancel(lost.id)
        return {"<lost@example.org>"}

    confirm(MAILBOX, lambda: "token", outbox, look=closed_meanwhile, on_change=lambda _: None)
    assert outbox.list() == []


class TestWithAServerThatKeepsCopies:
    """The whole way, over SMTP and IMAP with a post office that does as Exchange does."""

    @pytest.fixture
    def post(self, tmp_path: Path) -> Iterator[SandboxPostOffice]:
        ca = make_ca(tmp_path)
        self.ca_file = ca.file
        made = issue(ca, ["localhost", "127.0.0.1"])
        certificate = made.file, made.key_file
        with SandboxPostOffice(tmp_path / "post", certificate, lambda token: ME if token == "good" else None) as post:
            yield post

    @pytest.mark.parametrize("taken", [True, False])
    def test_a_line_cut_after_the_final_dot_resolves_itself_and_the_letter_arrives_once(
        self, post: SandboxPostOffice, outbox: Outbox, clock: Clock, *, taken: bool
    ) -> None:
        mailbox = Mailbox("info", ME, post.imap, post.smtp, ca_file=self.ca_file)

        def turn() -> None:
            confirm(mailbox, lambda: "good", outbox, on_change=lambda _: None)
            dispatch(mailbox, lambda: "good", outbox, stop=threading.Event())

        outbox.accept("info", compose(ME, to=[YOU], text="first"))
        turn()
        post.drop_after_dot(ME, taken=taken)
        outbox.accept("info", compose(ME, to=[YOU], text="second"))
        turn()
        assert [each.state.value for each in outbox.list()] == ["sent", "unconfirmed"]
        rounds = 0
        while due := outbox.next_due("info"):
            clock.now = max(clock.now, due)
            turn()
            rounds += 1
            assert rounds < 10
        assert [each.state.value for each in outbox.list()] == ["sent", "sent"]
        assert rounds == (1 if taken else 4)
        assert [each.raw.count(b"second") for each in post.submitted] == [0, 1]


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("folder", ["Sent", "Sent Items", "Gesendete Elemente"])
def test_a_real_server_is_searched_by_message_id(
    dovecot: Dovecot, address: str, token: Callable[[], str], folder: str
) -> None:
    here, absent = "<here-1@example.org>", "<here-2@example.org>"
    mailbox = dovecot.mailbox(address)
    assert found_in_sent(mailbox, token, [here]) == set()
    dovecot.fill(address, [f"Message-ID: {here}\r\nSubject: x\r\n\r\nText {absent}\r\n".encode()], folder)
    assert found_in_sent(mailbox, token, [here, absent]) == {here}
