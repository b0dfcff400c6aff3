"""Is a large database file sound through and through? Read in the background, since at a start that takes too long."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from mail import damage

log = logging.getLogger(__name__)

AFTER = 120.0
"""Seconds from the start: everything else that begins the day has gone through by then."""


def check_through(path: Path, stop: threading.Event) -> bool:
    """Whether it is sound; True also where it was small enough for the start, or `stop` was set meanwhile.

    Where it is not, the next start finds that out in full, and sets the file aside: while the program runs, what can be
    read stays readable.
    """
    if not path.exists() or path.stat().st_size <= damage.SMALL:
        return True
    with closing(sqlite3.connect(damage.uri(path), uri=True, check_same_thread=False)) as connection:
        done = threading.Event()
        watching = threading.Thread(target=_interrupt_on, args=(stop, done, connection.interrupt), daemon=True)
        watching.start()
        try:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                return True
            if not damage.is_damage(error):
                raise
            verdict = str(error)
        finally:
            done.set()
            watching.join()
    if verdict != "ok":
        log.error("%s is damaged: %s", path, verdict)
        damage.suspect(path).touch()
    return bool(verdict == "ok")


def _interrupt_on(stop: threading.Event, done: threading.Event, interrupt: Callable[[], None]) -> None:
    while not done.wait(0.2):
        if stop.is_set():
            interrupt()
            return


def check_later(path: Path, stop: threading.Event, *, after: float = AFTER) -> threading.Thread:
    """Runs by itself, once."""

    def check() -> None:
        if not stop.wait(after):
            try:
                check_through(path, stop)
            except Exception:
                log.exception("%s could not be read through", path)

    thread = threading.Thread(target=check, name="checkup", daemon=True)
    thread.start()
    return thread
