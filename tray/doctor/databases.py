"""Are the databases sound? Looked at read-only, beside a Postwart that may be using them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from mail import damage
from tray.doctor.finding import Finding, Level, fault, note, ok
from tray.health import Who
from tray.paths import Places

NAMES = ("post.db", "state.db")
LOOK_SECONDS = 10.0
"""A database of many gigabytes is not read to its end."""

_STEPS = 100_000


def databases(places: Places) -> Iterator[Finding]:
    for name in NAMES:
        yield from _database(places.data / name)
        for aside in sorted(places.data.glob(f"{name}.damaged-*")):
            if not aside.name.endswith(damage.COMPANIONS[1:]):
                yield note("database", "database-aside", aside.name, who=Who.ADMIN, file=str(aside))


def _database(path: Path) -> Iterator[Finding]:
    try:
        size = round(path.stat().st_size / 1e6, 1)
        answer = _quick_check(path)
    except FileNotFoundError:
        yield ok("database", "database-none", path.name, file=str(path))
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, sqlite3.Error) and damage.is_damage(error):
            yield fault("database", "database-damaged", path.name, who=Who.ADMIN, reason=str(error), file=str(path))
        else:
            yield fault("database", "database-unreadable", path.name, who=Who.ADMIN, reason=str(error), file=str(path))
    else:
        if answer == "ok":
            yield ok("database", "database-ok", path.name, size=size, file=str(path))
        elif answer:
            yield fault("database", "database-damaged", path.name, who=Who.ADMIN, reason=answer, file=str(path))
        else:
            yield note("database", "database-large", path.name, size=size, file=str(path))


def _quick_check(path: Path) -> str:
    """SQLite's own words; empty where the time was too short. Raises sqlite3.Error."""
    until = time.monotonic() + LOOK_SECONDS
    with closing(sqlite3.connect(damage.uri(path), uri=True, timeout=LOOK_SECONDS)) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                return ""
            raise


def silence() -> Finding:
    return Finding("database", Level.NOTE, ("doctor-database-busy",))
