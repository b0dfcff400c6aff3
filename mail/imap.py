"""What is new over IMAP? Messages after the last UID of each folder, and deletion of those that are safely here."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mail import connect
from mail.answers import answer_of, refusal, understood
from mail.folders import as_listed, choice, literal
from mail.imap_fetch import LARGEST, BulkReader, FetchRefused, Gathered, commands
from mail.inbox import Arrival, Inbox
from mail.large import Raw
from mail.mailbox import Mailbox, Server, TokenSource
from mail.problems import MailboxRefused
from mail.refusals import session_meaning
from mail.seen import LARGEST_UID, UNCOUNTED, Origin, Standing
from mail.source import Stop, Stopped
from mail.standing import origin_of, standing_of

if TYPE_CHECKING:
    from imapclient import IMAPClient

_DELETED_AT_ONCE = 500
"""UIDs in one command: lines have a limit."""

_STATUS = ("UIDVALIDITY", "UIDNEXT", "MESSAGES")

_OF_ONE_FOLDER = {"mailbox_refused", "folder_missing"}

log = logging.getLogger(__name__)


Connected = Callable[[Mailbox, Server, TokenSource], AbstractContextManager["IMAPClient"]]
"""How a round gets its connection, logged in: mail.connect.imap opens one, mail.lines has one that waits."""


@contextmanager
def imap_source(
    mailbox: Mailbox, server: Server, token: TokenSource, inbox: Inbox, stop: Stop, connected: Connected = connect.imap
) -> Iterator[ImapSource]:
    with connected(mailbox, server, token) as client:
        yield ImapSource(client, mailbox, server, inbox, stop)


class ImapSource:
    """One round over all folders of one connection."""

    def __init__(self, client: IMAPClient, mailbox: Mailbox, server: Server, inbox: Inbox, stop: Stop) -> None:
        self._client = client
        self._reader = BulkReader(client)
        self._mailbox = mailbox
        self._server = server
        self._inbox = inbox
        self._stop = stop
        self._read_through: list[_Found] = []
        self.trouble: MailboxRefused | None = None  # a folder that was refused, the others were read
        self.skipped = 0
        self.expected = 0

    def batches(self) -> Iterator[list[Arrival]]:
        """Ascending by UID in each folder; what does not come is noted before what is behind it leaves."""
        for folder in self._folders():
            try:
                with understood(self._mailbox, self._server):
                    yield from self._folder(folder)
            except MailboxRefused as refused:
                if refused.code != "folder_missing":
                    raise
                self.trouble = refused

    def delete(self) -> int:
        """What is known to be here goes from the server, also what an earlier round did not get round to."""
        with understood(self._mailbox, self._server):
            return sum(self._delete(found) for found in self._read_through)

    def settle(self) -> None:
        """To be called when all is done: as long as a folder stands as it does now, it is not looked at again."""
        for found in self._read_through:
            left = replace(found.standing, messages=found.standing.messages - found.deleted)
            self._inbox.seen.settle(found.origin, left)

    def _folders(self) -> Sequence[str]:
        """The server's list is asked for only where a wish needs it."""
        wishes = self._mailbox.folders
        if literal(wishes):
            return wishes
        with understood(self._mailbox, self._server):
            lines = self._client.list_folders()
        chosen = choice(wishes, [as_listed(*line) for line in lines])
        if chosen.missing:
            self.trouble = refusal(self._mailbox, self._server, "folder_missing", ", ".join(chosen.missing))
        return chosen.names

    def _folder(self, folder: str) -> Iterator[list[Arrival]]:
        """STATUS tells whether there is anything to look for: UIDNEXT grows with new messages and with nothing else."""
        seen = self._inbox.seen
        status = self._status(folder)
        origin, standing = origin_of(self._mailbox, folder, status), standing_of(status)
        due = seen.due(origin)
        to_delete = self._mailbox.delete_after_fetch and standing.messages > 0
        if seen.unchanged(origin, standing) and not due and not to_delete:
            return
        selected = self._client.select_folder(folder, readonly=True)
        if (
            origin_of(self._mailbox, folder, selected) != origin
        ):  # it was made anew in this moment, or STATUS was refused
            origin, standing = origin_of(self._mailbox, folder, selected), UNCOUNTED
            due = seen.due(origin)
        if selected.get(b"EXISTS") != standing.messages:  # something has come or gone in this moment
            standing = UNCOUNTED
        last = seen.last_uid(origin)
        sizes = self._storable(self._reader.sizes(1 if self._mailbox.delete_after_fetch else last + 1))
        new = [(uid, size) for uid, size in sizes if uid > last]
        self.expected += len(new)
        missed = seen.missing(origin, [uid for uid, _ in new])
        too_large = self._too_large(origin, [found for found in new if found[0] not in missed])
        plan = deque([*self._again(origin, due), *commands(new, without=missed | too_large)])
        for batch in self._read(origin, plan):
            yield [Arrival(folder, origin.uidvalidity, str(uid), raw) for uid, raw in batch]
        self._read_through.append(_Found(origin, standing, [uid for uid, _ in sizes]))

    def _status(self, folder: str) -> Mapping[bytes, object]:
        """Nothing where the server refuses just this; a word about the whole mailbox is said once, then it hangs up."""
        try:
            status: Mapping[bytes, object] = self._client.folder_status(folder, _STATUS)
        except self._client.AbortError:
            raise
        except self._client.Error as error:
            if session_meaning(self._server.protocol, answer_of(error)).code not in _OF_ONE_FOLDER:
                raise
            return {}
        return status

    def _storable(self, sizes: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """RFC 9051 numbers messages with 32 bits; what cannot even be written down cannot be told apart later."""
        wild = [uid for uid, _ in sizes if uid > LARGEST_UID]
        if wild:
            self.skipped += len(wild)
            log.warning("%s: the server gives UIDs that are none, the first is %s", self._mailbox.account, wild[0])
        return [(uid, size) for uid, size in sizes if uid <= LARGEST_UID]

    def _too_large(self, origin: Origin, sizes: Sequence[tuple[int, int]]) -> set[int | str]:
        """What no row can hold must not stop those behind it."""
        uids: set[int | str] = {uid for uid, size in sizes if size > LARGEST}
        if uids:
            self._inbox.seen.missed(origin, uids, f"larger than {LARGEST} bytes")
            self.skipped += len(uids)
            log.warning("%s: %s messages are too large to be kept", self._mailbox.account, len(uids))
        return uids

    def _again(self, origin: Origin, due: Sequence[int | str]) -> list[tuple[int, ...]]:
        """What was missed in an earlier round and is still there, each in a command of its own."""
        if not due:
            return []
        there = [found for found in self._reader.sizes_of([int(uid) for uid in due]) if found[0] in due]
        self._inbox.seen.forget(origin, set(due).difference(uid for uid, _ in there))
        return commands(there, without=self._too_large(origin, there), together=1)

    def _read(self, origin: Origin, plan: deque[tuple[int, ...]]) -> Iterator[list[tuple[int, Raw]]]:
        """What `plan` asks for, in batches; before the end with an exception comes what is whole."""
        gathered = Gathered()
        while plan:
            uids = plan.popleft()
            left = dict.fromkeys(uids)
            try:
                for uid, raw in self._reader.messages(uids):
                    gathered.add(uid, raw)
                    left.pop(uid, None)
                    if gathered.full:
                        self._note(origin, [each for each in left if each < gathered.last])
                        yield gathered.take()
                    if self._stop.is_set():
                        raise Stopped  # noqa: TRY301  the same way out as a lost connection
                self._note(origin, left)
            except FetchRefused as refused:
                plan.extendleft(reversed(self._around(origin, uids, tuple(left), str(refused))))
            except (OSError, self._client.Error, Stopped):
                self._note(origin, [each for each in left if each < gathered.last])
                yield gathered.take_whole(uids)
                raise
        yield gathered.take()

    def _around(
        self, origin: Origin, asked: Sequence[int], missing: Sequence[int], answer: str
    ) -> list[tuple[int, ...]]:
        """What to ask for next. One message the server cannot give must not stop those behind it."""
        if not session_meaning(self._server.protocol, answer).final:
            raise self._client.Error(answer)
        if len(asked) == 1:
            self._inbox.seen.missed(origin, missing, answer)
            self.skipped += len(missing)
            log.warning("%s: message %s cannot be fetched: %s", self._mailbox.account, asked[0], answer)
            return []
        return [part for part in (tuple(missing[:1]), tuple(missing[1:])) if part]

    def _note(self, origin: Origin, missing: Collection[int]) -> None:
        """Before what is behind them leaves: messages that were asked for and did not come."""
        self.skipped += self._inbox.seen.missed(origin, missing, "")

    def _delete(self, found: _Found) -> int:
        here = sorted(int(uid) for uid in self._inbox.seen.known(found.origin, found.uids))
        folder = found.origin.folder
        if not here or origin_of(self._mailbox, folder, self._client.select_folder(folder)) != found.origin:
            return 0
        for start in range(0, len(here), _DELETED_AT_ONCE):
            self._expunge(here[start : start + _DELETED_AT_ONCE])
        found.deleted = len(here)
        return found.deleted

    def _expunge(self, uids: list[int]) -> None:
        """Without UIDPLUS, EXPUNGE takes all that is marked: it is said only where nothing but ours is marked.

        Else ours stay marked, and go with the mailbox's next clean-up.
        """
        self._client.delete_messages(uids, silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)
        elif set(self._client.search("DELETED")) <= set(uids):
            self._client.expunge()


@dataclass
class _Found:
    """A folder whose messages were read. `uids`: those that were listed."""

    origin: Origin
    standing: Standing
    uids: list[int]
    deleted: int = 0
