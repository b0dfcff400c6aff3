"""What becomes of a letter of which nobody knows whether it arrived? Pure: what *Sent* shows in, a letter out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from mail.letter import FIRST_LOOK, GIVE_UP_AFTER, Letter, LetterState, next_state
from mail.send import Delivery, Result

LOOKS = (FIRST_LOOK, timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""After the letter became unconfirmed. Exchange needs seconds, and minutes when it is busy: an hour is ample."""

NOT_ASKED_AGAIN = timedelta(minutes=15)


class Seen(StrEnum):
    """What the folder *Sent* says."""

    FOUND = "found"
    ABSENT = "absent"  # and a letter that was certainly sent is there: the server does keep what it took
    NOTHING = "nothing"  # absent, and no proof that the server would have kept it: means nothing
    NOT_ASKED = "not_asked"  # the server could not be asked just now
    CANNOT = "cannot"  # there is no such folder to look into, or the letter has no name of its own


def provable(letter: Letter) -> bool:
    """Not where an earlier try reached some: the copy in *Sent* may be of that one."""
    return not letter.reached_somebody


def after_look(letter: Letter, seen: Seen, now: datetime, chance: float) -> Letter:
    """Sent, or queued once more, or still unconfirmed: with a time for the next look, else the main app decides."""
    age = now - (letter.ended_at or now)
    match seen:
        case Seen.FOUND:
            return _was_sent(letter, now, chance)
        case Seen.NOT_ASKED if age < GIVE_UP_AFTER:
            return replace(letter, next_attempt_at=now + NOT_ASKED_AGAIN)
        case Seen.ABSENT if age >= LOOKS[-1]:
            return replace(letter, state=LetterState.QUEUED, next_attempt_at=now, ended_at=None)
    following = next((since for since in LOOKS if since > age), None)
    again = following is not None and seen in {Seen.ABSENT, Seen.NOTHING}
    return replace(letter, next_attempt_at=now - age + following if following and again else None)


def decided(letter: Letter, now: datetime) -> Letter:
    """The main app wants it sent (again): to all of whom it is not certain that they got it."""
    pending = letter.pending or tuple(who for who in letter.recipients if who in letter.refused)
    refused = {who: words for who, words in letter.refused.items() if who not in pending}
    fresh = replace(letter, state=LetterState.QUEUED, pending=pending, refused=refused, waited=timedelta(), stumbles=0)
    return replace(fresh, next_attempt_at=now, ended_at=None, code="", server_code="", answer="")


def _was_sent(letter: Letter, now: datetime, chance: float) -> Letter:
    """As if the server had said so then; recipients it had put off before are tried now."""
    postponed = tuple(who for who in letter.pending if who in letter.refused)
    taken = Delivery(Result.SENT, refused={who: letter.refused[who] for who in postponed}, postponed=postponed)
    return replace(next_state(letter, taken, now, chance), attempts=letter.attempts)
