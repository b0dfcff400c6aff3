"""The sandbox's SMTP server takes letters as Exchange does: after TLS and sign-in, only as oneself, byte for byte."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from mail.mailbox import Protocol, Security
from tests.mail.sandbox_clients import AWAY, Smtp, letter
from tests.mail.sandbox_rig import Opened, opened, xoauth2
from tests.rigs.tokens import TokenMaker


@pytest.fixture(scope="module")
def opened_office(tmp_path_factory: pytest.TempPathFactory, maker: TokenMaker) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("office"), maker) as office:
        yield office


@pytest.fixture
def sandbox(opened_office: Opened) -> Iterator[Opened]:
    yield opened_office
    opened_office.office.clear_faults()


@pytest.fixture
def stranger(sandbox: Opened) -> Iterator[Smtp]:
    client = Smtp.connected(sandbox)
    yield client
    client.close()


@pytest.fixture
def client(sandbox: Opened, stranger: Smtp, address: str) -> Smtp:
    assert stranger.sign_in(address, sandbox.maker.token(address)) == (235, b"2.7.0 Authentication successful")
    return stranger


def test_auth_is_offered_after_tls_only(sandbox: Opened) -> None:
    client = Smtp("localhost", sandbox.office.smtp.port, timeout=10)
    client.ehlo()
    assert "auth" not in client.esmtp_features
    assert client.docmd("AUTH XOAUTH2")[0] == 503
    assert client.docmd(f"MAIL FROM:<{AWAY}>") == (530, b"5.7.57 Client not authenticated to send mail.")
    client.starttls(context=sandbox.trusting())
    client.ehlo()
    offered = {name: value.strip() for name, value in client.esmtp_features.items()}
    assert offered.pop("size") == "157286400"
    assert offered.pop("auth") == "XOAUTH2"
    assert offered.keys() == {"pipelining", "enhancedstatuscodes", "8bitmime", "smtputf8"}
    client.quit()


def test_what_is_slipped_in_before_the_handshake_is_forgotten(sandbox: Opened) -> None:
    plain = socket.create_connection(("127.0.0.1", sandbox.office.smtp.port), timeout=10)
    reader = plain.makefile("rb")
    reader.readline()
    plain.sendall(b"STARTTLS\r\nEHLO injected\r\n")
    assert reader.readline().startswith(b"220")
    secure = sandbox.trusting().wrap_socket(plain, server_hostname="localhost")
    secure.sendall(b"NOOP\r\n")
    assert secure.recv(1000) == b"250 2.0.0 OK\r\n"
    reader.close()
    secure.close()


def test_tls_from_the_start_is_there_too(sandbox: Opened, address: str) -> None:
    port = sandbox.office.server(Protocol.SMTP, Security.TLS).port
    client = smtplib.SMTP_SSL("localhost", port, context=sandbox.trusting(), timeout=10)
    client.ehlo()
    client.docmd("AUTH XOAUTH2")
    assert client.docmd(xoauth2(address, sandbox.maker.token(address)))[0] == 235
    client.quit()


def test_the_one_line_form_breaks_with_a_token_of_real_length(sandbox: Opened, stranger: Smtp, address: str) -> None:
    long = sandbox.xoauth2(address)
    assert len(long) > 1000
    assert stranger.docmd(f"AUTH XOAUTH2 {long}") == (500, b"5.5.2 Line too long")
    short = xoauth2(address, sandbox.maker.token(address, size=1))
    assert stranger.docmd(f"AUTH XOAUTH2 {short}")[0] == 235


@pytest.mark.parametrize("owner", ["", "somebody@else.example"])
def test_a_bad_token_and_a_strangers_are_refused(sandbox: Opened, stranger: Smtp, address: str, owner: str) -> None:
    code, words = stranger.sign_in(address, sandbox.maker.token(owner) if owner else "garbage")
    assert (code, words.split(b" [")[0]) == (535, b"5.7.3 Authentication unsuccessful")
    assert stranger.sign_in(address, sandbox.maker.token(address))[0] == 235


def test_a_sign_in_can_be_called_off(stranger: Smtp) -> None:
    assert stranger.docmd("AUTH XOAUTH2")[0] == 334
    assert stranger.docmd("*")[0] == 501
    assert stranger.docmd("AUTH PLAIN")[0] == 504


@pytest.mark.parametrize(
    "body",
    [
        b"plain\r\n",
        b".\r\n..\r\n.x\r\n\r\n.\r\n",
        b"\xff\xfe 8 bit \x00 and NUL\r\n",
        b"no\nsmuggling\n.\nMAIL FROM:<x@y.z>\n.\r\nend\r\n",
        b"x" * 5000 + b"\r\n",
        b"",
        b".many dots\r\n" * 500_000,
    ],
    ids=["plain", "dots", "8 bit", "lone line feeds", "a long line", "nothing", "6 MB"],
)
def test_a_letter_arrives_byte_for_byte(sandbox: Opened, client: Smtp, address: str, body: bytes) -> None:
    raw = b"From: %b\r\n\r\n%b" % (address.encode(), body)
    stuffed = raw.replace(b"\r\n.", b"\r\n..")
    client.docmd(f"MAIL FROM:<{address}>")
    client.docmd(f"RCPT TO:<{AWAY}>")
    assert client.docmd("DATA")[0] == 354
    client.send(stuffed + b".\r\n")
    assert client.getreply()[0] == 250
    submitted = sandbox.office.sent[-1]
    assert submitted.raw == raw
    assert (submitted.signed_in_as, submitted.mail_from, submitted.outside) == (address, address, (AWAY,))
    assert client.noop()[0] == 250


def test_commands_may_be_pipelined(sandbox: Opened, client: Smtp, address: str) -> None:
    client.send(f"MAIL FROM:<{address}>\r\nRCPT TO:<{AWAY}>\r\nDATA\r\n".encode())
    assert [client.getreply()[0] for _ in range(3)] == [250, 250, 354]
    client.send(letter(address) + b".\r\nNOOP\r\n")
    assert [client.getreply()[0] for _ in range(2)] == [250, 250]
    assert sandbox.office.sent[-1].raw == letter(address)


def test_mail_to_a_mailbox_here_is_delivered_here_and_a_copy_is_kept(
    sandbox: Opened, client: Smtp, address: str
) -> None:
    sandbox.office.add_mailbox("colleague@hausverwaltung.example")
    before = len(sandbox.office.sent)
    client.sendmail(address, ["colleague@hausverwaltung.example", address], letter(address))
    assert sandbox.office.messages("colleague@hausverwaltung.example") == [letter(address)]
    assert sandbox.office.messages(address) == [letter(address)]
    assert sandbox.office.messages(address, "Sent Items") == [letter(address)]
    assert len(sandbox.office.sent) == before
    assert sandbox.office.submitted[-1].recipients == ("colleague@hausverwaltung.example", address)


def test_a_submitted_letter_can_be_looked_at_as_a_file(sandbox: Opened, client: Smtp, address: str) -> None:
    client.sendmail(address, [AWAY], letter(address, "als Datei"))
    newest = max(sandbox.ca_file.parent.glob("submitted/*.eml"))
    assert newest.read_bytes() == letter(address, "als Datei")


def test_nobody_sends_as_somebody_else(sandbox: Opened, client: Smtp, address: str) -> None:
    refusal = (550, b"5.7.60 SMTP; Client does not have permissions to send as this sender")
    assert client.docmd("MAIL FROM:<boss@hausverwaltung.example>") == refusal
    before = len(sandbox.office.submitted)
    with pytest.raises(smtplib.SMTPDataError) as caught:
        client.sendmail(address, [AWAY], letter("Chef <boss@hausverwaltung.example>"))
    assert (caught.value.smtp_code, caught.value.smtp_error) == refusal
    assert len(sandbox.office.submitted) == before


def test_who_has_the_rights_sends_as_the_shared_mailbox(sandbox: Opened, stranger: Smtp) -> None:
    shared = "shared@hausverwaltung.example"
    stranger.sign_in(shared, sandbox.maker.token("m.meier@hausverwaltung.example"))
    stranger.sendmail(shared, [AWAY], letter(shared))
    stranger.sendmail("m.meier@hausverwaltung.example", [AWAY], letter("m.meier@hausverwaltung.example"))
    assert [each.mail_from for each in sandbox.office.sent[-2:]] == [shared, "m.meier@hausverwaltung.example"]


def test_a_refused_recipient_does_not_keep_the_letter_from_the_others(
    sandbox: Opened, client: Smtp, address: str
) -> None:
    sandbox.office.refuse_recipient("gone@elsewhere.example")
    refused = client.sendmail(address, ["gone@elsewhere.example", AWAY], letter(address))
    assert refused == {"gone@elsewhere.example": (550, b"5.1.1 RESOLVER.ADR.RecipientNotFound; not found")}
    assert sandbox.office.sent[-1].outside == (AWAY,)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("MAIL FROM:<{address}> SIZE=157286401", 552),
        ("MAIL FROM:<{address}> SIZE=x", 501),
        ("MAIL FROM:<{address}> BODY=BINARYMIME", 501),
        ("MAIL FROM:<{address}> NONSENSE=1", 501),
        ("MAIL {address}", 501),
        ("RCPT TO:<a@b.c>", 503),
        ("DATA", 503),
        ("NONSENSE", 500),
        ("EHLO", 501),
        ("STARTTLS", 503),
        ("AUTH XOAUTH2", 503),
        ("VRFY x", 252),
        ("MAIL FROM:<" + "x" * 2000 + ">", 500),
    ],
)
def test_what_is_wrong_is_refused_and_the_conversation_goes_on(
    client: Smtp, address: str, command: str, code: int
) -> None:
    assert client.docmd(command.format(address=address))[0] == code
    assert client.docmd(f"MAIL FROM:<{address}> SIZE=1000 BODY=8BITMIME SMTPUTF8")[0] == 250


def test_recipients_are_counted_and_looked_at(client: Smtp, address: str) -> None:
    client.docmd(f"MAIL FROM:<{address}>")
    assert client.docmd("RCPT TO:<nobody>")[0] == 501
    client.send("".join(f"RCPT TO:<r{number}@elsewhere.example>\r\n" for number in range(1001)))
    answers = [client.getreply() for _ in range(1001)]
    assert {code for code, _ in answers[:1000]} == {250}
    assert answers[1000] == (452, b"4.5.3 Too many recipients")


def test_a_fourth_connection_of_one_mailbox_is_one_too_many(sandbox: Opened, address: str) -> None:
    clients = [Smtp.connected(sandbox) for _ in range(4)]
    for each in clients:
        assert each.sign_in(address, sandbox.maker.token(address))[0] == 235
    assert [each.docmd(f"MAIL FROM:<{address}>")[0] for each in clients] == [250, 250, 250, 432]
    for each in clients:
        with suppress(smtplib.SMTPServerDisconnected):
            each.quit()
