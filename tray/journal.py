"""Since when, and what happened before? A bounded record per account, without secrets and without message contents."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from auth.problems import Fact
from auth.provider import Clock
from mail.database import Database
from mail.problems import StoreProblem

log = logging.getLogger(__name__)

KEPT_PER_ACCOUNT = 5_000
_TRIM_EVERY = 100  # rows; trimming at each row would double the writes


class Happened(StrEnum):
    REFRESHED = "refreshed"
    STATE = "state"  # facts: state, before
    SIGN_IN_BEGUN = "sign_in_begun"
    SIGNED_IN = "signed_in"
    SIGN_IN_ENDED = "sign_in_ended"  # without a sign-in; code says how
    SIGNED_OUT = "signed_out"
    CONSENT_GRANTED = "consent_granted"  # noticed without anybody's doing here
    FETCHED = "fetched"  # facts: new, bytes
    FETCH_FAILED = "fetch_failed"
    ACCEPTED = "accepted"
    SENT = "sent"
    NOT_SENT = "not_sent"
    TOKEN_GIVEN = "token_given"  # noqa: S105  the name of an event


@dataclass(frozen=True)
class Entry:
    id: int
    account: str
    at: datetime  # aware UTC
    kind: str
    code: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


class Journal:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def note(self, account: str, kind: Happened, code: str = "", **facts: str | int) -> None:
        """What cannot be written down is logged: it happened all the same."""
        try:
            self._write(account, kind, code, facts)
        except StoreProblem as problem:
            log.warning("%s: %s not noted: %s (%s)", account, kind.value, problem.code, problem.detail)

    def _write(self, account: str, kind: Happened, code: str, facts: Mapping[str, str | int]) -> None:
        with self._database.write() as connection:
            row = connection.execute(
                "INSERT INTO journal (account, at, kind, code, facts) VALUES (?, ?, ?, ?, ?)",
                (account, self._clock().isoformat(), kind.value, code, json.dumps(dict(facts), ensure_ascii=False)),
            ).lastrowid
            if row and row % _TRIM_EVERY == 0:
                connection.execute(
                    "DELETE FROM journal WHERE account = ? AND id <= (SELECT id FROM journal WHERE account = ?"
                    " ORDER BY id DESC LIMIT 1 OFFSET ?)",
                    (account, account, KEPT_PER_ACCOUNT),
                )

    def read(self, account: str, limit: int = 100, before: int | None = None) -> list[Entry]:
        """Newest first; `before` is the id of the last entry already seen."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id, account, at, kind, code, facts FROM journal WHERE account = ? AND id < ?"
                " ORDER BY id DESC LIMIT ?",
                (account, before if before is not None else 2**62, limit),
            ).fetchall()
        return [_entry(row) for row in rows]

    def last(self) -> int:
        """The id of the newest entry there ever was."""
        with self._database.read() as connection:
            found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").fetchone()
        return int(found[0]) if found else 0

    def after(self, entry_id: int, kinds: Sequence[Happened], limit: int) -> list[Entry]:
        """Of all accounts, oldest first; those of these kinds."""
        question = (
            "SELECT id, account, at, kind, code, facts FROM journal"  # noqa: S608  marks
            f" WHERE id > ? AND kind IN ({', '.join('?' * len(kinds))}) ORDER BY id LIMIT ?"
        )
        with self._database.read() as connection:
            return [_entry(row) for row in connection.execute(question, (entry_id, *kinds, limit))]


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, account, at, kind, code, facts = row
    return Entry(id_, account, datetime.fromisoformat(at), kind, code, json.loads(facts))
