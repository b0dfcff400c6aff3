"""Is nothing lost and nothing doubled when a round of fetching is cut short or the mailbox changes under it?"""

from __future__ import annotations

import threading
import tracemalloc

import pytest

from mail import connect, imap_fetch, pop3
from mail.fetch import Fetched, fetch_round
from mail.inbox import Inbox
from mail.mailbox import Protocol
from mail.problems import ServerUnreachable
from tests.mail.letters import letter
from tests.mail.rounds import BOTH, Token, fetched, stored, through
from tests.rigs.dovecot import Dovecot
from tests.rigs.proxy import BrokenLine

pytestmark = pytest.mark.needs("dovecot")


@pytest.mark.parametrize("receive", BOTH)
@pytest.mark.parametrize("cut", [20_000, 61_000, 150_001, 333_333])
def test_a_line_cut_in_the_middle_keeps_what_was_whole_and_goes_on_from_there(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol, cut: int
) -> None:
    letters = [letter(number, size=9_000) for number in range(40)]
    dovecot.fill(address, letters)
    with BrokenLine(dovecot.server(receive).port) as line:
        line.cut_after = cut
        mailbox = through(line, dovecot.mailbox(address, receive))
        with pytest.raises(ServerUnreachable) as lost:
            fetched(mailbox, token, inbox)
        assert lost.value.code == "connection_lost"
        kept = stored(inbox)
        assert kept == letters[: len(kept)]
        if receive is Protocol.IMAP:  # POP3's next request may meet the closed line before the last answers are read
            assert len(kept) >= (cut - 12_000) // 10_500
        line.cut_after = None
        assert fetched(mailbox, token, inbox).new == 40 - len(kept)
    assert stored(inbox) == letters


@pytest.mark.parametrize("receive", BOTH)
def test_a_line_that_goes_dead_is_given_up_and_what_was_whole_is_kept(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "READ_SECONDS", 1.0)
    letters = [letter(number, size=9_000) for number in range(40)]
    dovecot.fill(address, letters)
    with BrokenLine(dovecot.server(receive).port) as line:
        line.stall_after = 200_000
        with pytest.raises(ServerUnreachable) as lost:
            fetched(through(line, dovecot.mailbox(address, receive)), token, inbox)
    assert lost.value.code == "server_silent"
    assert 10 < len(stored(inbox)) < 40


@pytest.mark.parametrize("receive", BOTH)
def test_a_round_that_is_told_to_stop_keeps_what_it_has_read(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (imap_fetch, pop3):
        monkeypatch.setattr(module, "BATCH_MESSAGES", 10)
    letters = [letter(number, size=20_000) for number in range(100)]
    dovecot.fill(address, letters)
    stop = threading.Event()
    mailbox = dovecot.mailbox(address, receive, delete=True)
    first = fetch_round(mailbox, token, inbox, stop=stop, on_progress=lambda *_: stop.set())
    assert 0 < first.new < 100
    assert first.deleted == 0
    second = fetched(mailbox, token, inbox)
    assert (first.new + second.new, second.deleted) == (100, 100)
    assert stored(inbox) == letters


def test_a_mailbox_that_is_numbered_anew_brings_what_is_new_and_nothing_twice(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox
) -> None:
    dovecot.fill(address, [letter(1), letter(2)])
    fetched(dovecot.mailbox(address), token, inbox)
    for file in dovecot.maildir(address).glob("dovecot*"):
        file.unlink()
    (dovecot.maildir(address) / "dovecot-uidlist").write_text("3 V4711 N10 G0123456789abcdef0123456789abcdef\n")
    dovecot.fill(address, [letter(3)])
    assert fetched(dovecot.mailbox(address), token, inbox).new == 1
    assert stored(inbox) == [letter(1), letter(2), letter(3)]
    dovecot.fill(address, [letter(4), letter(1)])
    assert fetched(dovecot.mailbox(address, delete=True), token, inbox) == Fetched(2, len(letter(4) + letter(1)), 5)
    assert dovecot.raws(address) == []


def test_messages_that_go_while_we_read_are_no_trouble(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_fetch, "BATCH_MESSAGES", 5)
    letters = [letter(number) for number in range(30)]
    dovecot.fill(address, letters)

    def expunge(progress: Fetched, _expected: int) -> None:
        if progress.new == 5:
            with dovecot.control(address) as client:
                client.select_folder("INBOX")
                client.delete_messages([3, 28])
                client.expunge()

    result = fetch_round(dovecot.mailbox(address), token, inbox, stop=threading.Event(), on_progress=expunge)
    assert result.new in (29, 30)
    assert [raw for raw in stored(inbox) if raw != letters[27]] == [raw for raw in letters if raw != letters[27]]


@pytest.mark.parametrize("receive", BOTH)
def test_memory_does_not_grow_with_the_mailbox(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol
) -> None:
    letters = [letter(number, size=2_000_000) for number in range(40)]
    dovecot.fill(address, letters)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    try:
        assert fetched(dovecot.mailbox(address, receive), token, inbox).new == 40
        assert tracemalloc.get_traced_memory()[1] - before < 25_000_000
    finally:
        tracemalloc.stop()
