"""As many read at once as like; afterwards few connections are left."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import ExitStack

import pytest

from mail.readers import KEPT, Closed, Readers


class Opened(list[sqlite3.Connection]):
    """Every connection that was made."""

    def connect(self) -> sqlite3.Connection:
        self.append(sqlite3.connect(":memory:", check_same_thread=False))
        return self[-1]

    def alive(self) -> int:
        return sum(map(_answers, self))


def _answers(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def test_each_reads_on_a_connection_of_its_own_and_few_are_kept() -> None:
    opened = Opened()
    readers = Readers(opened.connect)
    with ExitStack() as reading:
        assert len({id(reading.enter_context(readers.borrowed())) for _ in range(8)}) == 8
    assert opened.alive() == KEPT
    readers.close()


def test_the_next_one_takes_what_is_there() -> None:
    opened = Opened()
    readers = Readers(opened.connect)
    for _ in range(5):
        with readers.borrowed():
            pass
    assert len(opened) == 1
    readers.close()


def test_an_end_waits_for_those_who_read_and_lets_nobody_begin() -> None:
    opened = Opened()
    readers = Readers(opened.connect)
    closer = threading.Thread(target=readers.close)
    with readers.borrowed() as connection:
        closer.start()
        with pytest.raises(Closed):
            _borrow_until_refused(readers)
        assert _answers(connection)
        assert closer.is_alive()
    closer.join(10)
    assert opened.alive() == 0


def _borrow_until_refused(readers: Readers) -> None:
    """The other thread may not have begun to close yet."""
    for _ in range(1_000_000):
        with readers.borrowed():
            pass


def test_a_connection_that_cannot_be_made_is_not_waited_for() -> None:
    def fail() -> sqlite3.Connection:
        raise sqlite3.OperationalError("unable to open database file")

    readers = Readers(fail)
    with pytest.raises(sqlite3.OperationalError), readers.borrowed():
        pass
    readers.close()
