"""Which of a server's messages are accounted for here, which could not be had, and is there anything to look for?

A message is known by the name its server gives it, within one origin. When the numbering begins anew (UIDVALIDITY), the
account moves to another server or from IMAP to POP3, messages are recognised by what they say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mail.database import Database, utc_now

POP3_FOLDER = "INBOX"
POP3_UIDVALIDITY = 0
"""POP3 knows one folder and no UIDVALIDITY; its messages are told apart by their UIDL."""

LARGEST_UID = (1 << 63) - 1
"""SQLite takes no larger number. RFC 9051 allows 32 bits."""

TRIES = 10
"""How often a message the server cannot give is asked for again: within about a week."""

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=15), timedelta(days=1)

_AT_ONCE = 500
"""Values in one question to SQLite, which takes 999 in its older versions."""


@dataclass(frozen=True)
class Origin:
    """A folder as its server numbers it just now. `place` is the mailbox's: server and address."""

    account: str
    place: str
    folder: str
    uidvalidity: int


@dataclass(frozen=True)
class Standing:
    """How many messages an IMAP folder holds, and which UID the next one will get."""

    uidnext: int
    messages: int


UNCOUNTED = Standing(0, 0)


class Seen:
    """Safe to use from any thread. Methods raise StoreProblem. Names are UIDs, numbers, or UIDLs, text."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock

    def last_uid(self, origin: Origin) -> int:
        """IMAP: the largest UID that is accounted for; 0 where there is none."""
        with self._database.read() as connection:
            question = f"SELECT max(name) FROM seen WHERE origin = ({_ORIGIN})"  # noqa: S608  ours
            return int(connection.execute(question, _key(origin)).fetchone()[0] or 0)

    def known(self, origin: Origin, names: Sequence[int | str]) -> set[int | str]:
        """Which of these are accounted for?"""
        return self._among("seen", origin, names)

    def _among(self, table: str, origin: Origin, names: Sequence[int | str]) -> set[int | str]:
        found: set[int | str] = set()
        with self._database.read() as connection:
            for start in range(0, len(names), _AT_ONCE):
                some = names[start : start + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                question = f"SELECT name FROM {table} WHERE origin = ({_ORIGIN}) AND name IN ({marks})"  # noqa: S608  ours
                found.update(name for (name,) in connection.execute(question, (*_key(origin), *some)))
        return found

    def missed(self, origin: Origin, names: Collection[int | str], answer: str) -> int:
        """The server lists them and did not give them, in these words; how many of them for more than the first time.

        The first time proves little: somebody may have deleted them in that moment.
        """
        if not names:
            return 0
        with self._database.write() as connection:
            number, _ = entered(connection, origin)
            tries = [self._missed(connection, (number, name), answer) for name in names]
        return sum(count > 1 for count in tries)

    def _missed(self, connection: sqlite3.Connection, where: tuple[int, int | str], answer: str) -> int:
        found = connection.execute("SELECT tries FROM holes WHERE origin = ? AND name = ?", where).fetchone()
        tries = int(found[0]) + 1 if found else 1
        again = self._clock() + min(_FIRST_PAUSE * 2 ** (tries - 1), _LONGEST_PAUSE)
        values = (*where, tries, again.timestamp(), answer)
        connection.execute("INSERT OR REPLACE INTO holes VALUES (?, ?, ?, ?, ?)", values)
        return tries

    def due(self, origin: Origin) -> list[int | str]:
        """What was missed and is to be asked for again now."""
        with self._database.read() as connection:
            question = f"SELECT name FROM holes WHERE {_DUE} ORDER BY name"  # noqa: S608  ours
            values = (*_key(origin), TRIES, self._clock().timestamp())
            return [name for (name,) in connection.execute(question, values)]

    def missing(self, origin: Origin, names: Sequence[int | str]) -> set[int | str]:
        """Which of these were missed? They are asked for when they are due, and no more after TRIES."""
        return self._among("holes", origin, names)

    def forget(self, origin: Origin, names: Collection[int | str]) -> None:
        """The server lists them no more."""
        if names:
            with self._database.write() as connection:
                rows = [(*_key(origin), name) for name in names]
                change = f"DELETE FROM holes WHERE origin = ({_ORIGIN}) AND name = ?"  # noqa: S608  ours
                connection.executemany(change, rows)

    def unchanged(self, origin: Origin, standing: Standing) -> bool:
        """Does the folder stand as it did when a round had left nothing to do in it?"""
        return standing.uidnext > 0 and self._stands(origin, standing)

    def _stands(self, origin: Origin, standing: Standing) -> bool:
        with self._database.read() as connection:
            question = f"SELECT uidnext, messages FROM origins WHERE id = ({_ORIGIN}) AND settled"  # noqa: S608  ours
            row = connection.execute(question, _key(origin)).fetchone()
        return row is not None and Standing(*row) == standing

    def settle(self, origin: Origin, standing: Standing) -> None:
        """A round has left nothing to do: all that was there is accounted for or missed. Of POP3, `UNCOUNTED`."""
        if self._stands(origin, standing):
            return
        with self._database.write(durable=False) as connection:  # lost, it costs the next round one more look
            number, _ = entered(connection, origin)
            change = "UPDATE origins SET uidnext = ?, messages = ?, settled = 1 WHERE id = ?"
            connection.execute(change, (standing.uidnext, standing.messages, number))
            for table in ("former", "gathered"):  # of mail.reception, where they were needed
                if connection.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = ?", (table,)).fetchone():
                    connection.execute(f"DELETE FROM temp.{table} WHERE origin = ?", (number,))  # noqa: S608  ours


_ORIGIN = "SELECT id FROM origins WHERE account = ? AND place = ? AND folder = ? AND uidvalidity = ?"

_DUE = f"origin = ({_ORIGIN}) AND tries < ? AND again_at <= ?"


def _key(origin: Origin) -> tuple[str, str, str, int]:
    return origin.account, origin.place, origin.folder, origin.uidvalidity


def entered(connection: sqlite3.Connection, origin: Origin) -> tuple[int, bool]:
    """The origin's number, and whether nothing of it can be here from an earlier one."""
    row = connection.execute(_ORIGIN.replace("id", "id, settled", 1), _key(origin)).fetchone()
    if row:
        return int(row[0]), bool(row[1])
    settled = not any(earlier(connection, origin))
    insert = "INSERT INTO origins (account, place, folder, uidvalidity, settled) VALUES (?, ?, ?, ?, ?)"
    return int(connection.execute(insert, (*_key(origin), settled)).lastrowid or 0), settled


def earlier(connection: sqlite3.Connection, origin: Origin) -> Iterator[int]:
    """Other numberings of the same address's folder, whatever its server was called."""
    question = "SELECT id, place, uidvalidity FROM origins WHERE account = ? AND folder = ?"
    for number, place, uidvalidity in connection.execute(question, (origin.account, origin.folder)).fetchall():
        same = place.rpartition("/")[2] == origin.place.rpartition("/")[2]
        if same and (place, uidvalidity) != (origin.place, origin.uidvalidity):
            yield int(number)
