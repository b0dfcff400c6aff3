"""What does an account's journal look like on the wire?"""

from __future__ import annotations

from datetime import datetime

import msgspec


class JournalEntry(msgspec.Struct, frozen=True):
    """`said` is the entry as a sentence, without its time and its code."""

    id: int
    at: datetime
    kind: str
    said: str
    code: str
    facts: dict[str, str | int | float]


class Journal(msgspec.Struct, frozen=True):
    """Newest first. `next`: pass it as `before` for older ones; null at the end."""

    entries: list[JournalEntry]
    next: int | None
