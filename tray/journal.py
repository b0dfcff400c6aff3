"""Since when, and what happened before? A bounded record per account, without secrets and without message contents."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from auth.problems import Fact
from auth.provider import Clock
from mail.database import Database
from mail.problems import StoreProblem

log = logging.getLogger(__name__)

KEPT_PER_ACCOUNT = 5_000
KEPT_FOR = timedelta(days=400)
KEPT_IN_ANY_CASE = 200
"""The newest entries do not grow too old: a clock that is years ahead does not empty the journal."""

_TRIM_EVERY = 100  # rows; trimming at each row would double the writes

RUN = timedelta(hours=6)
"""What repeats itself within this time is one entry with a number: a refresh every quarter of an hour says little."""


class Happened(StrEnum):
    REFRESHED = "refreshed"  # facts of a run: times, until
    REFRESH_FAILED = "refresh_failed"  # code says how; facts of a run: times, until
    LIMIT_LEARNED = "limit_learned"  # facts: about (age, inactivity), hours; 0: what was believed before does not hold
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


_RUNS = {Happened.REFRESHED: "refresh", Happened.REFRESH_FAILED: "refresh", Happened.FETCH_FAILED: "fetch"}
"""What comes in runs. Of one family, another kind or code begins a new one."""


@dataclass(frozen=True)
class _Run:
    entry: int
    kind: Happened
    code: str
    begun: datetime
    times: int = 1


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
        self._runs: dict[tuple[str, str], _Run] = {}

    def note(self, account: str, kind: Happened, code: str = "", **facts: str | int) -> None:
        """What cannot be written down is logged: it happened all the same."""
        try:
            self._write(account, kind, code, facts)
        except StoreProblem as problem:
            log.warning("%s: %s not noted: %s (%s)", account, kind.value, problem.code, problem.detail)

    def _write(self, account: str, kind: Happened, code: str, facts: Mapping[str, str | int]) -> None:
        now = self._clock()
        with self._database.write() as connection:
            if self._goes_on(connection, account, kind, code, now):
                return
            entry = connection.execute(
                "INSERT INTO journal (account, at, kind, code, facts) VALUES (?, ?, ?, ?, ?)",
                (account, now.isoformat(), kind.value, code, json.dumps(dict(facts), ensure_ascii=False)),
            ).lastrowid
            if entry and kind in _RUNS:
                self._runs[account, _RUNS[kind]] = _Run(entry, kind, code, now)
            elif kind is Happened.FETCHED:
                self._runs.pop((account, "fetch"), None)
            if entry and entry % _TRIM_EVERY == 0:
                _trim(connection, account, now)

    def _goes_on(self, connection: sqlite3.Connection, account: str, kind: Happened, code: str, now: datetime) -> bool:
        """The same once more: counted in the entry that tells it already."""
        key = account, _RUNS.get(kind, "")
        run = self._runs.get(key)
        if run is None or (run.kind, run.code) != (kind, code) or not timedelta() <= now - run.begun < RUN:
            return False
        run = replace(run, times=run.times + 1)
        facts = json.dumps({"times": run.times, "until": now.isoformat()})
        changed = connection.execute("UPDATE journal SET facts = ? WHERE id = ?", (facts, run.entry)).rowcount
        if changed:
            self._runs[key] = run
        return bool(changed)

    def read(self, account: str, limit: int = 100, before: int | None = None) -> list[Entry]:
        """Newest first; `before` is the id of the last entry already seen."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id, account, at, kind, code, facts FROM journal WHERE account = ? AND id < ?"
                " ORDER BY id DESC LIMIT ?",
                (account, before if before is not None else 2**62, limit),
            ).fetchall()
        return [_entry(row) for row in rows]

    def since(self, account: str, begin: datetime, kinds: Sequence[Happened]) -> list[Entry]:
        """Of these kinds, from `begin` (aware UTC) on, oldest first."""
        question = (
            "SELECT id, account, at, kind, code, facts FROM journal"  # noqa: S608  marks
            f" WHERE account = ? AND at >= ? AND kind IN ({', '.join('?' * len(kinds))}) ORDER BY id"
        )
        with self._database.read() as connection:
            return [_entry(row) for row in connection.execute(question, (account, begin.isoformat(), *kinds))]

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


def _trim(connection: sqlite3.Connection, account: str, now: datetime) -> None:
    """By number and by age."""
    nth = "id <= (SELECT id FROM journal WHERE account = ? ORDER BY id DESC LIMIT 1 OFFSET ?)"
    connection.execute(f"DELETE FROM journal WHERE account = ? AND {nth}", (account, account, KEPT_PER_ACCOUNT))  # noqa: S608
    connection.execute(
        f"DELETE FROM journal WHERE account = ? AND at < ? AND {nth}",  # noqa: S608  no text from outside
        (account, (now - KEPT_FOR).isoformat(), account, KEPT_IN_ANY_CASE),
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, account, at, kind, code, facts = row
    return Entry(id_, account, datetime.fromisoformat(at), kind, code, json.loads(facts))
