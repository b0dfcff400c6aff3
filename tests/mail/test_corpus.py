"""Are all awkward mails fetched, kept byte for byte and read within a second each?"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auth.sandbox.certificate import issue, make_ca
from mail.database import Database
from mail.fetch import fetch_round
from mail.inbox import Inbox
from mail.mailbox import Mailbox, Protocol
from mail.message import attachment, parse, summary
from mail.sandbox.post_office import SandboxPostOffice
from mail.schema import MIGRATIONS
from tests.rigs.awkward import corpus
from tests.rigs.dovecot import Dovecot

CORPUS = corpus()
SECONDS = 1.0


def test_there_are_enough_of_them_and_each_is_another() -> None:
    assert len(CORPUS) >= 300
    assert len(set(CORPUS.values())) > len(CORPUS) * 0.97


def test_each_is_read_within_a_second_and_nothing_raises() -> None:
    slow = {}
    for name, raw in CORPUS.items():
        begun = time.perf_counter()
        line, whole = summary(raw), parse(raw)
        for number in range(min(len(whole.attachments), 3)):
            assert attachment(raw, number)
        if (taken := time.perf_counter() - begun) > SECONDS:
            slow[name] = taken
        assert line.subject == whole.subject, name
        assert len(line.attachments) == min(len(whole.attachments), 100), name
    assert not slow


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        yield Inbox(database)


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("receive", [Protocol.IMAP, Protocol.POP3])
def test_all_are_fetched_from_a_real_server_and_are_here_byte_for_byte(
    dovecot: Dovecot, address: str, token: Callable[[], str], inbox: Inbox, receive: Protocol
) -> None:
    dovecot.fill(address, list(CORPUS.values()))
    there = dovecot.raws(address)
    assert len(there) == len(CORPUS)
    fetched = fetch_round(dovecot.mailbox(address, receive), token, inbox, stop=threading.Event())
    assert (fetched.new, fetched.skipped) == (len(CORPUS), 0)
    here = [inbox.raw(row.id) for row in inbox.list(limit=10_000)]
    if receive is Protocol.POP3:  # Dovecot ends every last line there, and sends 0x80 for each null byte
        here, there = [[raw.replace(b"\0", b"\x80").rstrip(b"\r\n") for raw in each] for each in (here, there)]
    assert Counter(here) == Counter(there)
    assert fetch_round(dovecot.mailbox(address, receive), token, inbox, stop=threading.Event()).new == 0


@pytest.mark.parametrize("receive", [Protocol.IMAP, Protocol.POP3])
def test_a_server_that_changes_nothing_gives_them_as_they_were_made(
    tmp_path: Path, inbox: Inbox, receive: Protocol
) -> None:
    """Dovecot takes no null bytes; this one does."""
    address, ca = "info@example.org", make_ca(tmp_path)
    made = issue(ca, ["localhost", "127.0.0.1"])
    with SandboxPostOffice(tmp_path / "post", (made.file, made.key_file), lambda _: address) as post:
        for raw in CORPUS.values():
            post.deliver(address, raw)
        server = post.imap if receive is Protocol.IMAP else post.pop3
        mailbox = Mailbox("info", address, server, None, ca_file=ca.file)
        fetched = fetch_round(mailbox, lambda: "good", inbox, stop=threading.Event())
    assert (fetched.new, fetched.skipped) == (len(CORPUS), 0)
    assert [inbox.raw(row.id) for row in inbox.list(limit=10_000)] == list(CORPUS.values())
