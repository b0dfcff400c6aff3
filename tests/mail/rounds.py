"""How do tests run a round of fetching and look at what it brought?"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from mail.fetch import Fetched, fetch_round
from mail.inbox import Inbox
from mail.mailbox import Mailbox, Protocol
from mail.seen import Origin, Seen
from tests.rigs.proxy import BrokenLine
from tests.rigs.scripted import ScriptedServer

Token = Callable[[], str]
BOTH = [Protocol.IMAP, Protocol.POP3]


def fetched(mailbox: Mailbox, token: Token, inbox: Inbox) -> Fetched:
    return fetch_round(mailbox, token, inbox, stop=threading.Event())


def stored(inbox: Inbox) -> list[bytes]:
    return [inbox.raw(row.id) for row in inbox.list(limit=10_000)]


def through(line: BrokenLine, mailbox: Mailbox) -> Mailbox:
    assert mailbox.receive
    return replace(mailbox, receive=replace(mailbox.receive, port=line.port))


def scripted(server: ScriptedServer) -> Mailbox:
    return Mailbox("info", "info@example.org", server.server, None)


class NotYet(Inbox):
    """An inbox that has not got some of the messages, as after a damaged file was set aside."""

    def __init__(self, real: Inbox, missing: set[int]) -> None:
        self._real = real
        self.seen = _NotYetSeen(real.seen, missing)


class _NotYetSeen(Seen):
    def __init__(self, real: Seen, missing: set[int]) -> None:
        super().__init__(real._database)
        self._real = real
        self._missing = missing

    def last_uid(self, origin: Origin) -> int:
        return max(self._real.last_uid(origin), *self._missing)

    def known(self, origin: Origin, names: Sequence[int | str]) -> set[int | str]:
        return self._real.known(origin, names) - self._missing
