"""What does a real Postfix say, and is it understood? SIZE, codes of recipients, SMTPUTF8, and a token it refuses."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mail.compose import compose
from mail.database import Database
from mail.dispatch import Dispatched, dispatch
from mail.outbox import Outbox
from mail.problems import MailboxRefused
from mail.schema import MIGRATIONS
from mail.send import Result, deliver, sending
from tests.rigs.dovecot import Dovecot
from tests.rigs.postfix import AUTH, Postfix
from tests.rigs.smtp_sink import SmtpSink
from tests.rigs.tokens import TokenMaker

pytestmark = pytest.mark.needs("dovecot", "postfix")

ME, YOU = "info@hausverwaltung.example", "you@elsewhere.example"
UNKNOWN, BUSY, FULL = "unknown@elsewhere.example", "busy@elsewhere.example", "full@elsewhere.example"
ANSWERS = {
    UNKNOWN: "550 5.1.1 User unknown",
    BUSY: "451 4.7.1 Greylisted, try again later",
    FULL: "452 4.2.2 Mailbox full",
}


@pytest.fixture(scope="module")
def sink() -> Iterator[SmtpSink]:
    with SmtpSink() as sink:
        yield sink


@pytest.fixture(scope="module")
def auth(maker: TokenMaker) -> Iterator[tuple[Dovecot, Path]]:
    with tempfile.TemporaryDirectory(prefix="auth", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "auth"
        with Dovecot(keys=maker.keys, issuer=maker.issuer, extra=AUTH.replace("SOCKET", str(path))) as dovecot:
            yield dovecot, path


@pytest.fixture(scope="module")
def postfix(auth: tuple[Dovecot, Path], sink: SmtpSink) -> Iterator[Postfix]:
    with Postfix(*auth, sink.port, answers=ANSWERS) as postfix:
        yield postfix


def test_several_letters_go_over_one_connection_and_on_from_there(
    postfix: Postfix, sink: SmtpSink, maker: TokenMaker
) -> None:
    with sending(postfix.mailbox(ME), lambda: maker.token(ME)) as sender:
        letters = [compose(ME, to=[YOU], subject=f"Grüße {n}", text="ä\n.\n..") for n in range(3)]
        assert [sender.deliver(each).result for each in letters] == [Result.SENT] * 3
    assert postfix.log.count("sasl_method=XOAUTH2") == 3
    assert postfix.log.count(": connect from localhost") <= 2  # ours, and the rig's that saw it start
    came = threading.Event()
    for _ in range(100):
        if len(sink.received) >= 3:
            break
        came.wait(0.1)
    assert {each.raw.split(b"\r\n\r\n", 1)[1] for each in sink.received} == {
        each.raw.split(b"\r\n\r\n", 1)[1] for each in letters
    }


def test_each_recipient_has_its_own_answer(postfix: Postfix, maker: TokenMaker) -> None:
    letter = compose(ME, to=[YOU, UNKNOWN, BUSY, FULL], text="x")
    delivery = deliver(postfix.mailbox(ME), lambda: maker.token(ME), letter)
    assert delivery.result is Result.SENT
    assert set(delivery.refused) == {UNKNOWN, BUSY, FULL}
    assert delivery.postponed == (BUSY, FULL)
    assert "5.1.1" in delivery.refused[UNKNOWN]


def test_a_letter_nobody_gets_is_told_apart_by_its_code(postfix: Postfix, maker: TokenMaker) -> None:
    unknown = deliver(postfix.mailbox(ME), lambda: maker.token(ME), compose(ME, to=[UNKNOWN], text="x"))
    assert (unknown.result, unknown.code, unknown.server_code) == (Result.NEVER, "recipient_unknown", "5.1.1")
    busy = deliver(postfix.mailbox(ME), lambda: maker.token(ME), compose(ME, to=[BUSY], text="x"))
    assert (busy.result, busy.server_code) == (Result.LATER, "4.7.1")


def test_a_letter_larger_than_its_size_is_not_begun(postfix: Postfix, maker: TokenMaker) -> None:
    begun: list[int] = []
    large = compose(ME, to=[YOU], text="x" * 300_000)
    delivery = deliver(postfix.mailbox(ME), lambda: maker.token(ME), large, lambda: begun.append(1))
    assert (delivery.result, delivery.code, begun) == (Result.NEVER, "message_too_large", [])


def test_eight_bits_and_addresses_with_umlauts_go_where_the_server_knows_them(
    postfix: Postfix, auth: tuple[Dovecot, Path], sink: SmtpSink, maker: TokenMaker
) -> None:
    letter = replace(compose(ME, to=[YOU], text="x"), recipients=("jörg@elsewhere.example",))
    eight = replace(letter, recipients=(YOU,), raw=letter.raw + "Grüße\r\n".encode())
    assert deliver(postfix.mailbox(ME), lambda: maker.token(ME), letter).result is Result.SENT
    assert deliver(postfix.mailbox(ME), lambda: maker.token(ME), eight).result is Result.SENT
    with Postfix(*auth, sink.port, answers={}, utf8=False) as plain:
        delivery = deliver(plain.mailbox(ME), lambda: maker.token(ME), letter)
        assert (delivery.result, delivery.code) == (Result.NEVER, "smtputf8_missing")


def test_a_token_of_somebody_else_is_refused_and_the_letters_wait(
    postfix: Postfix, maker: TokenMaker, tmp_path: Path
) -> None:
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        outbox = Outbox(database)
        outbox.accept("info", compose(ME, to=[YOU], text="x"))
        with pytest.raises(MailboxRefused) as told:
            dispatch(postfix.mailbox(ME), lambda: maker.token("other@x.example"), outbox, stop=threading.Event())
        assert told.value.code == "token_refused"
        assert [letter.state.value for letter in outbox.list()] == ["queued"]


def test_more_connections_than_it_lets_in_are_never_made(postfix: Postfix, maker: TokenMaker, tmp_path: Path) -> None:
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        outbox = Outbox(database)
        for number in range(20):
            outbox.accept("info", compose(ME, to=[YOU], text=str(number)))
        told = dispatch(postfix.mailbox(ME), lambda: maker.token(ME), outbox, stop=threading.Event())
        assert told == Dispatched(sent=20)
