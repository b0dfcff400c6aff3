"""What happens in one round of fetching? Read, commit, and only then delete on the server."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial

from mail import connect
from mail.heap import give_back
from mail.imap import Connected, imap_source
from mail.inbox import Arrival, Inbox
from mail.mailbox import Mailbox, Protocol, Server, TokenSource
from mail.pop3 import pop3_source
from mail.problems import MailProblem
from mail.source import Source, Stop, Stopped

_Opener = Callable[[Mailbox, Server, TokenSource, Inbox, Stop], AbstractContextManager[Source]]


@dataclass(frozen=True)
class Fetched:
    """What a round brought: messages new here, bytes read for them, messages deleted on the server, and messages the
    server listed but could not give.
    """

    new: int = 0
    bytes: int = 0
    deleted: int = 0
    skipped: int = 0


_MUCH = 20_000_000
"""Bytes in a round after which asking the system to take memory back is worth its millisecond."""

Progress = Callable[[Fetched, int], None]
"""What a round has brought so far, and how many messages it has found to be new so far."""


def fetch_round(
    mailbox: Mailbox,
    token: TokenSource,
    inbox: Inbox,
    *,
    stop: Stop,
    on_progress: Progress = lambda *_: None,
    imap: Connected = connect.imap,
) -> Fetched:
    """One round. What is committed when it ends with a Problem stays, and the next round goes on from there.

    Raises MailboxRefused, ServerUnreachable, StoreProblem, and what `token` raises. `on_progress` is called after each
    commit, at once, on the committer's thread. `imap` has the connection.
    """
    server = mailbox.receive
    if server is None:
        raise MailProblem(f"{mailbox.account} receives nothing", code="no_receive_server", address=mailbox.address)
    keeper = _Keeper(mailbox, inbox, on_progress)
    opened: _Opener = pop3_source if server.protocol is Protocol.POP3 else partial(imap_source, connected=imap)
    try:
        with opened(mailbox, server, token, inbox, stop) as source:
            fetched = _round(source, keeper, delete=mailbox.delete_after_fetch)
    except Stopped:
        return keeper.fetched
    finally:
        if keeper.fetched.bytes > _MUCH:
            give_back()
    if source.trouble:
        raise source.trouble
    return fetched


def _round(source: Source, keeper: _Keeper, *, delete: bool) -> Fetched:
    keeper.keep(source)
    deleted = source.delete() if delete else 0
    source.settle()
    return replace(keeper.fetched, deleted=deleted, skipped=source.skipped)


class _Keeper:
    """Commits one batch while the next is read: the network and the disk wait for each other no longer."""

    def __init__(self, mailbox: Mailbox, inbox: Inbox, on_progress: Progress) -> None:
        self.fetched = Fetched()
        self._mailbox = mailbox
        self._inbox = inbox
        self._on_progress = on_progress
        self._pending: Future[None] | None = None

    def keep(self, source: Source) -> None:
        with ThreadPoolExecutor(1, "commit") as committer:
            try:
                for batch in source.batches():
                    _read_lines(batch)
                    self._settle()
                    if batch:
                        self._pending = committer.submit(self._commit, batch, source)
            finally:
                self._settle()

    def _settle(self) -> None:
        """Wait for the commit under way; raises what it raised."""
        pending, self._pending = self._pending, None
        if pending:
            pending.result()

    def _commit(self, batch: list[Arrival], source: Source) -> None:
        ids = self._inbox.add(self._mailbox.account, batch, place=self._mailbox.place)
        size = sum(len(arrival.raw) for arrival in batch)
        self.fetched = replace(self.fetched, new=self.fetched.new + len(ids), bytes=self.fetched.bytes + size)
        self._on_progress(self.fetched, source.expected)


def _read_lines(batch: list[Arrival]) -> None:
    """While the committer is busy with the disk: what a listing shows is read here, and kept with the message."""
    for arrival in batch:
        arrival.line  # noqa: B018  computed once
