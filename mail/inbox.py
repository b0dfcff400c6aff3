"""Which messages were fetched, and which of them has the main app taken over? In the order of their arrival here."""

from __future__ import annotations

import builtins
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from sqlite3 import Connection
from typing import Any, NoReturn

import msgspec

from mail.database import Database, moment, utc_now
from mail.headers import Address
from mail.kept import Kept
from mail.large import Raw, head_of
from mail.message import Summary, summary
from mail.problems import StoreProblem
from mail.raw_rows import read_raw, write_raw
from mail.reception import Reception, mark_of
from mail.seen import POP3_UIDVALIDITY, Origin, Seen

log = logging.getLogger(__name__)
_read = msgspec.json.Decoder().decode  # of every line of a listing thrice: json takes three times as long

_ROWS_KEPT = 101
"""A usual page and a line more, for several who look at the same: no more than half a megabyte in all."""

_COLUMNS = (
    "id, account, folder, size, arrived_at, sender, recipients, subject, date, message_id, attachments, done, done_at"
)


@dataclass(frozen=True)
class Arrival:
    """A message as the server has it, and its name there: IMAP's UIDVALIDITY and UID, or 0 and POP3's UIDL."""

    folder: str
    uidvalidity: int
    uid: str
    raw: Raw = field(repr=False)

    @cached_property
    def line(self) -> Summary:
        """What a listing shows of it. Whoever asks before `Inbox.add()` spares the transaction the reading."""
        try:
            return summary(head_of(self.raw))
        except Exception:
            # a stranger wrote it, and must not keep all others from being stored; the bytes are kept in any case
            log.exception("%s of %s cannot be read", self.uid, self.folder)
            return Summary(None, (), "", None, "", ())


@dataclass(frozen=True)
class MessageRow:
    """A line of the listing. `id` is the cursor. `date` is the sender's claim; times are aware UTC."""

    id: int
    account: str
    folder: str
    size: int
    arrived_at: datetime
    sender: Address | None
    recipients: tuple[Address, ...]
    subject: str
    date: datetime | None
    message_id: str
    attachments: tuple[str, ...]
    done: bool
    done_at: datetime | None


class MessageNotFound(StoreProblem):
    """Facts: message."""

    code = "message_not_found"


class Inbox:
    """Safe to use from any thread. Methods raise StoreProblem."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock
        self.seen = Seen(database, clock)
        self._size: Kept[int] = Kept(database)
        self._unread: Kept[Mapping[str, int]] = Kept(database)
        self._lists: Kept[builtins.list[MessageRow]] = Kept(database)

    def add(self, account: str, arrivals: Sequence[Arrival], *, place: str = "") -> builtins.list[int]:
        """All of them in one transaction, on the disk when this returns; the new ones' ids. Known ones are skipped."""
        now = self._clock().timestamp()
        rows = [_row(account, place, arrival, now) for arrival in arrivals]
        added = []
        receptions: dict[Origin, Reception] = {}
        with self._database.write() as connection:
            for row, arrival in zip(rows, arrivals, strict=True):
                origin = Origin(account, place, arrival.folder, arrival.uidvalidity)
                if origin not in receptions:
                    receptions[origin] = Reception(connection, origin)
                if message := _take_in(connection, receptions[origin], row, arrival.raw):
                    added.append(message)
        return added

    def list(
        self,
        account: str | None = None,
        after: int = 0,
        limit: int = 50,
        *,
        done: bool | None = None,
        newest: bool = False,
    ) -> builtins.list[MessageRow]:
        """In the order of arrival, those behind the cursor `after`. `newest`: from the last one backwards."""
        ask = partial(self._list, account, after, limit, done=done, newest=newest)
        asked = (account, after, limit, done, newest)
        return builtins.list(self._lists.get(asked, ask)) if limit <= _ROWS_KEPT else ask()

    def _list(
        self, account: str | None, after: int, limit: int, *, done: bool | None, newest: bool
    ) -> builtins.list[MessageRow]:
        conditions: dict[str, Any] = {"id < ?" if newest and after else "id > ?": after}
        index = ""
        if account is not None:
            conditions["account = ?"] = account
            index = "INDEXED BY messages_by_account"
        if done is not None:
            conditions["done = ?"] = int(done)
            index = "INDEXED BY messages_by_account_and_done" if index else "INDEXED BY messages_by_done"
        question = (
            f"SELECT {_COLUMNS} FROM messages {index} WHERE {' AND '.join(conditions)} "  # noqa: S608  all ours
            f"ORDER BY id {'DESC' if newest else 'ASC'} LIMIT ?"
        )
        with self._database.read() as connection:
            return [_message(row) for row in connection.execute(question, (*conditions.values(), limit))]

    def get(self, message_id: int) -> MessageRow:
        """Raises MessageNotFound, too."""
        with self._database.read() as connection:
            question = f"SELECT {_COLUMNS} FROM messages WHERE id = ?"  # noqa: S608  ours
            row = connection.execute(question, (message_id,)).fetchone()
        return _message(row or _missing(message_id))

    def raw(self, message_id: int) -> bytes:
        """The message, byte for byte as the server had it. Raises MessageNotFound, too."""
        with self._database.read() as connection:
            row = connection.execute("SELECT bytes FROM message_raw WHERE id = ?", (message_id,)).fetchone()
        return bytes((row or _missing(message_id))[0])

    def kept(self, message_id: int) -> Raw:
        """The same; a large one in a file, not in memory. Raises MessageNotFound, too."""
        with self._database.read() as connection:
            raw = read_raw(connection, message_id)
        return _missing(message_id) if raw is None else raw

    def mark_done(self, message_id: int) -> MessageRow:
        """The main app has taken it over; the first time counts. Raises MessageNotFound, too."""
        with self._database.write() as connection:
            change = "UPDATE messages SET done = 1, done_at = ? WHERE id = ? AND NOT done"
            connection.execute(change, (self._clock().timestamp(), message_id))
        return self.get(message_id)

    def size(self) -> int:
        """Bytes on the disk, of messages and letters, of those that went again, and of what is written ahead."""
        return self._size.get("", self._database.size)

    def unread(self) -> Mapping[str, int]:
        """How many messages of each account are not done; accounts without any are absent."""
        return self._unread.get("", self._count_unread)

    def _count_unread(self) -> dict[str, int]:
        with self._database.read() as connection:
            return dict(connection.execute("SELECT account, count FROM unread WHERE count > 0").fetchall())


_INSERT = f"""
INSERT INTO messages (account, place, folder, uidvalidity, uid, size, arrived_at,
                      sender, recipients, subject, date, message_id, attachments)
VALUES ({", ".join("?" * 13)})
"""  # noqa: S608  marks


def _take_in(connection: Connection, reception: Reception, row: tuple[Any, ...], raw: Raw) -> int:
    """The new message's number; 0 where it was known."""
    name = row[4]
    if reception.known(name):
        return 0
    _, _, _, _, _, _, _, sender, _, subject, date, message_id, attachments = row
    mark = mark_of((message_id, sender, date, subject, attachments), lambda: head_of(raw))
    if former := reception.recognised(mark):
        reception.took(name, former, mark)
        return 0
    message = int(connection.execute(_INSERT, row).lastrowid or 0)
    write_raw(connection, message, raw)
    reception.took(name, message, mark)
    return message


def _missing(message_id: int) -> NoReturn:
    raise MessageNotFound(message=message_id)


def _row(account: str, place: str, arrival: Arrival, now: float) -> tuple[Any, ...]:
    line = arrival.line
    return (
        account,
        place,
        arrival.folder,
        arrival.uidvalidity,
        arrival.uid if arrival.uidvalidity == POP3_UIDVALIDITY else int(arrival.uid),
        len(arrival.raw),
        now,
        _json(line.sender and (line.sender.name, line.sender.address)),
        _json([(each.name, each.address) for each in line.recipients]),
        line.subject,
        line.date.timestamp() if line.date else None,
        line.message_id,
        _json(line.attachments),
    )


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _message(row: tuple[Any, ...]) -> MessageRow:
    sender = _read(row[5])
    return MessageRow(
        id=row[0],
        account=row[1],
        folder=row[2],
        size=row[3],
        arrived_at=moment(row[4]),
        sender=Address(*sender) if sender else None,
        recipients=tuple(Address(*each) for each in _read(row[6])),
        subject=row[7],
        date=None if row[8] is None else moment(row[8]),
        message_id=row[9],
        attachments=tuple(_read(row[10])),
        done=bool(row[11]),
        done_at=None if row[12] is None else moment(row[12]),
    )
