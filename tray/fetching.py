"""How far is a long round of fetching? Kept in memory alone, for whoever looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mail.fetch import Fetched

TOLD_EVERY = 1.0
"""Seconds between two pictures of a round that goes on. The first comes with the first messages."""


@dataclass(frozen=True)
class Fetching:
    """`new` of `expected` messages are here; folders that the round has not come to yet are not expected yet."""

    new: int
    expected: int
    per_second: float

    @property
    def seconds_left(self) -> int | None:
        """None: no telling yet."""
        return round(max(0, self.expected - self.new) / self.per_second) if self.per_second else None


class FetchingNow:
    """Safe from any thread."""

    def __init__(self, changed: Callable[[], None], tick: Callable[[], float] = time.monotonic) -> None:
        """`changed`: there is something new to see."""
        self._changed = changed
        self._tick = tick
        self._lock = threading.Lock()
        self._rounds: dict[str, Fetching] = {}

    def of(self, account_id: str) -> Fetching | None:
        """None: no round is under way that has brought anything."""
        with self._lock:
            return self._rounds.get(account_id)

    @contextmanager
    def round(self, account_id: str) -> Iterator[Callable[[Fetched, int], None]]:
        """Around one round; gives what takes note of its progress. What one batch brings is told by the round's end."""
        begun = self._tick()
        told: float | None = None

        def note(fetched: Fetched, expected: int) -> None:
            nonlocal told
            now = self._tick()
            with self._lock:
                self._rounds[account_id] = Fetching(fetched.new, expected, fetched.new / max(now - begun, 0.001))
            if fetched.new < expected if told is None else now - told >= TOLD_EVERY:
                told = now
                self._changed()

        try:
            yield note
        finally:
            with self._lock:
                shown = self._rounds.pop(account_id, None)
            if shown:
                self._changed()
