"""What is to go wrong in the sandbox goes wrong as ordered, in Exchange's words, and only there."""

from __future__ import annotations

import poplib
import smtplib
import time
from base64 import b64encode
from collections.abc import Iterator

import pytest

from mail.mailbox import Protocol
from mail.sandbox.faults import ANSWERS
from tests.mail.sandbox_clients import AWAY, Pop3, Smtp, letter
from tests.mail.sandbox_rig import Opened, RawImap, connected, opened
from tests.rigs.tokens import TokenMaker

NOT_AUTHENTICATED = "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled"
VISIT = "Visit https://aka.ms/smtp_auth_disabled for more information."
WELCOME = "OK AUTHENTICATE completed."
THROTTLED = "Request is throttled. Suggested Backoff Time: 1500 milliseconds"
BYE = "* BYE Connection closed. 14"
OTHER = "other@hausverwaltung.example"


@pytest.fixture(scope="module")
def opened_office(tmp_path_factory: pytest.TempPathFactory, maker: TokenMaker) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("office"), maker) as office:
        yield office


@pytest.fixture
def sandbox(opened_office: Opened) -> Iterator[Opened]:
    yield opened_office
    opened_office.office.clear_faults()


def imap_story(sandbox: Opened, address: str) -> list[str]:
    """How far one gets: sign-in, SELECT, and the farewell if there is one."""
    client = RawImap(connected(sandbox.office.imap, sandbox.ca_file))
    client.line()
    said = [client.ask(f"AUTHENTICATE XOAUTH2 {sandbox.xoauth2(address)}").text]
    if said[0].startswith("OK"):
        said.append(client.ask("SELECT INBOX").text)
    client.sock.settimeout(0.05)
    try:
        said.append(client.line().decode().strip())
    except TimeoutError:
        client.close()  # still open: nothing more to hear
    return said


@pytest.mark.parametrize(
    ("kind", "story"),
    [
        ("token_refused", ["NO AUTHENTICATE failed."]),
        ("not_connected", [WELCOME, "BAD User is authenticated but not connected.", BYE]),
        ("throttled", [WELCOME, f"BAD {THROTTLED}", BYE]),
        ("throttled_sign_in", [f"NO {THROTTLED}", BYE]),
        ("unavailable", ["NO Server Unavailable. 15"]),
        ("unavailable_later", [WELCOME, "BAD Server Unavailable. 15"]),
    ],
)
def test_imap_refuses_as_exchange_does(sandbox: Opened, address: str, kind: str, story: list[str]) -> None:
    sandbox.office.refuse(address, "imap", kind, backoff_milliseconds=1500)
    assert imap_story(sandbox, address) == story
    assert imap_story(sandbox, OTHER)[1].startswith("OK [READ-WRITE]")
    sandbox.office.clear_faults()
    assert imap_story(sandbox, address)[1].startswith("OK [READ-WRITE]")


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("pop_disabled", b"-ERR Authentication failure: unknown user name or bad password.\r\n"),
        ("throttled", b"-ERR Request is throttled. Suggested Backoff Time: 299961 milliseconds\r\n"),
        ("unavailable", b"-ERR Server Unavailable. 21\r\n"),
    ],
)
def test_pop3_refuses_as_exchange_does(sandbox: Opened, address: str, kind: str, answer: bytes) -> None:
    sandbox.office.refuse(address, Protocol.POP3, kind)
    client = Pop3(sandbox.office.pop3, sandbox.ca_file)
    assert client.sign_in(address, sandbox.maker.token(address)) == answer
    client.close()


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        (
            "smtp_auth_disabled_tenant",
            535,
            f"{NOT_AUTHENTICATED} for the Tenant. {VISIT}",
        ),
        (
            "smtp_auth_disabled_mailbox",
            535,
            f"{NOT_AUTHENTICATED} for the Mailbox. {VISIT}",
        ),
        ("unavailable", 451, "4.7.0 Temporary server error. Please try again later."),
    ],
)
def test_smtp_refuses_the_sign_in_as_exchange_does(
    sandbox: Opened, address: str, kind: str, code: int, words: str
) -> None:
    sandbox.office.refuse(address, "smtp", kind)
    client = Smtp.connected(sandbox)
    assert client.sign_in(address, sandbox.maker.token(address)) == (code, words.encode())
    client.close()


@pytest.mark.parametrize(
    ("kind", "code"),
    [("connection_limit", 432), ("blocked_sender", 550), ("try_later", 451), ("throttled", 432), ("quota", 554)],
)
def test_smtp_refuses_a_letter_as_exchange_does_and_takes_the_next(
    sandbox: Opened, address: str, kind: str, code: int
) -> None:
    sandbox.office.refuse(address, "smtp", kind, times=1)
    before = len(sandbox.office.submitted)
    with pytest.raises(smtplib.SMTPResponseException) as caught:
        send(sandbox, address)
    assert caught.value.smtp_code == code
    assert len(sandbox.office.submitted) == before
    send(sandbox, address)
    assert len(sandbox.office.submitted) == before + 1


def send(sandbox: Opened, address: str) -> None:
    client = Smtp.connected(sandbox)
    try:
        client.sign_in(address, sandbox.maker.token(address))
        client.sendmail(address, [AWAY], letter(address))
    finally:
        client.close()


@pytest.mark.parametrize("taken", [True, False])
def test_after_the_final_dot_the_line_is_cut_and_only_we_know_whether_it_was_taken(
    sandbox: Opened, address: str, *, taken: bool
) -> None:
    sandbox.office.drop_after_dot(address, taken=taken)
    before = len(sandbox.office.submitted)
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        send(sandbox, address)
    assert len(sandbox.office.submitted) == before + taken


def test_imap_is_cut_after_exactly_so_many_bytes(sandbox: Opened, address: str) -> None:
    sandbox.office.deliver(address, b"Subject: cut\r\n\r\n" + b"x" * 100_000)
    sandbox.office.drop(address, "imap", after_bytes=50_000)
    client = RawImap(connected(sandbox.office.imap, sandbox.ca_file))
    client.line()
    client.send(f"AUTHENTICATE XOAUTH2 {sandbox.xoauth2(address)}")
    client.send("SELECT INBOX")
    client.send("FETCH 1 BODY.PEEK[]")
    received = b""
    while more := client.sock.recv(1000):  # Python's ssl shows a reset as the end of the stream
        received += more
    assert len(received) == 50_000
    client.close()
    assert imap_story(sandbox, address)[1].startswith("OK [READ-WRITE]")


def test_imap_is_cut_at_the_nth_command(sandbox: Opened, address: str) -> None:
    sandbox.office.drop(address, "imap", at_command=2)
    client = sandbox.imap(address)  # SELECT is the first
    client.send("FETCH 1 FLAGS")
    assert client.line() == b""
    client.close()


def test_pop3_is_cut_in_the_middle_of_a_letter(sandbox: Opened, address: str) -> None:
    sandbox.office.deliver(address, b"Subject: cut\r\n\r\n" + b"x" * 900 + b"\r\n" + b"y" * 5000)
    sandbox.office.drop(address, "pop3", after_bytes=1000)
    client = Pop3(sandbox.office.pop3, sandbox.ca_file)
    client.sign_in(address, sandbox.maker.token(address))
    with pytest.raises(poplib.error_proto, match="EOF"):
        client.retr(1)
    client.close()


def test_answers_can_be_slow(sandbox: Opened, address: str) -> None:
    client = sandbox.imap(address)
    sandbox.office.slow(address, "imap", 0.3)
    begun = time.monotonic()
    client.must("NOOP")
    assert 0.3 <= time.monotonic() - begun < 2
    sandbox.office.clear_faults()
    begun = time.monotonic()
    client.must("NOOP")
    assert time.monotonic() - begun < 0.3
    client.close()


def test_a_whole_protocol_can_be_out_of_reach(sandbox: Opened, address: str) -> None:
    sandbox.office.refuse("*", "smtp", "unreachable")
    with pytest.raises(OSError, match=r"reset|closed"):
        Smtp.connected(sandbox)
    sandbox.imap(address).close()
    sandbox.office.clear_faults()
    send(sandbox, address)


def test_open_connections_can_be_closed_from_outside(sandbox: Opened, address: str) -> None:
    client, other = sandbox.imap(address), sandbox.imap(OTHER)
    assert sandbox.office.connections(address) == 1
    sandbox.office.disconnect(address)
    assert client.line() == b""
    other.must("NOOP")
    client.close()
    other.close()


def test_a_fault_that_does_not_exist_is_named(sandbox: Opened, address: str) -> None:
    with pytest.raises(
        ValueError, match=r"imap cannot be refused with 'typo'; it knows .*imap_disabled, not_connected"
    ):
        sandbox.office.refuse(address, "imap", "typo")
    with pytest.raises(ValueError, match="for '\\*' only"):
        sandbox.office.refuse(address, "imap", "unreachable")
    with pytest.raises(ValueError, match="either"):
        sandbox.office.drop(address, "imap")


@pytest.mark.parametrize("protocol", list(Protocol))
def test_every_answer_looks_like_one_of_its_protocol(protocol: Protocol) -> None:
    beginnings = {Protocol.IMAP: ("NO ", "BAD "), Protocol.POP3: ("-ERR ",), Protocol.SMTP: ("4", "5")}
    for kind, answer in ANSWERS[protocol].items():
        assert kind == "unreachable" or answer.words.startswith(beginnings[protocol]), kind


def test_a_planned_fault_needs_a_token_that_says_whose_it_is(sandbox: Opened, address: str) -> None:
    sandbox.office.refuse(address, "imap", "unavailable", times=1)
    client = RawImap(connected(sandbox.office.imap, sandbox.ca_file))
    client.line()
    nobody = b64encode(b"user=\x01auth=Bearer x\x01\x01").decode()
    assert client.ask(f"AUTHENTICATE XOAUTH2 {nobody}").text == "NO AUTHENTICATE failed."
    assert client.ask(f"AUTHENTICATE XOAUTH2 {sandbox.xoauth2(address)}").text == "NO Server Unavailable. 15"
    client.must(f"AUTHENTICATE XOAUTH2 {sandbox.xoauth2(address)}")
    client.close()


def test_one_protocol_of_one_mailbox_is_healed_alone(sandbox: Opened, address: str) -> None:
    for who, protocol in ((address, "imap"), (address, "smtp"), (OTHER, "imap")):
        sandbox.office.refuse(who, protocol, "token_refused")
    sandbox.office.heal(address, "imap")
    assert imap_story(sandbox, address) == [WELCOME, "OK [READ-WRITE] SELECT completed."]
    assert imap_story(sandbox, OTHER) == ["NO AUTHENTICATE failed."]
    sandbox.office.heal(address)
    sandbox.office.heal(OTHER)
    assert imap_story(sandbox, OTHER)[0] == WELCOME
