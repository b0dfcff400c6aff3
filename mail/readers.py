"""Who reads from a database file just now? As many read-only connections as are reading, and few kept for the next."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

KEPT = 4
"""Each costs 100 to 400 kB and opens in 0.2 ms; one for each thread that ever read would be a dozen."""


class Closed(Exception):  # noqa: N818  an answer; Database makes a Problem of it
    """Nothing is read any more."""


class Readers:
    """Safe to use from any thread."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._changed = threading.Condition()
        self._free: list[sqlite3.Connection] = []
        self._lent = 0
        self._closed = False

    @contextmanager
    def borrowed(self) -> Iterator[sqlite3.Connection]:
        """A connection for the caller alone. Raises Closed."""
        connection = self._borrow()
        try:
            yield connection
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Waits for those who read."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not self._lent)
            while self._free:
                self._free.pop().close()

    def _borrow(self) -> sqlite3.Connection:
        with self._changed:
            if self._closed:
                raise Closed
            connection = self._free.pop() if self._free else self._connect()
            self._lent += 1
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._changed:
            if self._closed or len(self._free) >= KEPT:
                connection.close()
            else:
                self._free.append(connection)
            self._lent -= 1
            self._changed.notify_all()
