"""What does Postwart remember over a restart? What it saw of each account and which notices were shown, in state.db."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from mail.database import Database
from tray.health import Facts, State
from tray.notice import Told

log = logging.getLogger(__name__)

MIGRATIONS = (
    """
    CREATE TABLE facts (account TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
    CREATE TABLE notices (key TEXT PRIMARY KEY, account TEXT NOT NULL, shown_at TEXT NOT NULL) STRICT;
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        code TEXT NOT NULL,
        facts TEXT NOT NULL
    ) STRICT;
    CREATE INDEX journal_by_account ON journal (account, id);
    """,
    """
    CREATE TABLE program_keys (
        name TEXT PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,
        rights TEXT NOT NULL,
        added_at TEXT NOT NULL,
        used_at TEXT
    ) STRICT;
    """,
    """
    ALTER TABLE notices ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE notices ADD COLUMN ignored INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE notices ADD COLUMN again_at TEXT;
    ALTER TABLE notices ADD COLUMN mailed INTEGER NOT NULL DEFAULT 0;
    """,
)


@dataclass(frozen=True)
class Memo:
    """What is kept of one account. `owner` tells whose mailbox and sign-in it was: another's is worth nothing."""

    facts: Facts
    state: State
    since: datetime
    owner: tuple[str, ...] = ()


class Memory:
    """Every write is committed and synced before it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recall(self, account: str) -> Memo | None:
        with self._database.read() as connection:
            row = connection.execute("SELECT json FROM facts WHERE account = ?", (account,)).fetchone()
        try:
            return msgspec.json.decode(row[0], type=Memo) if row else None
        except msgspec.DecodeError as error:  # written by another version; a check sees it all again
            log.warning("%s: what was known of it cannot be read: %s", account, error)
            return None

    def keep(self, account: str, memo: Memo) -> None:
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO facts VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET json = excluded.json",
                (account, msgspec.json.encode(memo)),
            )

    def forget(self, account: str) -> None:
        with self._database.write() as connection:
            connection.execute("DELETE FROM facts WHERE account = ?", (account,))
            connection.execute("DELETE FROM notices WHERE account = ?", (account,))

    def told(self) -> dict[str, Told]:
        """By their keys all notices that were shown, and are not over."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT key, times, ignored, again_at, mailed FROM notices")
            return {
                key: Told(times, ignored, datetime.fromisoformat(again_at) if again_at else None, bool(mailed))
                for key, times, ignored, again_at, mailed in rows
            }

    def forget_told(self, keys: Iterable[str]) -> None:
        """What these were about is over; the next time is a new one."""
        with self._database.write() as connection:
            connection.executemany("DELETE FROM notices WHERE key = ?", [(key,) for key in keys])

    def keep_told(self, told: Mapping[str, tuple[str, Told]], now: datetime) -> None:
        """By a notice's key its account and how it was told. Committed before the notice is shown: never twice."""
        rows = [
            (key, account, now.isoformat(), each.times, each.ignored, _text(each.again_at), each.mailed)
            for key, (account, each) in told.items()
        ]
        with self._database.write() as connection:
            connection.executemany(
                "INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET times ="
                " excluded.times, ignored = excluded.ignored, again_at = excluded.again_at, mailed = excluded.mailed",
                rows,
            )


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
