"""Which letters are to be sent, and how does each stand? Accepted means on the disk: sent, or the sender is told."""

from __future__ import annotations

import builtins
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from mail import letter_rows as rows
from mail.database import Database, moment, utc_now
from mail.kept import Kept
from mail.letter import LONGEST_WAIT, Letter, LetterState, next_state
from mail.letter_rows import LetterNotFound
from mail.mailbox import Mailbox
from mail.pace import DAY, Handover, free_at
from mail.problems import StoreProblem
from mail.send import Delivery, Envelope, Result

__all__ = ["LetterNotFound", "Outbox"]


class Outbox:
    """Safe to use from any thread. Each change is one transaction. Methods raise StoreProblem."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = utc_now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`chance` of 0 to 1 spreads the next tries."""
        self.database, self.clock, self.chance = database, clock, chance
        self._counts: Kept[Mapping[str, int]] = Kept(database)

    def accept(self, account: str, envelope: Envelope, idempotency_key: str = "") -> Letter:
        """On the disk when this returns. The same key with the same content gives the letter that is there already.

        Raises StoreProblem idempotency_key_reused where the content is another. Never tried before an earlier letter
        that waits because the server does: letters go in the order of their acceptance.
        """
        now = self.clock()
        with self.database.write() as connection:
            if idempotency_key and (
                there := rows.repeated(connection, account, idempotency_key, rows.fingerprint(envelope))
            ):
                return there
            (held,) = connection.execute(
                "SELECT max(next_attempt_at) FROM letters "
                "WHERE account = ? AND state = 'queued' AND held AND next_attempt_at <= ?",
                (account, (now + LONGEST_WAIT).timestamp()),
            ).fetchone()
            times = now.timestamp(), max(now.timestamp(), held or 0)
            return rows.insert(connection, account, envelope, idempotency_key, times)

    def repeated(self, account: str, envelope: Envelope, idempotency_key: str) -> Letter | None:
        """The letter that was accepted under this key; None: none was. Raises as accept() does."""
        if not idempotency_key:
            return None
        with self.database.read() as connection:
            return rows.repeated(connection, account, idempotency_key, rows.fingerprint(envelope))

    def due(self, account: str, now: datetime | None = None) -> builtins.list[Letter]:
        """What is to be tried now, in the order of acceptance; behind them those over which the connection broke."""
        moment_ = now or self.clock()
        with self.database.read() as connection:
            return rows.letters(
                connection,
                "account = ? AND state = 'queued' AND (next_attempt_at <= ? OR next_attempt_at > ?) "
                "ORDER BY stumbles, id",
                (account, moment_.timestamp(), (moment_ + LONGEST_WAIT).timestamp()),
            )

    def next_due(self, account: str) -> datetime | None:
        """When there is something to try or to look up; None: nothing waits."""
        question = (
            "SELECT min(at) FROM ("  # each half has an index of its own
            "SELECT min(next_attempt_at) AS at FROM letters WHERE account = :account AND state = 'queued' UNION ALL "
            "SELECT min(next_attempt_at) AS at FROM letters WHERE account = :account AND state = 'unconfirmed')"
        )
        with self.database.read() as connection:
            (seconds,) = connection.execute(question, {"account": account}).fetchone()
        if seconds is None:
            return None
        now, when = self.clock(), moment(seconds)
        return now if when > now + LONGEST_WAIT else when

    def envelope(self, letter: Letter) -> Envelope:
        """What is to be handed over, to those recipients who are still pending."""
        with self.database.read() as connection:
            row = connection.execute("SELECT bytes FROM letter_raw WHERE id = ?", (letter.id,)).fetchone()
        if not row:
            raise LetterNotFound(letter=letter.id)
        return Envelope(letter.sender, letter.pending, bytes(row[0]), letter.message_id)

    def free_at(self, letter: Letter, mailbox: Mailbox) -> datetime | None:
        """When it may be handed over within the server's limits, whoever's letters count; None: now."""
        now, recipients = self.clock(), len(letter.pending)
        counts = mailbox.sharing or (frozenset({letter.account}),)
        with self.database.read() as connection:
            pasts = [_handovers(connection, accounts, now) for accounts in counts]
        moments = [free_at(past, recipients, mailbox.limits, now) for past in pasts]
        return max((each for each in moments if each), default=None)

    def mark_sending(self, letter_id: int) -> Letter:
        """To be called right before the letter itself is handed over: from here on nobody knows, until it is settled.

        Raises LetterNotFound where it was withdrawn meanwhile.
        """
        now = self.clock()
        with self.database.write() as connection:
            change = "UPDATE letters SET state = 'sending', next_attempt_at = NULL WHERE id = ? AND state = 'queued'"
            if not connection.execute(change, (letter_id,)).rowcount:
                raise LetterNotFound(letter=letter_id)
            letter = rows.found(connection, letter_id)
            connection.execute("DELETE FROM handovers WHERE at < ?", ((now - DAY).timestamp(),))
            handover = letter.account, now.timestamp(), len(letter.pending)
            connection.execute("INSERT INTO handovers VALUES (?, ?, ?)", handover)
            return letter

    def settle(self, letter_id: int, delivery: Delivery) -> Letter:
        """How the try went."""
        with self.database.write() as connection:
            letter = rows.found(connection, letter_id)
            return rows.save(connection, next_state(letter, delivery, self.clock(), self.chance()))

    def put_off(self, letters: Sequence[Letter], delivery: Delivery, stumbled: int = 0) -> builtins.list[Letter]:
        """They have met the same trouble and get the same time for their next try, so that their order stays.

        `stumbled` is the letter over which the connection broke. What was withdrawn meanwhile is left out.
        """
        now, chance = self.clock(), self.chance()
        with self.database.write() as connection:
            tried = []
            for letter in letters:
                with suppress(LetterNotFound):
                    there = rows.found(connection, letter.id)
                    if there.state in {LetterState.QUEUED, LetterState.SENDING}:
                        there = replace(there, stumbles=there.stumbles + (letter.id == stumbled))
                        tried.append(next_state(there, delivery, now, chance))
            until = max((each.next_attempt_at for each in tried if each.next_attempt_at), default=None)
            waiting = [replace(each, next_attempt_at=each.next_attempt_at and until) for each in tried]
            return [rows.save(connection, each, held=True) for each in waiting]

    def hold(self, account: str, until: datetime, code: str) -> None:
        """All that waits, waits until then, and this is no try."""
        change = (
            "UPDATE letters SET next_attempt_at = ?, code = ?, server_code = '', answer = '', held = 1 "
            "WHERE account = ? AND state = 'queued' AND next_attempt_at < ?"
        )
        with self.database.write() as connection:
            connection.execute(change, (until.timestamp(), code, account, until.timestamp()))

    def hasten(self, account: str) -> None:
        """The trouble for which all that waits was put off is over, or somebody wants to know: it is due now.

        A pause that the server asked for, or that keeps its limits, stays; so does that of a letter put off for itself.
        """
        with self.database.write() as connection:
            rows.hasten(connection, account, self.clock().timestamp())

    def recover(self, account: str | None = None) -> builtins.list[Letter]:
        """Letters that were being handed over when Postwart, or a round, ended: unconfirmed."""
        unknown = Delivery(Result.UNCONFIRMED, "unconfirmed")
        with self.database.write() as connection:
            letters = rows.letters(connection, "state = 'sending' AND account = coalesce(?, account)", (account,))
            lost = [next_state(letter, unknown, self.clock(), self.chance()) for letter in letters]
            return [rows.save(connection, letter) for letter in lost]

    def change(self, letter_id: int, allowed: set[LetterState], become: Callable[[Letter], Letter]) -> Letter:
        """Raises LetterNotFound, and StoreProblem letter_not_changeable in any other state."""
        with self.database.write() as connection:
            letter = rows.found(connection, letter_id)
            if letter.state not in allowed:
                raise StoreProblem(code="letter_not_changeable", letter=letter_id, state=letter.state.value)
            return rows.save(connection, become(letter))

    def cancel(self, letter_id: int) -> Letter:
        """Take back what waits, or clear away what failed or is unconfirmed; the letter as it was last.

        Raises LetterNotFound, and StoreProblem letter_not_cancellable while it is handed over and once it was sent. A
        letter that reached some recipients stays on record, and the others are given up.
        """
        with self.database.write() as connection:
            letter = rows.found(connection, letter_id)
            if letter.state in {LetterState.SENDING, LetterState.SENT}:
                raise StoreProblem(code="letter_not_cancellable", letter=letter_id, state=letter.state.value)
            if letter.state is LetterState.QUEUED and letter.reached_somebody:
                never = Delivery(Result.NEVER, letter.code, answer=letter.answer)
                return rows.save(connection, next_state(letter, never, self.clock(), self.chance()))
            connection.execute("DELETE FROM letters WHERE id = ?", (letter_id,))
            return letter

    def give_up(self, account: str, code: str) -> None:
        """Nothing more will be sent for this account: what waits has failed."""
        never = Delivery(Result.NEVER, code)
        with self.database.write() as connection:
            for letter in rows.letters(connection, "state = 'queued' AND account = ?", (account,)):
                rows.save(connection, next_state(letter, never, self.clock(), self.chance()))

    def get(self, letter_id: int) -> Letter:
        """Raises LetterNotFound, too."""
        with self.database.read() as connection:
            return rows.found(connection, letter_id)

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
        if account is not None:
            conditions["account = ?"] = account
        if state is not None:
            conditions["state = ?"] = state
        where = f"{' AND '.join(conditions)} ORDER BY id {'DESC' if newest else 'ASC'} LIMIT ?"
        with self.database.read() as connection:
            return rows.letters(connection, where, (*conditions.values(), limit))

    def counts(self) -> Mapping[str, int]:
        """How many letters are in each state; every state is named."""
        return self._counts.get("", self._count)

    def _count(self) -> dict[str, int]:
        with self.database.read() as connection:
            found = connection.execute("SELECT state, count(*) FROM letters GROUP BY state").fetchall()
        return {state.value: 0 for state in LetterState} | dict(found)


def _handovers(connection: Connection, accounts: Collection[str], now: datetime) -> builtins.list[Handover]:
    """Of the last day."""
    found: builtins.list[tuple[float, int]] = []
    for account in accounts:
        question = "SELECT at, recipients FROM handovers WHERE account = ? AND at > ? AND at <= ?"
        found += connection.execute(question, (account, (now - DAY).timestamp(), now.timestamp()))
    return [Handover(moment(at), recipients) for at, recipients in sorted(found)]
