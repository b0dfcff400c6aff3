"""Is a message new here, or known under another name? When a numbering begins anew, what they say decides.

A new UIDVALIDITY, another server, POP3 instead of IMAP: all of a mailbox is listed under new names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b

from mail.seen import Origin, earlier, entered


class Reception:
    """One transaction in which messages of one origin are taken in."""

    def __init__(self, connection: sqlite3.Connection, origin: Origin) -> None:
        self._connection = connection
        self._origin = origin
        self._number, settled = entered(connection, origin)
        self._anew = not settled
        holes = connection.execute("SELECT 1 FROM holes WHERE origin = ? LIMIT 1", (self._number,))
        self._holes = holes.fetchone() is not None
        if self._anew:
            _gather_former(connection, self._number, origin)

    def known(self, name: int | str) -> bool:
        question = "SELECT 1 FROM seen WHERE origin = ? AND name = ?"
        return self._connection.execute(question, (self._number, name)).fetchone() is not None

    def recognised(self, mark: int) -> int:
        """The message that came from an earlier origin and is this one; 0: none. Each is recognised once."""
        if not self._anew:
            return 0
        found = self._connection.execute(_FORMER, (self._number, mark)).fetchone()
        if found is None:
            return 0
        self._connection.execute("DELETE FROM temp.former WHERE rowid = ?", (found[0],))
        return int(found[1])

    def took(self, name: int | str, message: int, mark: int) -> None:
        self._connection.execute("INSERT INTO seen VALUES (?, ?, ?, ?)", (self._number, name, message, mark))
        if self._holes:
            self._connection.execute("DELETE FROM holes WHERE origin = ? AND name = ?", (self._number, name))


MARKED_BYTES = 1_000_000
MARKED_BY = "message_id, sender, date, subject, attachments"


def mark_of(fields: Sequence[object], raw: Callable[[], bytes]) -> int:
    """By what a message is recognised: MARKED_BY as its row has it, or its first bytes where it has no Message-ID.

    Not always the bytes: Exchange composes messages anew, and POP3 ends every last line.
    """
    text = repr(tuple(fields)).encode("utf-8", "replace") if fields[0] else raw()[:MARKED_BYTES].rstrip(b"\r\n")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True)


_FORMER = "SELECT rowid, message FROM temp.former WHERE origin = ? AND mark = ? LIMIT 1"
_MARKED = """
INSERT INTO temp.former SELECT DISTINCT ?1, mark, message FROM seen
WHERE origin = ?2 AND message NOT IN (SELECT message FROM seen WHERE origin = ?1)
AND message NOT IN (SELECT message FROM temp.former WHERE origin = ?1)
"""
_UNMARKED = "SELECT name, message FROM seen WHERE origin = ? AND mark IS NULL"


def _gather_former(connection: sqlite3.Connection, number: int, origin: Origin) -> None:
    """What may be recognised; once for each run of the program. On the disk, since it may be a million."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS former (origin, mark, message)")
    connection.execute("CREATE INDEX IF NOT EXISTS temp.former_by_mark ON former (origin, mark)")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS gathered (origin PRIMARY KEY)")
    if connection.execute("INSERT OR IGNORE INTO temp.gathered VALUES (?)", (number,)).rowcount:
        for former in earlier(connection, origin):
            _mark(connection, former)
            connection.execute(_MARKED, (number, former))
            # should the account ever go back there, what came here meanwhile is known
            connection.execute("UPDATE origins SET settled = 0 WHERE id = ?", (former,))


def _mark(connection: sqlite3.Connection, origin: int) -> None:
    """Those of the time before messages were marked."""
    for name, message in connection.execute(_UNMARKED, (origin,)).fetchall():
        row = connection.execute(f"SELECT {MARKED_BY} FROM messages WHERE id = ?", (message,)).fetchone()  # noqa: S608  ours
        if row:
            mark = mark_of(row, partial(_raw, connection, message))
            connection.execute("UPDATE seen SET mark = ? WHERE origin = ? AND name = ?", (mark, origin, name))


def _raw(connection: sqlite3.Connection, message: int) -> bytes:
    row = connection.execute(
        "SELECT substr(bytes, 1, ?) FROM message_raw WHERE id = ?", (MARKED_BYTES, message)
    ).fetchone()
    return bytes(row[0]) if row else b""
