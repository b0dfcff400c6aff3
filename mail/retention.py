"""How long are messages kept that the main app has taken over? They go, and their names stay among those seen."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from functools import partial

from mail.database import Database
from mail.reception import MARKED_BY, mark_of

AT_ONCE = 100
"""Messages in one transaction, so that nobody who writes waits long."""

MOST = 2_000
"""Messages in one call: the rest goes with the next one."""

KEPT = "CREATE INDEX messages_taken_over ON messages (account, done_at) WHERE done;"
"""A migration."""


def prune(database: Database, account: str, taken_over_before: datetime) -> int:
    """How many of the account's messages went; their room in the file is used again. Raises StoreProblem.

    They are never fetched again, though the server may still have them: `seen` keeps their UIDs, and by what they are
    recognised when their numbering begins anew.
    """
    pruned = 0
    while pruned < MOST:
        with database.write() as connection:
            found = [
                number
                for (number,) in connection.execute(
                    "SELECT id FROM messages WHERE account = ? AND done_at < ? AND done ORDER BY done_at LIMIT ?",
                    (account, taken_over_before.timestamp(), AT_ONCE),
                )
            ]
            for number in found:
                _mark(connection, number)
                connection.execute("DELETE FROM messages WHERE id = ?", (number,))  # with its bytes
        pruned += len(found)
        if len(found) < AT_ONCE:
            break
    return pruned


def _mark(connection: sqlite3.Connection, number: int) -> None:
    """One from before messages were marked: once it is gone, nothing could tell what it said."""
    origin, name, *fields = connection.execute(
        f"SELECT origins.id, uid, {MARKED_BY} FROM messages "  # noqa: S608  ours
        "JOIN origins USING (account, place, folder, uidvalidity) WHERE messages.id = ?",
        (number,),
    ).fetchone()
    unmarked = "SELECT 1 FROM seen WHERE origin = ? AND name = ? AND mark IS NULL"
    if connection.execute(unmarked, (origin, name)).fetchone():
        mark = mark_of(fields, partial(_raw, connection, number))
        connection.execute("UPDATE seen SET mark = ? WHERE origin = ? AND name = ?", (mark, origin, name))


def _raw(connection: sqlite3.Connection, number: int) -> bytes:
    return bytes(connection.execute("SELECT bytes FROM message_raw WHERE id = ?", (number,)).fetchone()[0])
