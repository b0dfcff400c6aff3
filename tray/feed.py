"""What has happened since a place that a listener remembers? Derived from what is kept: nothing is ever missing.

Messages come by their arrival, letters by their revision, health and sign-ins by the journal. A cursor holds all three:
whoever was away, or listened to a Postwart that was killed, goes on where they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from mail.changes import Changes
from mail.inbox import Inbox, MessageRow
from mail.letter import Letter
from mail.outbox import LetterNotFound, Outbox
from tray.journal import Entry, Happened, Journal

_CURSOR = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,18})")
_SIGN_INS = (Happened.SIGN_IN_BEGUN, Happened.SIGNED_IN, Happened.SIGN_IN_ENDED, Happened.SIGNED_OUT)


class Kind(StrEnum):
    MESSAGE = "message"
    OUTBOX = "outbox"
    HEALTH = "health"
    SIGN_IN = "sign_in"


@dataclass(frozen=True)
class Cursor:
    """All that happened up to here is known."""

    message: int = 0
    letter: int = 0
    entry: int = 0

    def __str__(self) -> str:
        return f"{self.message}-{self.letter}-{self.entry}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """None: no cursor of ours."""
        found = _CURSOR.fullmatch(text.strip())
        return cls(*map(int, found.groups())) if found else None

    def is_beyond(self, other: Cursor) -> bool:
        return self.message > other.message or self.letter > other.letter or self.entry > other.entry


@dataclass(frozen=True)
class Event:
    """`cursor` is the place right behind it."""

    kind: Kind
    cursor: Cursor
    what: MessageRow | Letter | Entry


class Feed:
    """Safe to use from any thread. Methods raise StoreProblem."""

    def __init__(self, inbox: Inbox, outbox: Outbox, changes: Changes, journal: Journal) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._changes = changes
        self._journal = journal

    def tip(self) -> Cursor:
        return Cursor(*self._changes.last(), self._journal.last())

    def after(self, cursor: Cursor, limit: int) -> list[Event]:
        """The next ones, up to `limit` of each sort. Of a letter, and of an account's health, only how it is now."""
        events: list[Event] = []
        for more in (self._messages, self._letters, self._entries):
            events += more(events[-1].cursor if events else cursor, limit)
        return events

    def _messages(self, cursor: Cursor, limit: int) -> Iterator[Event]:
        for row in self._inbox.list(None, cursor.message, limit):
            cursor = replace(cursor, message=row.id)
            yield Event(Kind.MESSAGE, cursor, row)

    def _letters(self, cursor: Cursor, limit: int) -> Iterator[Event]:
        for change in self._changes.letters(cursor.letter, limit):
            cursor = replace(cursor, letter=change.revision)
            try:
                yield Event(Kind.OUTBOX, cursor, self._outbox.get(change.letter))
            except LetterNotFound:
                continue  # taken back between the two questions

    def _entries(self, cursor: Cursor, limit: int) -> Iterator[Event]:
        entries = self._journal.after(cursor.entry, (Happened.STATE, *_SIGN_INS), limit)
        newest = {entry.account: entry.id for entry in entries if entry.kind == Happened.STATE}
        for entry in entries:
            cursor = replace(cursor, entry=entry.id)
            if entry.kind != Happened.STATE:
                yield Event(Kind.SIGN_IN, cursor, entry)
            elif newest[entry.account] == entry.id:
                yield Event(Kind.HEALTH, cursor, entry)
