"""How does a letter lie in the table? Rows in, letters out, and back again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import datetime, timedelta
from typing import Any

from mail.database import moment
from mail.letter import LIMIT, PACED, THROTTLED, Letter, LetterState
from mail.problems import StoreProblem
from mail.send import Envelope

COLUMNS = (
    "id, account, state, sender, recipients, pending, message_id, size, idempotency_key, accepted_at, attempts, "
    "first_attempt_at, next_attempt_at, ended_at, code, server_code, answer, refused, waited, stumbles"
)


class LetterNotFound(StoreProblem):
    """There is no such letter, or it was taken back. Facts: letter."""

    code = "letter_not_found"


def fingerprint(envelope: Envelope) -> bytes:
    """Tells a repetition from another letter under the same key."""
    whole = hashlib.sha256(json.dumps((envelope.sender, envelope.recipients)).encode())
    whole.update(envelope.source.encode() or envelope.raw)
    return whole.digest()


def found(connection: sqlite3.Connection, letter_id: int) -> Letter:
    """Raises LetterNotFound."""
    row = connection.execute(f"SELECT {COLUMNS} FROM letters WHERE id = ?", (letter_id,)).fetchone()  # noqa: S608  ours
    if not row:
        raise LetterNotFound(letter=letter_id)
    return letter(row)


def letters(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> list[Letter]:
    """`where` is ours: conditions, and what comes after them."""
    question = f"SELECT {COLUMNS} FROM letters WHERE {where}"  # noqa: S608
    return [letter(row) for row in connection.execute(question, values).fetchall()]


def repeated(connection: sqlite3.Connection, account: str, key: str, content: bytes) -> Letter | None:
    """The letter that has this key already. Raises StoreProblem idempotency_key_reused where it is another."""
    row = connection.execute(
        f"SELECT {COLUMNS}, content FROM letters WHERE account = ? AND idempotency_key = ?",  # noqa: S608  ours
        (account, key),
    ).fetchone()
    if row and row[-1] != content:
        raise StoreProblem(code="idempotency_key_reused", letter=row[0])
    return letter(row) if row else None


def insert(
    connection: sqlite3.Connection,
    account: str,
    envelope: Envelope,
    key: str,
    times: tuple[float, float],
) -> Letter:
    """`times`: accepted, and to be tried."""
    recipients = json.dumps(envelope.recipients)
    cursor = connection.execute(
        "INSERT INTO letters (account, state, sender, recipients, pending, message_id, size, content, "
        "idempotency_key, accepted_at, next_attempt_at) VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(account, envelope.sender, recipients, recipients, envelope.message_id, len(envelope.raw)),
            *(fingerprint(envelope), key or None, *times),
        ),
    )
    connection.execute("INSERT INTO letter_raw VALUES (?, ?)", (cursor.lastrowid, envelope.raw))
    return found(connection, cursor.lastrowid or 0)


def save(connection: sqlite3.Connection, letter: Letter, *, held: bool = False) -> Letter:
    """Of a letter that was sent the bytes are not kept: the recipients have them."""
    connection.execute(
        "UPDATE letters SET state = ?, pending = ?, attempts = ?, first_attempt_at = ?, next_attempt_at = ?, "
        "ended_at = ?, code = ?, server_code = ?, answer = ?, refused = ?, waited = ?, stumbles = ?, held = ? "
        "WHERE id = ?",
        (
            *(letter.state.value, json.dumps(letter.pending), letter.attempts),
            *(_seconds(letter.first_attempt_at), _seconds(letter.next_attempt_at), _seconds(letter.ended_at)),
            *(letter.code, letter.server_code, letter.answer, json.dumps(dict(letter.refused))),
            *(letter.waited.total_seconds(), letter.stumbles, int(held), letter.id),
        ),
    )
    if letter.state is LetterState.SENT:
        connection.execute("DELETE FROM letter_raw WHERE id = ?", (letter.id,))
    return letter


def hasten(connection: sqlite3.Connection, account: str, now: float) -> None:
    """See Outbox.hasten(). Of a pause that is cut short only what is over was waited."""
    limits = (PACED, THROTTLED, LIMIT)
    connection.execute(
        "UPDATE letters SET waited = max(0, waited - (next_attempt_at - ?1) * (attempts > 0)), next_attempt_at = ?1 "
        "WHERE account = ?2 AND state = 'queued' AND (held OR NOT attempts) AND next_attempt_at > ?1 "
        "AND NOT EXISTS (SELECT 1 FROM letters AS other WHERE other.account = ?2 AND other.state = 'queued' "
        "AND other.next_attempt_at > ?1 AND other.code IN (?3, ?4, ?5))",
        (now, account, *limits),
    )


def letter(row: tuple[Any, ...]) -> Letter:
    return Letter(
        id=row[0],
        account=row[1],
        state=LetterState(row[2]),
        sender=row[3],
        recipients=tuple(json.loads(row[4])),
        pending=tuple(json.loads(row[5])),
        message_id=row[6],
        size=row[7],
        idempotency_key=row[8] or "",
        accepted_at=moment(row[9]),
        attempts=row[10],
        first_attempt_at=_moment(row[11]),
        next_attempt_at=_moment(row[12]),
        ended_at=_moment(row[13]),
        code=row[14],
        server_code=row[15],
        answer=row[16],
        refused=json.loads(row[17]),
        waited=timedelta(seconds=row[18]),
        stumbles=row[19],
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else moment(seconds)


def _seconds(when: datetime | None) -> float | None:
    return when.timestamp() if when else None
