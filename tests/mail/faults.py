"""Does each message come once and unchanged, whatever the line does? One fault, then rounds over a sound line."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mail import connect, imap_fetch, pop3
from mail.database import Database
from mail.imap_fetch import BATCH_MESSAGES
from mail.inbox import Inbox
from mail.mailbox import Mailbox, Protocol
from mail.problems import ServerUnreachable
from mail.schema import MIGRATIONS
from tests.mail.letters import letter
from tests.mail.rounds import fetched, stored
from tests.rigs.dovecot import Dovecot
from tests.rigs.faulty_line import Fault, FaultyLine, Kind

PATIENCE = 0.5
"""Seconds until a line that stalls is given up, in place of a minute."""

EVERY = 1000
"""Bytes from one place of a fault to the next."""

LETTERS = [letter(number, size) for number, size in enumerate((300, 9_000, 40, 2_500, 700, 5_000, 1_000, 60), 1)]


@dataclass(frozen=True)
class Case:
    protocol: Protocol
    delete: bool
    fault: Fault

    def __str__(self) -> str:
        where = f"byte {self.fault.byte}" if self.fault.byte >= 0 else f"step {self.fault.step}"
        return f"{self.fault.kind} at {where}, {self.protocol}{', delete' if self.delete else ''}"


@contextmanager
def small_batches() -> Iterator[None]:
    """So that commits happen in between."""
    before = BATCH_MESSAGES
    _set_batches(3)
    try:
        yield
    finally:
        _set_batches(before)


@contextmanager
def patience(kind: Kind) -> Iterator[None]:
    """So that a line which stalls is given up soon."""
    before = connect.READ_SECONDS, connect.CONNECT_SECONDS
    if kind is Kind.STALL:
        connect.READ_SECONDS = connect.CONNECT_SECONDS = PATIENCE
    try:
        yield
    finally:
        connect.READ_SECONDS, connect.CONNECT_SECONDS = before


def _set_batches(messages: int) -> None:
    for module in (imap_fetch, pop3):
        vars(module)["BATCH_MESSAGES"] = messages


def cases(dovecot: Dovecot, token: Callable[[str], str], address: str) -> list[Case]:
    """Every kind at every step and every 1,000th byte of a whole round, keeping and deleting."""
    found = []
    for protocol in (Protocol.IMAP, Protocol.POP3):
        for delete in (False, True):
            name = f"{protocol}-{delete}-{address}"
            with _place(dovecot, name) as inbox, FaultyLine(dovecot.server(protocol).port) as line:
                fetched(_mailbox(dovecot, name, protocol, line, delete=delete), partial(token, name), inbox)
            places = [Fault(kind, step=step) for kind in Kind for step in range(1, line.steps + 1)]
            places += [Fault(kind, byte=byte) for kind in Kind for byte in range(0, line.bytes, EVERY)]
            found += [Case(protocol, delete, fault) for fault in places]
    return found


def some(every: list[Case], count: int, seed: int) -> list[Case]:
    return random.Random(seed).sample(every, count)


def survives(dovecot: Dovecot, token: Callable[[str], str], address: str, case: Case) -> str:
    """How the round with the fault ended; all that must hold afterwards is asserted."""
    with _place(dovecot, address) as inbox, FaultyLine(dovecot.server(case.protocol).port, case.fault) as line:
        mailbox = _mailbox(dovecot, address, case.protocol, line, delete=case.delete)
        ended = "whole"
        try:
            with patience(case.fault.kind):
                fetched(mailbox, lambda: token(address), inbox)
        except ServerUnreachable as problem:  # nothing else: no other problem, no exception
            ended = problem.code
        there = dovecot.raws(address)
        assert set(there) | set(stored(inbox)) == set(LETTERS), "something is neither here nor there"
        fetched(mailbox, lambda: token(address), inbox)
        assert sorted(stored(inbox)) == sorted(LETTERS)
        assert dovecot.raws(address) == ([] if case.delete else LETTERS)
        assert fetched(mailbox, lambda: token(address), inbox).new == 0
    return ended if line.happened else "not met"


@contextmanager
def _place(dovecot: Dovecot, address: str) -> Iterator[Inbox]:
    dovecot.fill(address, LETTERS)
    with tempfile.TemporaryDirectory() as folder, closing(Database(Path(folder, "post.db"), MIGRATIONS)) as database:
        yield Inbox(database)


def _mailbox(dovecot: Dovecot, address: str, protocol: Protocol, line: FaultyLine, *, delete: bool) -> Mailbox:
    mailbox = dovecot.mailbox(address, protocol, delete=delete)
    assert mailbox.receive
    return replace(mailbox, receive=replace(mailbox.receive, port=line.port))
