"""Which letters are to be sent, and how does each stand? Accepted means on the disk: sent, or the sender is told."""

from __future__ import annotations

import builtins
import hashlib
import json
import random
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any

from mail.database import Database, moment, utc_now
from mail.letter import LONGEST_WAIT, Letter, LetterState, next_state
from mail.problems import StoreProblem
from mail.send import Delivery, Envelope, Result


class LetterNotFound(StoreProblem):
    """There is no such letter, or it was taken back. Facts: letter."""

    code = "letter_not_found"


class Outbox:
    """Safe to use from any thread. Each change is one transaction. Methods raise StoreProblem."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = utc_now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`chance` of 0 to 1 spreads the next tries."""
        self._database = database
        self._clock = clock
        self._chance = chance

    def accept(self, account: str, envelope: Envelope, idempotency_key: str = "") -> Letter:
        """On the disk when this returns. The same key with the same content gives the letter that is there already.

        Raises StoreProblem idempotency_key_reused where the content is another.
        """
        content = _fingerprint(envelope)
        with self._database.write() as connection:
            if idempotency_key:
                found = connection.execute(
                    f"SELECT {_COLUMNS}, content FROM letters WHERE account = ? AND idempotency_key = ?",  # noqa: S608
                    (account, idempotency_key),
                ).fetchone()
                if found and found[-1] != content:
                    raise StoreProblem(code="idempotency_key_reused", letter=found[0])
                if found:
                    return _letter(found)
            return self._insert(connection, account, envelope, idempotency_key or None, content)

    def _insert(
        self, connection: sqlite3.Connection, account: str, envelope: Envelope, key: str | None, content: bytes
    ) -> Letter:
        now = self._clock().timestamp()
        recipients = json.dumps(envelope.recipients)
        cursor = connection.execute(
            "INSERT INTO letters (account, state, sender, recipients, pending, message_id, size, content, "
            "idempotency_key, accepted_at, next_attempt_at) VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(account, envelope.sender, recipients, recipients, envelope.message_id, len(envelope.raw)),
                *(content, key, now, now),
            ),
        )
        connection.execute("INSERT INTO letter_raw VALUES (?, ?)", (cursor.lastrowid, envelope.raw))
        return _found(connection, cursor.lastrowid or 0)

    def due(self, account: str, now: datetime | None = None) -> builtins.list[Letter]:
        """What is to be tried now: first what was tried least often, else in the order of acceptance."""
        question = (
            f"SELECT {_COLUMNS} FROM letters WHERE account = ? AND state = 'queued' "  # noqa: S608
            "AND (next_attempt_at <= ? OR next_attempt_at > ?) ORDER BY attempts, id"
        )
        moment_ = now or self._clock()
        bounds = moment_.timestamp(), (moment_ + LONGEST_WAIT).timestamp()
        with self._database.read() as connection:
            return [_letter(row) for row in connection.execute(question, (account, *bounds))]

    def next_due(self, account: str) -> datetime | None:
        """When there is something to try; None: nothing waits."""
        question = "SELECT min(next_attempt_at) FROM letters WHERE account = ? AND state = 'queued'"
        with self._database.read() as connection:
            (seconds,) = connection.execute(question, (account,)).fetchone()
        if seconds is None:
            return None
        now, when = self._clock(), moment(seconds)
        return now if when > now + LONGEST_WAIT else when

    def envelope(self, letter: Letter) -> Envelope:
        """What is to be handed over, to those recipients who are still pending."""
        with self._database.read() as connection:
            row = connection.execute("SELECT bytes FROM letter_raw WHERE id = ?", (letter.id,)).fetchone()
        if not row:
            raise LetterNotFound(letter=letter.id)
        return Envelope(letter.sender, letter.pending, bytes(row[0]), letter.message_id)

    def mark_sending(self, letter_id: int) -> Letter:
        """To be called right before the letter itself is handed over: from here on nobody knows, until it is settled.

        Raises LetterNotFound where it was withdrawn meanwhile.
        """
        with self._database.write() as connection:
            change = "UPDATE letters SET state = 'sending', next_attempt_at = NULL WHERE id = ? AND state = 'queued'"
            if not connection.execute(change, (letter_id,)).rowcount:
                raise LetterNotFound(letter=letter_id)
            return _found(connection, letter_id)

    def settle(self, letter_id: int, delivery: Delivery) -> Letter:
        """How the try went."""
        with self._database.write() as connection:
            return self._settle(connection, _found(connection, letter_id), delivery)

    def recover(self, account: str | None = None) -> builtins.list[Letter]:
        """Letters that were being handed over when Postwart, or a round, ended: unconfirmed."""
        unknown = Delivery(Result.UNCONFIRMED, "unconfirmed")
        question = f"SELECT {_COLUMNS} FROM letters WHERE state = 'sending' AND account = coalesce(?, account)"  # noqa: S608
        with self._database.write() as connection:
            letters = [_letter(row) for row in connection.execute(question, (account,)).fetchall()]
            return [self._settle(connection, letter, unknown) for letter in letters]

    def _settle(self, connection: sqlite3.Connection, letter: Letter, delivery: Delivery) -> Letter:
        letter = next_state(letter, delivery, self._clock(), self._chance())
        return _save(connection, letter)

    def cancel(self, letter_id: int) -> Letter:
        """Take back what waits, or clear away what failed or is unconfirmed; the letter as it was last.

        Raises LetterNotFound, and StoreProblem letter_not_cancellable while it is handed over and once it was sent. A
        letter that reached some recipients stays on record, and the others are given up.
        """
        with self._database.write() as connection:
            letter = _found(connection, letter_id)
            if letter.state in {LetterState.SENDING, LetterState.SENT}:
                raise StoreProblem(code="letter_not_cancellable", letter=letter_id, state=letter.state.value)
            if letter.state is LetterState.QUEUED and letter.reached_somebody:
                return self._settle(connection, letter, Delivery(Result.NEVER, letter.code, answer=letter.answer))
            connection.execute("DELETE FROM letters WHERE id = ?", (letter_id,))
            return letter

    def give_up(self, account: str, code: str) -> None:
        """Nothing more will be sent for this account: what waits has failed."""
        never = Delivery(Result.NEVER, code)
        question = f"SELECT {_COLUMNS} FROM letters WHERE state = 'queued' AND account = ?"  # noqa: S608
        with self._database.write() as connection:
            for row in connection.execute(question, (account,)).fetchall():
                self._settle(connection, _letter(row), never)

    def get(self, letter_id: int) -> Letter:
        """Raises LetterNotFound, too."""
        with self._database.read() as connection:
            return _found(connection, letter_id)

    def list(
        self,
        account: str | None = None,
        after: int = 0,
        limit: int = 50,
        *,
        state: str | None = None,
        newest: bool = False,
    ) -> builtins.list[Letter]:
        """In the order of acceptance, those behind the cursor `after`. `newest`: from the last one backwards."""
        conditions: dict[str, Any] = {"id < ?" if newest and after else "id > ?": after}
        order = "DESC" if newest else "ASC"
        if account is not None:
            conditions["account = ?"] = account
        if state is not None:
            conditions["state = ?"] = state
        question = f"SELECT {_COLUMNS} FROM letters WHERE {' AND '.join(conditions)} ORDER BY id {order} LIMIT ?"  # noqa: S608
        with self._database.read() as connection:
            return [_letter(row) for row in connection.execute(question, (*conditions.values(), limit))]

    def counts(self) -> dict[str, int]:
        """How many letters are in each state; every state is named."""
        with self._database.read() as connection:
            found = connection.execute("SELECT state, count(*) FROM letters GROUP BY state").fetchall()
        return {state.value: 0 for state in LetterState} | dict(found)


_COLUMNS = (
    "id, account, state, sender, recipients, pending, message_id, size, idempotency_key, accepted_at, attempts, "
    "first_attempt_at, next_attempt_at, ended_at, code, server_code, answer, refused"
)


def _fingerprint(envelope: Envelope) -> bytes:
    whole = hashlib.sha256(json.dumps((envelope.sender, envelope.recipients)).encode())
    whole.update(envelope.source.encode() or envelope.raw)
    return whole.digest()


def _found(connection: sqlite3.Connection, letter_id: int) -> Letter:
    row = connection.execute(f"SELECT {_COLUMNS} FROM letters WHERE id = ?", (letter_id,)).fetchone()  # noqa: S608
    if not row:
        raise LetterNotFound(letter=letter_id)
    return _letter(row)


def _letter(row: tuple[Any, ...]) -> Letter:
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
    )


def _save(connection: sqlite3.Connection, letter: Letter) -> Letter:
    """Of a letter that was sent the bytes are not kept: the recipients have them."""
    connection.execute(
        "UPDATE letters SET state = ?, pending = ?, attempts = ?, first_attempt_at = ?, next_attempt_at = ?, "
        "ended_at = ?, code = ?, server_code = ?, answer = ?, refused = ? WHERE id = ?",
        (
            *(letter.state.value, json.dumps(letter.pending), letter.attempts),
            *(_seconds(letter.first_attempt_at), _seconds(letter.next_attempt_at), _seconds(letter.ended_at)),
            *(letter.code, letter.server_code, letter.answer, json.dumps(dict(letter.refused)), letter.id),
        ),
    )
    if letter.state is LetterState.SENT:
        connection.execute("DELETE FROM letter_raw WHERE id = ?", (letter.id,))
    return letter


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else moment(seconds)


def _seconds(when: datetime | None) -> float | None:
    return when.timestamp() if when else None
