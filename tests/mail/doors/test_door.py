from __future__ import annotations

import imaplib
import poplib
import smtplib
import socket
import threading
import time
from contextlib import closing
from email.message import EmailMessage

import pytest
from imapclient import IMAPClient

from mail.doors import caller, door
from mail.doors.door import Door, DoorPortTaken
from mail.mailbox import Protocol
from tests.mail.doors.conftest import PASSWORD, House, words
from tests.rigs.smtp_sink import SmtpSink

pytestmark = pytest.mark.needs("dovecot")

RAW = b"Subject: hello\r\n\r\n" + b"x" * 70 + b"\r\n.\r\n..dots\r\n"


def imap(house: House) -> imaplib.IMAP4:
    return imaplib.IMAP4("127.0.0.1", house.ports[Protocol.IMAP], timeout=20)


def pop3(house: House) -> poplib.POP3:
    return poplib.POP3("127.0.0.1", house.ports[Protocol.POP3], timeout=20)


def smtp(house: House) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", house.ports[Protocol.SMTP], timeout=20)


def talks(house: House, protocol: Protocol, sent: bytes, patience: float = 3) -> bytes:
    """Bytes on the wire, and all that came back until the door shut or fell silent."""
    with socket.create_connection(("127.0.0.1", house.ports[protocol]), timeout=patience) as wire:
        answer = b""
        try:
            wire.sendall(sent)
            while chunk := wire.recv(65536):
                answer += chunk
        except (ConnectionError, TimeoutError):
            pass  # what came before is the answer
        return answer


def test_a_mail_program_reads_over_imap_with_a_password(house: House, address: str) -> None:
    house.dovecot.fill(address, [RAW])
    with imap(house) as client:
        client.login(address, PASSWORD)
        client.select("INBOX")
        assert client.fetch("1", "(BODY.PEEK[])")[1][0][1] == RAW  # type: ignore[index]


@pytest.mark.parametrize("way", ["plain", "plain in one line", "login"])
def test_all_usual_ways_to_log_in_lead_into_the_mailbox(house: House, address: str, way: str) -> None:
    house.dovecot.fill(address, [RAW])
    with IMAPClient("127.0.0.1", house.ports[Protocol.IMAP], ssl=False, timeout=20) as client:
        if way == "plain":
            client.plain_login(address, PASSWORD)
        elif way == "login":
            client.sasl_login("LOGIN", lambda asked: (address if b"name" in asked.lower() else PASSWORD).encode())
        else:
            from base64 import b64encode

            said = b64encode(f"\0{address}\0{PASSWORD}".encode()).decode()
            assert client._imap._simple_command("AUTHENTICATE", "PLAIN", said)[0] == "OK"
            client._imap.state = "AUTH"
        assert client.select_folder("INBOX")[b"EXISTS"] == 1


def test_a_password_may_come_as_a_literal(house: House, address: str) -> None:
    secret = PASSWORD.encode()
    for literal in (b"{%d}", b"{%d+}"):
        sent = b"a1 LOGIN %b %b\r\n%b\r\na2 LOGOUT\r\n" % (address.encode(), literal % len(secret), secret)
        assert b"a1 OK" in talks(house, Protocol.IMAP, sent)


def test_after_the_login_the_servers_own_capabilities_are_told(house: House, address: str) -> None:
    answer = talks(
        house,
        Protocol.IMAP,
        b"a1 LOGIN %b {%d+}\r\n%b\r\na2 CAPABILITY\r\na3 LOGOUT\r\n"
        % (address.encode(), len(PASSWORD.encode()), PASSWORD.encode()),
    )
    logged_in = next(line for line in answer.split(b"\r\n") if line.startswith(b"a1 OK"))
    assert b"IDLE" in logged_in
    assert b"AUTH=" not in logged_in
    assert b"a3 OK" in answer, "what was sent ahead was lost"


def test_idle_passes_through(house: House, address: str) -> None:
    with IMAPClient("127.0.0.1", house.ports[Protocol.IMAP], ssl=False, timeout=20) as client:
        client.plain_login(address, PASSWORD)
        client.select_folder("INBOX")
        client.idle()
        house.dovecot.deliver(address, RAW)
        assert (1, b"EXISTS") in client.idle_check(timeout=10)
        client.idle_done()


def test_a_mail_program_reads_over_pop3(house: House, address: str) -> None:
    house.dovecot.fill(address, [RAW])
    with closing(pop3(house)) as client:
        client.user(address)
        client.pass_(PASSWORD)
        assert b"\r\n".join(client.retr(1)[1]) + b"\r\n" == RAW
        client.quit()


def test_a_mail_program_sends_over_smtp(house: House, address: str, outside: SmtpSink) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = address, "a@b.example", "through the door"
    letter.set_content("x\n" * 20_000)
    before = len(outside.received)
    with smtp(house) as client:
        client.login(address, PASSWORD)
        client.send_message(letter)
    assert len(outside.received) == before + 1


@pytest.mark.parametrize("size", [1, 30_000_000])
def test_what_goes_through_stays_as_it_is_in_both_directions(house: House, address: str, size: int) -> None:
    raw = b"Subject: large\r\n\r\n" + (b"0123456789abcdef" * 5)[:76] * (size // 78 + 1)
    with IMAPClient("127.0.0.1", house.ports[Protocol.IMAP], ssl=False, timeout=60) as client:
        client.plain_login(address, PASSWORD)
        client.append("INBOX", raw)
        client.select_folder("INBOX")
        assert client.fetch([1], ["BODY.PEEK[]"])[1][b"BODY[]"] == raw


@pytest.mark.parametrize("protocol", list(Protocol))
def test_a_wrong_password_opens_nothing_and_does_not_tell_whether_the_address_is_right(
    house: House, address: str, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "WRONG_PASSWORD_SECONDS", 0.05)
    answers = {refused(house, protocol, name, "wrong") for name in (address, "nobody")}
    assert len(answers) == 1
    assert "door_password_wrong" in answers.pop()


@pytest.mark.parametrize(
    ("protocol", "said"),
    [(Protocol.IMAP, "[UNAVAILABLE]"), (Protocol.POP3, "[SYS/TEMP]"), (Protocol.SMTP, "(454, b'4.7.0")],
)
def test_waiting_for_a_sign_in_is_told_so_that_no_program_throws_its_password_away(
    house: House, address: str, protocol: Protocol, said: str
) -> None:
    house.waits.add(address)
    answer = refused(house, protocol, address, PASSWORD)
    assert said in answer
    assert 'Bitte melden Sie sich fuer "sign_in_required" an.' in answer


@pytest.mark.parametrize("protocol", list(Protocol))
def test_what_the_real_server_refuses_is_told_as_passing(house: House, address: str, protocol: Protocol) -> None:
    house.revoked.add(address)
    answer = refused(house, protocol, address, PASSWORD)
    assert {"imap": "[UNAVAILABLE]", "pop3": "[SYS/TEMP]", "smtp": "454"}[protocol] in answer
    assert "worth.no.thing" not in answer


def test_after_a_refusal_one_may_try_again(house: House, address: str) -> None:
    house.waits.add(address)
    with IMAPClient("127.0.0.1", house.ports[Protocol.IMAP], ssl=False, timeout=20) as client:
        with pytest.raises(client.Error):
            client.plain_login(address, PASSWORD)
        house.waits.clear()
        client.plain_login(address, PASSWORD)
        assert client.select_folder("INBOX")[b"EXISTS"] == 0


def test_after_three_tries_the_door_shuts(house: House, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "WRONG_PASSWORD_SECONDS", 0.05)
    answer = talks(house, Protocol.IMAP, b"".join(b"a%d LOGIN %b x\r\n" % (n, address.encode()) for n in range(9)))
    assert answer.count(b" NO [AUTHENTICATIONFAILED]") == 3


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize(
    "sent",
    [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"POST / HTTP/1.1\r\n\r\na1 LOGIN x y\r\n", b"x" * 20_000, b"\0" * 64],
)
def test_a_browser_or_nonsense_gets_no_further(house: House, protocol: Protocol, sent: bytes) -> None:
    answer = talks(house, protocol, sent, patience=1)
    assert answer.count(b"\n") <= 2
    assert b" OK Logged" not in answer


@pytest.mark.parametrize("protocol", list(Protocol))
def test_who_says_nothing_is_sent_away(house: House, protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caller, "SECONDS", 0.3)
    begun = time.monotonic()
    talks(house, protocol, b"", patience=5)
    assert time.monotonic() - begun < 3


def test_without_a_login_nothing_is_told(house: House) -> None:
    answer = talks(house, Protocol.IMAP, b"a1 NOOP\r\na2 ID NIL\r\na3 SELECT INBOX\r\na4 CAPABILITY\r\na5 LOGOUT\r\n")
    assert [line.split()[1] for line in answer.split(b"\r\n") if line.startswith(b"a")] == [
        b"OK",
        b"OK",
        b"BAD",
        b"OK",
        b"OK",
    ]
    assert b"530" in talks(house, Protocol.SMTP, b"EHLO x\r\nMAIL FROM:<a@b.example>\r\nQUIT\r\n")
    assert b"-ERR" in talks(house, Protocol.POP3, b"CAPA\r\nSTAT\r\nQUIT\r\n")


def test_when_the_doors_shut_everybody_is_out_and_no_thread_is_left(house: House, address: str) -> None:
    with Door(Protocol.IMAP, 0, house.admit, words) as own:
        client = IMAPClient("127.0.0.1", own.port, ssl=False, timeout=20)
        client.plain_login(address, PASSWORD)
        before = threading.active_count()
    until = time.monotonic() + 5
    while threading.active_count() > before - 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert threading.active_count() <= before - 2
    with pytest.raises((OSError, client.AbortError)):
        client.noop()
    client.shutdown()


def test_a_port_that_is_taken_is_told_with_its_number(house: House) -> None:
    with pytest.raises(DoorPortTaken) as caught:
        Door(Protocol.IMAP, house.ports[Protocol.IMAP], house.admit, words)
    assert caught.value.facts == {"port": str(house.ports[Protocol.IMAP]), "protocol": "IMAP"}


def refused(house: House, protocol: Protocol, address: str, password: str) -> str:
    with pytest.raises((imaplib.IMAP4.error, poplib.error_proto, smtplib.SMTPException)) as caught:
        _logs_in(house, protocol, address, password)
    return str(caught.value)


def _logs_in(house: House, protocol: Protocol, address: str, password: str) -> None:
    if protocol is Protocol.IMAP:
        with imap(house) as client:
            client.login(address, password)
    elif protocol is Protocol.POP3:
        with closing(pop3(house)) as post:
            post.user(address)
            post.pass_(password)
    else:
        with smtp(house) as sender:
            sender.login(address, password)
