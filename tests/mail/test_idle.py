"""An account's one connection waits in IDLE between two rounds. Does new mail wake us at once, and nothing else?"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from mail import idle, watchman
from mail.fetch import Fetched, fetch_round
from mail.inbox import Inbox
from mail.lines import Lines
from mail.mailbox import Mailbox, Protocol, Server, TokenSource
from mail.problems import ServerUnreachable
from tests.mail.letters import letter
from tests.mail.rounds import scripted, stored, through
from tests.office import wait_until
from tests.rigs.dovecot import Dovecot
from tests.rigs.proxy import BrokenLine
from tests.rigs.scripted import ScriptedServer

if TYPE_CHECKING:
    from imapclient import IMAPClient

Token = Callable[[], str]
SOON = 5.0


class Listening:
    """An account's rounds, and how often one was asked for."""

    def __init__(self, mailbox: Mailbox, token: Token, inbox: Inbox) -> None:
        self.lines = Lines(inbox.seen)
        self.asked: queue.Queue[str] = queue.Queue()
        self._mailbox, self._token, self._inbox = mailbox, token, inbox
        self.lines.start(self.asked.put)
        self.lines.keep([mailbox])

    def round(self, **options: object) -> Fetched:
        given = {"imap": self.lines.connected, **options}
        return fetch_round(self._mailbox, self._token, self._inbox, stop=threading.Event(), **given)  # type: ignore[arg-type]

    def wakes(self, seconds: float = SOON) -> bool:
        try:
            return self.asked.get(timeout=seconds) == self._mailbox.account
        except queue.Empty:
            return False

    @property
    def waits(self) -> bool:
        found = self.lines._watchman
        return found is not None and self._mailbox.account in found._lines


@contextmanager
def listening(mailbox: Mailbox, token: Token, inbox: Inbox) -> Iterator[Listening]:
    made = Listening(mailbox, token, inbox)
    try:
        yield made
    finally:
        made.lines.stop()


@pytest.mark.needs("dovecot")
def test_rounds_and_the_waiting_between_them_share_one_connection(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox
) -> None:
    with (
        BrokenLine(dovecot.server(Protocol.IMAP).port) as line,
        listening(through(line, dovecot.mailbox(address, delete=True)), token, inbox) as account,
    ):
        assert account.round().new == 0
        for number, size in enumerate((300, 70_000, 1_200_000), 1):  # read in different ways
            dovecot.deliver(address, letter(number, size))
            assert account.wakes()
            assert account.round().new == 1
            assert account.waits
            assert not account.wakes(0.2)
        assert line.connections == 1
    assert len(stored(inbox)) == 3
    assert dovecot.raws(address) == []


@pytest.mark.needs("dovecot")
def test_what_arrives_between_the_rounds_last_look_and_the_waiting_is_not_missed(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox
) -> None:
    with listening(dovecot.mailbox(address), token, inbox) as account:

        @contextmanager
        def late(mailbox: Mailbox, server: Server, token: TokenSource) -> Iterator[IMAPClient]:
            with account.lines.connected(mailbox, server, token) as client:
                yield client
                dovecot.deliver(address, letter(1))

        assert account.round(imap=late).new == 0
        assert account.wakes()
        assert account.round().new == 1
        assert not account.wakes(0.3)


@pytest.mark.needs("dovecot")
def test_a_deletion_is_no_new_mail(dovecot: Dovecot, address: str, token: Token, inbox: Inbox) -> None:
    dovecot.fill(address, [letter(1), letter(2)])
    with listening(dovecot.mailbox(address), token, inbox) as account:
        account.round()
        with dovecot.control(address) as client:
            client.select_folder("INBOX")
            client.delete_messages([1])
            client.expunge()
        assert not account.wakes(1)


@pytest.mark.needs("dovecot")
def test_a_round_is_asked_for_before_a_firewall_forgets_the_line_and_without_one_it_is_closed(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watchman.GIVEN_UP_SECONDS <= 9 * 60
    monkeypatch.setattr(watchman, "RENEW_SECONDS", 0.3)
    monkeypatch.setattr(watchman, "GIVEN_UP_SECONDS", 0.9)
    with (
        BrokenLine(dovecot.server(Protocol.IMAP).port) as line,
        listening(through(line, dovecot.mailbox(address)), token, inbox) as account,
    ):
        for _ in range(4):
            account.round()
            assert account.wakes()
        assert line.connections == 1
        assert account.waits
        assert wait_until(lambda: not account.waits, 3)
        assert not account.wakes(0.5)
        account.round()
        assert line.connections == 2


@pytest.mark.needs("dovecot")
def test_a_line_that_is_cut_is_opened_again_by_a_round_less_and_less_often(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchman, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(watchman, "LONGEST_PAUSE", 0.8)
    with (
        BrokenLine(dovecot.server(Protocol.IMAP).port) as line,
        listening(through(line, dovecot.mailbox(address)), token, inbox) as account,
    ):
        pauses = []
        for number in range(1, 4):
            account.round()
            line.cut_all()
            begun = time.monotonic()
            assert account.wakes()
            pauses.append(time.monotonic() - begun)
            assert line.connections == number
        assert pauses[0] < pauses[1] < pauses[2]


@pytest.mark.needs("dovecot")
def test_a_line_that_is_dead_shows_when_the_round_takes_it_and_the_round_goes_on_over_another(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "LEAVING_SECONDS", 0.3)
    with (
        BrokenLine(dovecot.server(Protocol.IMAP).port) as line,
        listening(through(line, dovecot.mailbox(address)), token, inbox) as account,
    ):
        account.round()
        line.stall_after = 0
        dovecot.deliver(address, letter(1))
        assert not account.wakes(0.3)

        def mended(mailbox: Mailbox, server: Server, token: TokenSource) -> object:
            threading.Timer(0.15, lambda: setattr(line, "stall_after", None)).start()
            return account.lines.connected(mailbox, server, token)

        assert account.round(imap=mended).new == 1
        assert line.connections == 2


@pytest.mark.needs("dovecot")
def test_a_round_that_fails_is_asked_for_again_but_not_at_once(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchman, "FIRST_PAUSE", 0.4)
    with (
        BrokenLine(dovecot.server(Protocol.IMAP).port) as line,
        listening(through(line, dovecot.mailbox(address)), token, inbox) as account,
    ):
        line.cut_after = 1_000
        with pytest.raises(ServerUnreachable):
            account.round()
        assert not account.wakes(0.2)
        assert account.wakes()


@pytest.mark.needs("dovecot")
def test_what_is_not_wanted_any_more_is_closed_and_never_waits(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox
) -> None:
    with (
        BrokenLine(dovecot.server(Protocol.IMAP).port) as line,
        listening(through(line, dovecot.mailbox(address)), token, inbox) as account,
    ):
        account.round()
        assert account.waits
        account.lines.keep([])
        assert not account.waits
        account.round()
        assert not account.waits
        assert line.connections == 2


IMAP_IN = (
    ("AUTHENTICATE XOAUTH2", "+ "),
    ("^[A-Za-z0-9+/=]{20,}$", "{tag} OK in"),
    ("STATUS", '* STATUS "INBOX" (UIDVALIDITY 7 UIDNEXT 1 MESSAGES 0)\n{tag} OK done'),
    ("EXAMINE", "* 0 EXISTS\n* OK [UIDVALIDITY 7] ok\n* OK [UIDNEXT 1] ok\n{tag} OK [READ-ONLY] done"),
    ("UID FETCH", "{tag} OK done"),
    ("NOOP", "{tag} OK done"),
    ("CLOSE", "{tag} OK closed"),
    ("LOGOUT", "* BYE\n{tag} OK bye"),
)
ABLE = ("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 IDLE\n{tag} OK done")


@pytest.mark.parametrize("answer", ["+ idling\n* 4 EXISTS", "* 4 EXISTS\n+ idling"])
def test_mail_told_together_with_the_go_ahead_is_heard(answer: str, inbox: Inbox) -> None:
    script = (ABLE, *IMAP_IN, ("IDLE", answer), ("DONE", "{tag} OK done"))
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        account.round()
        assert account.wakes()


@pytest.mark.parametrize("said", ["* 2 EXISTS", "* 1 EXPUNGE\n* 1 EXISTS", "* 3 EXISTS\n* 3 EXISTS"])
def test_a_server_that_says_again_how_many_there_are_sets_off_no_round_after_another(said: str, inbox: Inbox) -> None:
    there = [(pattern, answer.replace("* 0 EXISTS", "* 2 EXISTS")) for pattern, answer in IMAP_IN]
    script = (ABLE, *there, ("IDLE", "+ idling\n" + said), ("DONE", "{tag} OK done"))
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        account.round()
        account.wakes(0.3)  # a folder that was never read
        account.round()
        assert account.wakes(0.3) is ("3 EXISTS" in said)
        assert account.waits


def test_a_line_that_breaks_when_the_round_is_over_is_no_fault_of_the_rounds(inbox: Inbox) -> None:
    """A server that names its abilities only when asked is asked for IDLE then."""
    asked_again = ("CAPABILITY", "")
    script = (("^[A-Z]+0 CAPABILITY", ABLE[1]), asked_again, *IMAP_IN)
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        assert account.round() == Fetched()
        assert not account.waits


def test_a_line_that_breaks_while_idle_begins_is_opened_again_by_a_round(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchman, "FIRST_PAUSE", 0.1)
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", (ABLE, *IMAP_IN, ("IDLE", ""))) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        assert account.round() == Fetched()
        assert not account.waits
        assert account.wakes()


def test_chatter_wakes_nobody(inbox: Inbox) -> None:
    chatter = "+ idling\n* OK Still here\n+ still idling\n* 3 EXPUNGE\n* 2 FETCH (FLAGS (\\Seen))\n* 2 RECENT\n* 9 EXI"
    script = (ABLE, *IMAP_IN, ("IDLE", chatter), ("DONE", "{tag} OK done"))
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        account.round()
        assert not account.wakes(0.3)
        assert account.waits


def test_a_server_that_says_goodbye_is_left(
    inbox: Inbox, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "mail")
    monkeypatch.setattr(watchman, "FIRST_PAUSE", 0.1)
    goodbye = "+ idling\n* BYE Session invalidated - AccessTokenExpired"
    script = (ABLE, *IMAP_IN, ("IDLE", goodbye), ("DONE", ""))
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        account.round()
        assert wait_until(lambda: not account.waits)
        assert "Session invalidated - AccessTokenExpired" in caplog.text


def test_a_server_without_idle_is_fetched_from_all_the_same(inbox: Inbox) -> None:
    script = (("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\n{tag} OK done"), *IMAP_IN)
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        account.round()
        assert not account.waits
        assert any("LOGOUT" in line for line in server.heard)


def test_a_server_that_refuses_idle_ends_no_round(inbox: Inbox) -> None:
    script = (ABLE, *IMAP_IN, ("IDLE", "{tag} NO not today"))
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        assert account.round() == Fetched()
        assert not account.waits
        assert not account.wakes(0.2)


def test_a_pause_that_is_asked_for_while_we_wait_is_kept_and_no_new_login_tried(inbox: Inbox) -> None:
    throttled = ("CLOSE", "{tag} BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds")
    script = (ABLE, throttled, *IMAP_IN, ("IDLE", "+ idling"), ("DONE", "{tag} OK done"))
    with (
        ScriptedServer(Protocol.IMAP, "* OK ready", script) as server,
        listening(scripted(server), lambda: "token", inbox) as account,
    ):
        account.round()
        with pytest.raises(ServerUnreachable) as told:
            account.round()
        assert not account.waits
    assert told.value.retry_after == timedelta(milliseconds=299_961)
    assert sum("AUTHENTICATE" in line for line in server.heard) == 1
