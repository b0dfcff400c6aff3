"""What does an account's journal look like on the wire?"""

from __future__ import annotations

import msgspec

from tray.api.types import Moment


class JournalEntry(msgspec.Struct, frozen=True):
    """`said` is the entry as a sentence, without its time and its code."""

    id: int
    at: Moment
    kind: str
    said: str
    code: str
    facts: dict[str, str | int | float]


class Journal(msgspec.Struct, frozen=True):
    """Newest first. `next`: pass it as `before` for older ones; null at the end."""

    entries: list[JournalEntry]
    next: int | None
