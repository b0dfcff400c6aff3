"""Does new mail wake us at once, and does nothing else?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from mail import connect, idle
from mail.idle import Stop, wait_for_mail, watching
from mail.mailbox import Mailbox, Protocol
from mail.problems import MailProblem, ServerUnreachable
from tests.mail.letters import letter
from tests.rigs.dovecot import Dovecot
from tests.rigs.proxy import BrokenLine
from tests.rigs.scripted import ScriptedServer

Token = Callable[[], str]
pytestmark = pytest.mark.needs("dovecot")


@pytest.fixture
def stop() -> Iterator[Stop]:
    with closing(Stop()) as made:
        yield made


@contextmanager
def soon(act: Callable[[], object], seconds: float = 0.4) -> Iterator[None]:
    timer = threading.Timer(seconds, act)
    timer.start()
    yield
    timer.join()


def test_a_message_that_arrives_wakes_at_once(dovecot: Dovecot, address: str, token: Token, stop: Stop) -> None:
    began = time.monotonic()
    with soon(lambda: dovecot.deliver(address, letter(1))):
        assert wait_for_mail(dovecot.mailbox(address), token, stop, 20)
    assert time.monotonic() - began < 5


def test_without_mail_the_wait_ends_with_its_time(dovecot: Dovecot, address: str, token: Token, stop: Stop) -> None:
    dovecot.fill(address, [letter(1)])
    began = time.monotonic()
    assert not wait_for_mail(dovecot.mailbox(address), token, stop, 0.5)
    assert 0.5 <= time.monotonic() - began < 5


def test_the_programs_end_ends_the_wait(dovecot: Dovecot, address: str, token: Token, stop: Stop) -> None:
    began = time.monotonic()
    with soon(stop.set):
        assert not wait_for_mail(dovecot.mailbox(address), token, stop, 20)
    assert time.monotonic() - began < 5
    assert not wait_for_mail(dovecot.mailbox(address), token, stop, 20)


def test_what_arrives_between_a_fetch_and_the_wait_is_not_missed(
    dovecot: Dovecot, address: str, token: Token, stop: Stop
) -> None:
    with watching(dovecot.mailbox(address), token) as watch:
        dovecot.deliver(address, letter(1))
        assert watch.wait(stop, 20)
        assert not watch.wait(stop, 0.3)
        dovecot.deliver(address, letter(2))
        assert watch.wait(stop, 20)


def test_a_deletion_is_no_new_mail(dovecot: Dovecot, address: str, token: Token, stop: Stop) -> None:
    dovecot.fill(address, [letter(1), letter(2)])

    def expunge() -> None:
        with dovecot.control(address) as client:
            client.select_folder("INBOX")
            client.delete_messages([1])
            client.expunge()

    with soon(expunge):
        assert not wait_for_mail(dovecot.mailbox(address), token, stop, 1.5)


def test_the_wait_is_renewed_before_a_firewall_forgets_it(
    dovecot: Dovecot, address: str, token: Token, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "RENEW_SECONDS", 0.3)
    with BrokenLine(dovecot.server(Protocol.IMAP).port) as line:
        mailbox = through(line, dovecot.mailbox(address))
        with watching(mailbox, token) as watch:
            before = line.passed
            assert not watch.wait(stop, 1.4)
            assert line.passed - before > 4 * len("+ idling\r\nW1 OK Idle completed\r\n")
    assert line.connections == 1


def test_a_line_that_is_cut_is_noticed_at_once(dovecot: Dovecot, address: str, token: Token, stop: Stop) -> None:
    began = time.monotonic()
    with BrokenLine(dovecot.server(Protocol.IMAP).port) as line, soon(line.cut_all), pytest.raises(ServerUnreachable):
        wait_for_mail(through(line, dovecot.mailbox(address)), token, stop, 20)
    assert time.monotonic() - began < 5


def test_a_line_that_is_dead_is_noticed_at_the_next_renewal(
    dovecot: Dovecot, address: str, token: Token, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "RENEW_SECONDS", 0.5)
    monkeypatch.setattr(connect, "READ_SECONDS", 0.5)
    with BrokenLine(dovecot.server(Protocol.IMAP).port) as line:

        def die() -> None:
            line.stall_after = 0

        with soon(die, 0.2), pytest.raises(ServerUnreachable) as dead:
            wait_for_mail(through(line, dovecot.mailbox(address)), token, stop, 20)
    assert dead.value.code == "server_silent"


IMAP_IN = (
    ("AUTHENTICATE XOAUTH2", "+ "),
    ("^[A-Za-z0-9+/=]{20,}$", "{tag} OK in"),
    ("EXAMINE", "* 3 EXISTS\n* OK [UIDVALIDITY 7] ok\n{tag} OK [READ-ONLY] done"),
    ("NOOP", "{tag} OK done"),
    ("LOGOUT", "* BYE\n{tag} OK bye"),
)
ABLE = ("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 IDLE\n{tag} OK done")


@pytest.mark.parametrize("answer", ["+ idling\n* 4 EXISTS", "* 4 EXISTS\n+ idling"])
def test_mail_told_together_with_the_go_ahead_is_heard(answer: str, stop: Stop) -> None:
    script = (ABLE, *IMAP_IN, ("IDLE", answer), ("DONE", "{tag} OK done"))
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        began = time.monotonic()
        assert wait_for_mail(Mailbox("info", "info@example.org", server.server, None), lambda: "token", stop, 20)
    assert time.monotonic() - began < 5


def test_mail_told_before_the_wait_begins_is_heard(stop: Stop) -> None:
    told = ("NOOP", "* 4 EXISTS\n{tag} OK done")
    script = (ABLE, *(told if pattern == "NOOP" else (pattern, answer) for pattern, answer in IMAP_IN))
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        assert wait_for_mail(Mailbox("info", "info@example.org", server.server, None), lambda: "token", stop, 20)
    assert not [line for line in server.heard if "IDLE" in line]


def test_a_server_that_says_goodbye_is_left(stop: Stop) -> None:
    script = (ABLE, *IMAP_IN, ("IDLE", "+ idling\n* BYE Session invalidated - AccessTokenExpired"), ("DONE", ""))
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        pytest.raises(ServerUnreachable) as ended,
    ):
        wait_for_mail(Mailbox("info", "info@example.org", server.server, None), lambda: "token", stop, 20)
    assert (ended.value.code, ended.value.facts["answer"]) == (
        "connection_lost",
        "Session invalidated - AccessTokenExpired",
    )


def test_a_server_without_idle_is_told_so(stop: Stop) -> None:
    script = (("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\n{tag} OK done"), *IMAP_IN)
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server, pytest.raises(MailProblem) as missing:
        wait_for_mail(Mailbox("info", "info@example.org", server.server, None), lambda: "token", stop, 20)
    assert missing.value.code == "idle_missing"


def test_pop3_has_nothing_to_wait_on(dovecot: Dovecot, address: str, token: Token, stop: Stop) -> None:
    with pytest.raises(MailProblem) as missing:
        wait_for_mail(dovecot.mailbox(address, Protocol.POP3), token, stop, 1)
    assert missing.value.code == "idle_missing"


def through(line: BrokenLine, mailbox: Mailbox) -> Mailbox:
    assert mailbox.receive
    return replace(mailbox, receive=replace(mailbox.receive, port=line.port))
