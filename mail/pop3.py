"""What is new over POP3? Messages whose UIDL is not known here, and deletion of those that are safely here."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from mail import connect
from mail.answers import refusal, understood
from mail.imap_fetch import BATCH_BYTES, BATCH_MESSAGES
from mail.inbox import POP3_FOLDER, POP3_UIDVALIDITY, Arrival, Inbox
from mail.login import pop3_capabilities
from mail.mailbox import Mailbox, Server, TokenSource
from mail.pop3_wire import Pop3Refusal, Pop3Wire
from mail.problems import MailboxRefused
from mail.refusals import session_meaning
from mail.source import Stopped

_AHEAD = 32
"""Commands sent before the first is answered, where the server allows it."""

log = logging.getLogger(__name__)


@contextmanager
def pop3_source(
    mailbox: Mailbox, server: Server, token: TokenSource, inbox: Inbox, stop: threading.Event
) -> Iterator[Pop3Source]:
    with connect.pop3(mailbox, server, token) as wire:
        yield Pop3Source(wire, mailbox, server, inbox, stop)
        with understood(mailbox, server):
            wire.ask("QUIT")  # only now does the server delete


class Pop3Source:
    """One round. Message numbers hold for this connection alone, the UIDL for good."""

    trouble: MailboxRefused | None = None

    def __init__(self, wire: Pop3Wire, mailbox: Mailbox, server: Server, inbox: Inbox, stop: threading.Event) -> None:
        self._wire = wire
        self._mailbox = mailbox
        self._server = server
        self._inbox = inbox
        self._stop = stop
        self._listed: dict[str, int] = {}  # UIDL → number
        self._ahead = 1
        self.skipped = 0

    def batches(self) -> Iterator[list[Arrival]]:
        with understood(self._mailbox, self._server):
            self._ahead = _AHEAD if "PIPELINING" in pop3_capabilities(self._wire) else 1
            self._listed = self._list()
            known = self._known()
            new = [(uidl, number) for uidl, number in self._listed.items() if uidl not in known]
            batch: list[Arrival] = []
            size = 0
            try:
                for arrival in self._read(new):
                    batch.append(arrival)
                    size += len(arrival.raw)
                    if len(batch) >= BATCH_MESSAGES or size >= BATCH_BYTES:
                        yield batch
                        batch, size = [], 0
            except (OSError, Stopped):
                yield batch
                raise
            yield batch

    def delete(self) -> int:
        with understood(self._mailbox, self._server):
            known = self._known()
            here = [f"DELE {number}" for uidl, number in self._listed.items() if uidl in known]
            for _ in self._asked(here):
                self._wire.status()
        return len(here)

    def _known(self) -> set[str]:
        return self._inbox.known_uidls(self._mailbox.account, list(self._listed), place=self._mailbox.place)

    def _list(self) -> dict[str, int]:
        try:
            lines = self._wire.ask_lines("UIDL")
        except Pop3Refusal as answer:
            if session_meaning(self._server.protocol, str(answer)).final:
                raise refusal(self._mailbox, self._server, "pop3_uidl_missing", str(answer)) from answer
            raise
        pairs = (line.decode("utf-8", "replace").split(None, 1) for line in lines)
        return {pair[1]: int(pair[0]) for pair in pairs if len(pair) == 2}  # noqa: PLR2004  number and UIDL

    def _read(self, new: list[tuple[str, int]]) -> Iterator[Arrival]:
        for index, command in enumerate(self._asked([f"RETR {number}" for _, number in new])):
            if self._stop.is_set():
                raise Stopped
            try:
                self._wire.status()
            except Pop3Refusal as answer:
                self._skip(command, str(answer))
                continue
            yield Arrival(POP3_FOLDER, POP3_UIDVALIDITY, new[index][0], self._wire.body())

    def _skip(self, command: str, answer: str) -> None:
        """One message the server cannot give must not stop those behind it; it is asked for again next time."""
        if not session_meaning(self._server.protocol, answer).final:
            raise Pop3Refusal(answer)
        self.skipped += 1
        log.warning("%s: %s refused: %s", self._mailbox.account, command, answer)

    def _asked(self, commands: list[str]) -> Iterator[str]:
        """Each command whose answer is due, the next ones sent ahead."""
        waiting: deque[str] = deque()
        for command in commands:
            self._wire.send(command)
            waiting.append(command)
            if len(waiting) >= self._ahead:
                yield waiting.popleft()
        yield from waiting
