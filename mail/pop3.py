"""What is new over POP3? Messages whose UIDL is not known here, and deletion of those that are safely here."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from mail import connect
from mail.answers import refusal, understood
from mail.imap_fetch import BATCH_BYTES, BATCH_MESSAGES
from mail.inbox import Arrival, Inbox
from mail.large import Raw
from mail.login import pop3_capabilities
from mail.mailbox import Mailbox, Server, TokenSource
from mail.pop3_wire import Pop3Refusal, Pop3Wire, TooLarge
from mail.problems import MailboxRefused
from mail.refusals import session_meaning
from mail.seen import POP3_FOLDER, POP3_UIDVALIDITY, UNCOUNTED, Origin
from mail.source import Stop, Stopped

_AHEAD = 32
"""Commands sent before the first is answered, where the server allows it."""

log = logging.getLogger(__name__)


@contextmanager
def pop3_source(mailbox: Mailbox, server: Server, token: TokenSource, inbox: Inbox, stop: Stop) -> Iterator[Pop3Source]:
    with connect.pop3(mailbox, server, token) as wire:
        yield Pop3Source(wire, mailbox, server, inbox, stop)
        with understood(mailbox, server):
            _quit(wire, mailbox.account)


def _quit(wire: Pop3Wire, account: str) -> None:
    """Only now does the server delete. What it could not, is tried again in the next round."""
    try:
        wire.ask("QUIT")
    except Pop3Refusal as answer:
        log.warning("%s: not everything was deleted: %s", account, answer)


class Pop3Source:
    """One round. Message numbers hold for this connection alone, the UIDL for good."""

    trouble: MailboxRefused | None = None

    def __init__(self, wire: Pop3Wire, mailbox: Mailbox, server: Server, inbox: Inbox, stop: Stop) -> None:
        self._wire = wire
        self._mailbox = mailbox
        self._server = server
        self._inbox = inbox
        self._stop = stop
        self._origin = Origin(mailbox.account, mailbox.place, POP3_FOLDER, POP3_UIDVALIDITY)
        self._listed: dict[str, int] = {}  # UIDL → number
        self._ahead = 1
        self.skipped = 0
        self.expected = 0

    def batches(self) -> Iterator[list[Arrival]]:
        with understood(self._mailbox, self._server):
            self._ahead = _AHEAD if "PIPELINING" in pop3_capabilities(self._wire) else 1
            self._listed = self._list()
            new = self._new()
            self.expected = len(new)
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
        """Where the server will not delete one of them, the others go all the same."""
        with understood(self._mailbox, self._server):
            known = self._known()
            here = [f"DELE {number}" for uidl, number in self._listed.items() if uidl in known]
            return sum(self._granted(command) for command in self._asked(here))

    def settle(self) -> None:
        self._inbox.seen.settle(self._origin, UNCOUNTED)

    def _new(self) -> list[tuple[str, int]]:
        """What is not here; what could not be had lately waits for its time."""
        seen = self._inbox.seen
        known = self._known() | seen.missing(self._origin, list(self._listed)).difference(seen.due(self._origin))
        return [(uidl, number) for uidl, number in self._listed.items() if uidl not in known]

    def _known(self) -> set[int | str]:
        return self._inbox.seen.known(self._origin, list(self._listed))

    def _granted(self, command: str) -> bool:
        try:
            self._wire.status()
        except Pop3Refusal as answer:
            self._passed_over(command, str(answer))
            return False
        return True

    def _list(self) -> dict[str, int]:
        try:
            lines = self._wire.ask_lines("UIDL")
        except Pop3Refusal as answer:
            if session_meaning(self._server.protocol, str(answer)).final:
                raise refusal(self._mailbox, self._server, "pop3_uidl_missing", str(answer)) from answer
            raise
        pairs = (line.decode("utf-8", "replace").split(None, 1) for line in lines)
        return {pair[1]: int(pair[0]) for pair in pairs if len(pair) == 2 and pair[0].isdecimal()}  # noqa: PLR2004  both

    def _read(self, new: list[tuple[str, int]]) -> Iterator[Arrival]:
        for index, command in enumerate(self._asked([f"RETR {number}" for _, number in new])):
            uidl, _ = new[index]
            if self._stop.is_set():
                raise Stopped
            try:
                self._wire.status()
            except Pop3Refusal as answer:
                self._passed_over(command, str(answer))
                self._inbox.seen.missed(self._origin, [uidl], str(answer))
                self.skipped += 1
                continue
            yield Arrival(POP3_FOLDER, POP3_UIDVALIDITY, uidl, self._body(uidl))

    def _body(self, uidl: str) -> Raw:
        try:
            return self._wire.body()
        except TooLarge:
            self._inbox.seen.missed(self._origin, [uidl], "too large")  # so that the next round gets past it
            raise

    def _passed_over(self, command: str, answer: str) -> None:
        """One message the server cannot give or delete must not stop those behind it."""
        if not session_meaning(self._server.protocol, answer).final:
            raise Pop3Refusal(answer)
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
