"""What is new over IMAP? Messages after the last UID of each folder, and deletion of those that are safely here."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mail import connect
from mail.answers import understood
from mail.imap_fetch import BulkReader, FetchRefused, Gathered, commands
from mail.inbox import Arrival, Inbox
from mail.mailbox import Mailbox, Server, TokenSource
from mail.problems import MailboxRefused
from mail.refusals import session_meaning
from mail.source import Stopped

if TYPE_CHECKING:
    from imapclient import IMAPClient

_DELETED_AT_ONCE = 500
"""UIDs in one command: lines have a limit."""

log = logging.getLogger(__name__)


@contextmanager
def imap_source(
    mailbox: Mailbox, server: Server, token: TokenSource, inbox: Inbox, stop: threading.Event
) -> Iterator[ImapSource]:
    with connect.imap(mailbox, server, token) as client:
        yield ImapSource(client, mailbox, server, inbox, stop)


class ImapSource:
    """One round over all folders of one connection."""

    def __init__(
        self, client: IMAPClient, mailbox: Mailbox, server: Server, inbox: Inbox, stop: threading.Event
    ) -> None:
        self._client = client
        self._reader = BulkReader(client)
        self._mailbox = mailbox
        self._server = server
        self._inbox = inbox
        self._stop = stop
        self._listed: dict[str, tuple[int, list[int]]] = {}  # folder → UIDVALIDITY and what was there
        self.trouble: MailboxRefused | None = None  # a folder that was refused, the others were read
        self.skipped = 0

    def batches(self) -> Iterator[list[Arrival]]:
        """Ascending by UID in each folder; nothing is left out before what was yielded, so a cut loses nothing."""
        for folder in self._mailbox.folders:
            try:
                with understood(self._mailbox, self._server):
                    yield from self._folder(folder)
            except MailboxRefused as refusal:
                if refusal.code != "folder_missing":
                    raise
                self.trouble = refusal

    def delete(self) -> int:
        """What is known to be here goes from the server, also what an earlier round did not get round to."""
        with understood(self._mailbox, self._server):
            return sum(self._delete(folder, *found) for folder, found in self._listed.items())

    def _folder(self, folder: str) -> Iterator[list[Arrival]]:
        uidvalidity = _uidvalidity(self._client.select_folder(folder, readonly=True))
        last = self._inbox.last_uid(self._mailbox.account, folder, uidvalidity, place=self._mailbox.place)
        sizes = self._reader.sizes(1 if self._mailbox.delete_after_fetch else last + 1)
        self._listed[folder] = uidvalidity, [uid for uid, _ in sizes]
        new = [(uid, size) for uid, size in sizes if uid > last]
        for batch in self._read(deque(commands(new))):
            yield [Arrival(folder, uidvalidity, str(uid), raw) for uid, raw in batch]

    def _read(self, plan: deque[tuple[int, ...]]) -> Iterator[list[tuple[int, bytes]]]:
        """What `plan` asks for, in batches; before the end with an exception comes what is whole."""
        gathered = Gathered()
        while plan:
            uids = plan.popleft()
            got = set()
            try:
                for uid, raw in self._reader.messages(uids):
                    gathered.add(uid, raw)
                    got.add(uid)
                    if gathered.full:
                        yield gathered.take()
                    if self._stop.is_set():
                        raise Stopped  # noqa: TRY301  the same way out as a lost connection
            except FetchRefused as refusal:
                plan.extendleft(reversed(self._around(uids, [uid for uid in uids if uid not in got], str(refusal))))
            except (OSError, self._client.Error, Stopped):
                yield gathered.take_whole(uids)
                raise
        yield gathered.take()

    def _around(self, asked: Sequence[int], missing: Sequence[int], answer: str) -> list[tuple[int, ...]]:
        """What to ask for next. One message the server cannot give must not stop those behind it."""
        if not session_meaning(self._server.protocol, answer).final:
            raise self._client.Error(answer)
        if len(asked) == 1:
            self.skipped += len(missing)
            log.warning("%s: message %s cannot be fetched: %s", self._mailbox.account, asked[0], answer)
            return []
        return [part for part in (tuple(missing[:1]), tuple(missing[1:])) if part]

    def _delete(self, folder: str, uidvalidity: int, listed: list[int]) -> int:
        known = self._inbox.known_uids(self._mailbox.account, folder, uidvalidity, listed, place=self._mailbox.place)
        here = sorted(known)
        if not here or _uidvalidity(self._client.select_folder(folder)) != uidvalidity:
            return 0
        for start in range(0, len(here), _DELETED_AT_ONCE):
            self._expunge(here[start : start + _DELETED_AT_ONCE])
        return len(here)

    def _expunge(self, uids: list[int]) -> None:
        """Without UIDPLUS, EXPUNGE takes all that is marked: it is said only where nothing but ours is marked.

        Else ours stay marked, and go with the mailbox's next clean-up.
        """
        self._client.delete_messages(uids, silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)
        elif set(self._client.search("DELETED")) <= set(uids):
            self._client.expunge()


def _uidvalidity(selected: dict[bytes, object]) -> int:
    """A server that gives none claims that its UIDs never change."""
    found = selected.get(b"UIDVALIDITY")
    return found if isinstance(found, int) and found else 1
