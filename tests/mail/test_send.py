"""Is a letter handed over once, and is what the server said about it understood?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from mail import connect
from mail.mailbox import Mailbox, Protocol, Security, Server
from mail.problems import MailboxRefused, ServerUnreachable
from mail.send import Envelope, Result, deliver, sending
from tests.rigs.dovecot import Dovecot, free_ports
from tests.rigs.scripted import ScriptedServer
from tests.rigs.smtp_sink import SmtpSink

ME, YOU, HER = "info@example.org", "you@example.net", "her@example.net"
RAW = b"From: info@example.org\r\nTo: you@example.net\r\nMessage-ID: <1@example.org>\r\nSubject: Hallo\r\n\r\nText\r\n"
LETTER = Envelope(ME, (YOU,), RAW, "<1@example.org>")


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with SmtpSink(owner_of=lambda token: ME if token == "good" else None) as running:
        yield running


def mailbox(sink: SmtpSink) -> Mailbox:
    return Mailbox("info", ME, None, Server(Protocol.SMTP, "127.0.0.1", sink.port, Security.NONE))


def good() -> str:
    return "good"


def test_a_letter_arrives_byte_for_byte(sink: SmtpSink) -> None:
    raw = RAW + b".\r\n..dots\r\n" + b"x" * 900 + b"\r\n" + "grüße\r\n".encode() + b".\r\nend\r\n"
    delivery = deliver(mailbox(sink), good, replace(LETTER, raw=raw))
    assert (delivery.result, delivery.code, delivery.refused) == (Result.SENT, "", {})
    assert sink.received[0].raw == raw
    assert (sink.received[0].sender, sink.received[0].recipients) == (ME, (YOU,))
    assert "BODY=8BITMIME" in sink.received[0].options


def test_a_large_letter_arrives_byte_for_byte(sink: SmtpSink) -> None:
    raw = RAW + b"".join(os.urandom(35).hex().encode() + b"\r\n" for _ in range(100_000))
    assert deliver(mailbox(sink), good, replace(LETTER, raw=raw)).result is Result.SENT
    assert sink.received[0].raw == raw


def test_a_lone_line_feed_cannot_smuggle_a_second_letter_in(sink: SmtpSink) -> None:
    raw = RAW + b"\n.\nMAIL FROM:<evil@example.org>\r.\r\nRCPT TO:<you@example.net>\r\n"
    assert deliver(mailbox(sink), good, replace(LETTER, raw=raw)).result is Result.SENT
    assert len(sink.received) == 1
    assert sink.received[0].raw == RAW + b"\r\n.\r\nMAIL FROM:<evil@example.org>\r\n.\r\nRCPT TO:<you@example.net>\r\n"


def test_several_letters_share_one_connection(sink: SmtpSink) -> None:
    with sending(mailbox(sink), good) as sender:
        results = [sender.deliver(LETTER).result for _ in range(3)]
    assert (results, len(sink.received), sink.connections) == ([Result.SENT] * 3, 3, 1)


def test_the_outbox_is_told_right_before_the_letter_goes_out(sink: SmtpSink) -> None:
    seen: list[int] = []
    deliver(mailbox(sink), good, LETTER, lambda: seen.append(len(sink.received)))
    assert (seen, len(sink.received)) == ([0], 1)


def test_nothing_goes_out_where_the_outbox_cannot_note_it(sink: SmtpSink) -> None:
    def full() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        deliver(mailbox(sink), good, LETTER, full)
    assert sink.received == []


def test_each_refused_recipient_is_named_and_the_others_get_it(sink: SmtpSink) -> None:
    sink.behaviour.refuse = {HER: "550 5.1.1 no such user"}
    delivery = deliver(mailbox(sink), good, replace(LETTER, recipients=(HER, YOU)))
    assert (delivery.result, dict(delivery.refused)) == (Result.SENT, {HER: "550 5.1.1 no such user"})
    assert delivery.postponed == ()
    assert sink.received[0].recipients == (YOU,)


def test_a_recipient_that_is_only_put_off_may_be_tried_again_alone(sink: SmtpSink) -> None:
    sink.behaviour.refuse = {HER: "451 4.7.1 greylisted"}
    delivery = deliver(mailbox(sink), good, replace(LETTER, recipients=(HER, YOU)))
    assert (delivery.result, delivery.postponed, list(delivery.refused)) == (Result.SENT, (HER,), [HER])


def test_a_letter_nobody_gets_for_good_is_never_sent(sink: SmtpSink) -> None:
    sink.behaviour.refuse = {YOU: "550 5.1.1 no such user"}
    told: list[str] = []
    delivery = deliver(mailbox(sink), good, LETTER, lambda: told.append("sending"))
    assert (delivery.result, delivery.code, delivery.server_code) == (Result.NEVER, "recipient_unknown", "5.1.1")
    assert (told, sink.received) == ([], [])


def test_a_letter_somebody_may_get_later_is_tried_later(sink: SmtpSink) -> None:
    sink.behaviour.refuse = {YOU: "550 5.1.1 no such user", HER: "451 4.7.1 greylisted"}
    delivery = deliver(mailbox(sink), good, replace(LETTER, recipients=(YOU, HER)))
    assert (delivery.result, delivery.code) == (Result.LATER, "server_fault")


@pytest.mark.parametrize(
    ("answer", "result", "code"),
    [
        ("554 5.2.252 SendAsDenied; info@example.org not allowed to send as", Result.NEVER, "send_as_denied"),
        ("550 5.1.8 Access denied, bad outbound sender", Result.NEVER, "sender_blocked"),
        ("552 5.3.4 Message size exceeds fixed limit", Result.NEVER, "message_too_large"),
        ("550 5.2.2 Submission quota exceeded", Result.LATER, "sending_limit"),
        ("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", Result.LATER, "server_throttled"),
        ("451 4.7.500 Access denied, please try again later", Result.LATER, "server_fault"),
        ("554 5.6.0 Corrupt message content", Result.NEVER, "delivery_refused"),
    ],
)
def test_the_answer_after_the_final_dot_decides(sink: SmtpSink, answer: str, result: Result, code: str) -> None:
    sink.behaviour.refuse_data = answer
    delivery = deliver(mailbox(sink), good, LETTER)
    assert (delivery.result, delivery.code, delivery.answer) == (result, code, answer)


def test_a_refused_sender_leaves_the_connection_good_for_the_next_letter(sink: SmtpSink) -> None:
    sink.behaviour.refuse_sender = "550 5.7.60 SMTP; Client does not have permissions to send as this sender"
    with sending(mailbox(sink), good) as sender:
        assert sender.deliver(LETTER).code == "send_as_denied"
        sink.behaviour.refuse_sender = ""
        assert sender.deliver(LETTER).result is Result.SENT
    assert sink.connections == 1


def test_a_login_asked_for_in_the_middle_is_about_the_mailbox(sink: SmtpSink) -> None:
    sink.behaviour.refuse_sender = "530 5.7.57 Client not authenticated to send mail"
    with pytest.raises(MailboxRefused) as refused:
        deliver(mailbox(sink), good, LETTER)
    assert refused.value.code == "smtp_auth_disabled_mailbox"


def test_a_refused_login_is_raised(sink: SmtpSink) -> None:
    with pytest.raises(MailboxRefused) as refused:
        deliver(mailbox(sink), lambda: "bad", LETTER)
    assert (refused.value.code, sink.received) == ("token_refused", [])


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_a_connection_lost_before_the_final_dot_means_later(sink: SmtpSink, step: str) -> None:
    sink.behaviour.drop_at = step
    with sending(mailbox(sink), good) as sender:
        delivery = sender.deliver(LETTER)
        assert (delivery.result, delivery.code) == (Result.LATER, "connection_lost")
        sink.behaviour.drop_at = ""
        assert sender.deliver(LETTER).result is Result.SENT  # over a new connection
    assert (len(sink.received), sink.connections) == (1, 2)


def test_a_connection_lost_after_the_final_dot_is_not_guessed_about(sink: SmtpSink) -> None:
    sink.behaviour.drop_at = "dot"
    with sending(mailbox(sink), good) as sender:
        assert (sender.deliver(LETTER).result, len(sink.received)) == (Result.UNCONFIRMED, 1)
        sink.behaviour.drop_at = ""
        assert sender.deliver(LETTER).result is Result.SENT


def test_a_server_that_thinks_too_long_over_the_final_dot_is_not_guessed_about(sink: SmtpSink) -> None:
    sink.behaviour.slow_seconds = 2
    with sending(mailbox(sink), good, final_seconds=0.3) as sender:
        assert sender.deliver(LETTER).result is Result.UNCONFIRMED


def test_a_slow_answer_is_waited_for(sink: SmtpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "READ_SECONDS", 0.5)
    sink.behaviour.slow_seconds = 1
    assert deliver(mailbox(sink), good, LETTER).result is Result.SENT


def test_a_server_nobody_reaches_means_later_or_is_raised_before_the_first_letter() -> None:
    nowhere = Mailbox("info", ME, None, Server(Protocol.SMTP, "127.0.0.1", free_ports(1)[0], Security.NONE))
    delivery = deliver(nowhere, good, LETTER)
    assert (delivery.result, delivery.code) == (Result.LATER, "server_unreachable")
    with pytest.raises(ServerUnreachable), sending(nowhere, good):
        pass


def test_a_letter_larger_than_the_server_takes_is_not_even_begun() -> None:
    with SmtpSink(owner_of=lambda _: ME, size_limit=1000) as sink:
        delivery = deliver(mailbox(sink), good, replace(LETTER, raw=RAW + b"x" * 1000))
    assert (delivery.result, delivery.code, delivery.answer) == (Result.NEVER, "message_too_large", "SIZE 1000")


def test_an_address_with_umlauts_needs_a_server_that_knows_them() -> None:
    letter = replace(LETTER, recipients=("jörg@example.net",))
    with SmtpSink(owner_of=lambda _: ME, smtputf8=False) as sink:
        assert deliver(mailbox(sink), good, letter).code == "smtputf8_missing"
    with SmtpSink(owner_of=lambda _: ME) as sink:
        assert deliver(mailbox(sink), good, letter).result is Result.SENT
        assert sink.received[0].recipients == ("jörg@example.net",)
        assert deliver(mailbox(sink), good, LETTER).result is Result.SENT


def test_eight_bit_text_is_not_given_to_a_server_that_would_break_it() -> None:
    script = (("EHLO", "250-x\n250 AUTH XOAUTH2"), ("AUTH", "334 "), ("QUIT", "221 bye"), (".", "235 in"))
    with ScriptedServer(Protocol.SMTP, "220 ready", script) as server:
        box = Mailbox("info", ME, None, server.server)
        assert deliver(box, good, replace(LETTER, raw=RAW + b"\xe4\r\n")).code == "eight_bit_missing"


def test_a_send_only_account_needs_an_smtp_server() -> None:
    with pytest.raises(Exception, match="no SMTP server"):
        deliver(Mailbox("info", ME, None, None), good, LETTER)


@pytest.mark.needs("dovecot")
def test_a_real_submission_server_passes_a_letter_on(
    dovecot: Dovecot, outside: SmtpSink, address: str, token: Callable[[], str]
) -> None:
    for security in (Security.TLS, Security.STARTTLS):
        delivery = deliver(dovecot.mailbox(address, security=security), token, replace(LETTER, sender=address))
        assert delivery.result is Result.SENT
    assert [letter.recipients for letter in outside.received if letter.sender == address] == [(YOU,), (YOU,)]
