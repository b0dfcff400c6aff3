"""What is a letter in the outbox, and what becomes of it after a try? Pure: a letter and an answer in, a letter out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mail.send import Delivery, Result


class LetterState(StrEnum):
    QUEUED = "queued"  # will be tried at next_attempt_at
    SENDING = "sending"  # handed over at this moment; found so after a crash, nobody knows whether it was taken
    SENT = "sent"
    FAILED = "failed"  # will not be tried again
    UNCONFIRMED = "unconfirmed"  # taken or not, nobody knows; looked up in *Sent* where that can be done


@dataclass(frozen=True)
class Letter:
    """How a letter stands; times are aware UTC.

    `pending` are the recipients still to be served, `refused` those that the server did not take, with its words.
    `code` (the catalogue's), `server_code` and `answer` say why it waits, failed, is unconfirmed or reached only some.
    `next_attempt_at` is the next try, or of an unconfirmed letter the next look into the folder *Sent*. `waited` sums
    up the pauses between its tries, so time in which nothing was tried (no sign-in, PC off) counts nothing. `stumbles`:
    how often the connection broke over it.
    """

    id: int
    account: str
    state: LetterState
    sender: str
    recipients: tuple[str, ...]
    pending: tuple[str, ...]
    message_id: str
    size: int
    idempotency_key: str
    accepted_at: datetime
    attempts: int = 0
    first_attempt_at: datetime | None = None
    next_attempt_at: datetime | None = None
    ended_at: datetime | None = None
    code: str = ""
    server_code: str = ""
    answer: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)
    waited: timedelta = timedelta()
    stumbles: int = 0

    @property
    def reached_somebody(self) -> bool:
        """At least one recipient was taken by the server, in this or an earlier try."""
        return bool(set(self.recipients) - set(self.pending) - self.refused.keys())


STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60))
JITTER = 0.2
GIVE_UP_AFTER = timedelta(days=2)
LONGEST_WAIT = timedelta(days=2)
"""No letter is ever put off for longer; one that seems to be was put off by a clock that was ahead."""

FIRST_LOOK = timedelta(minutes=1)
"""Exchange saves a letter in *Sent* a moment after it took it."""

PACED = "sending_paced"
"""The code of letters that wait so that a server's limit is kept."""

THROTTLED = "server_throttled"
"""The server has had enough of this mailbox for a while, whichever letter it was told about."""

LIMIT = "sending_limit"
"""A server's limit is no failure of the letter: waiting for it counts nothing."""


def wait(attempts: int, chance: float, told: timedelta | None = None) -> timedelta:
    """How long after that many tries; `chance` of 0 to 1 spreads many letters. Never shorter than the server `told`."""
    step = STEPS[min(max(attempts, 1), len(STEPS)) - 1]
    return min(max(step, told or step) * (1 + JITTER * chance), LONGEST_WAIT)


def next_state(letter: Letter, delivery: Delivery, now: datetime, chance: float) -> Letter:
    """What becomes of a letter that was tried."""
    tried = replace(
        letter,
        attempts=letter.attempts + 1,
        first_attempt_at=letter.first_attempt_at or now,
        next_attempt_at=None,
        code=delivery.code,
        server_code=delivery.server_code,
        answer=delivery.answer,
    )
    match delivery.result:
        case Result.SENT:
            return _sent(tried, delivery, now, chance)
        case Result.LATER:
            refused = {**letter.refused, **delivery.refused}
            return _later(replace(tried, pending=_open(letter, delivery), refused=refused), delivery, now, chance)
        case Result.NEVER:
            return _ended(replace(tried, refused={**letter.refused, **delivery.refused}), now)
        case Result.UNCONFIRMED:
            return replace(
                tried,
                state=LetterState.UNCONFIRMED,
                pending=_open(letter, delivery),
                refused=_still_refused(letter, delivery),
                next_attempt_at=now + FIRST_LOOK,
                ended_at=now,
            )


def _open(letter: Letter, delivery: Delivery) -> tuple[str, ...]:
    """Who has not got the letter and was not refused for good."""
    return tuple(who for who in letter.pending if who not in delivery.refused or who in delivery.postponed)


def _sent(tried: Letter, delivery: Delivery, now: datetime, chance: float) -> Letter:
    """Recipients that the server put off are tried again, alone."""
    rest = replace(tried, pending=delivery.postponed, refused=_still_refused(tried, delivery))
    if delivery.postponed:
        return _later(rest, delivery, now, chance)
    return _ended(rest, now)


def _still_refused(letter: Letter, delivery: Delivery) -> Mapping[str, str]:
    taken = set(letter.pending) - delivery.refused.keys()
    return {**{who: words for who, words in letter.refused.items() if who not in taken}, **delivery.refused}


def _later(letter: Letter, delivery: Delivery, now: datetime, chance: float) -> Letter:
    if not letter.pending or letter.waited >= GIVE_UP_AFTER:
        return _ended(letter, now)
    pause = wait(letter.attempts, chance, delivery.retry_after)
    waited = letter.waited + (timedelta() if delivery.code == LIMIT else pause)
    return replace(letter, state=LetterState.QUEUED, next_attempt_at=now + pause, waited=waited, ended_at=None)


def _ended(letter: Letter, now: datetime) -> Letter:
    """Whoever is still pending is refused; the letter is sent if the server took at least one recipient."""
    refused = {**dict.fromkeys(letter.pending, letter.answer or letter.code), **letter.refused}
    ended = replace(letter, pending=(), refused=refused, next_attempt_at=None, ended_at=now)
    if not ended.reached_somebody:
        return replace(ended, state=LetterState.FAILED)
    return replace(ended, state=LetterState.SENT, code="recipients_refused" if refused else "")
