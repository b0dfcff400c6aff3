"""What may be on the disk when the power fails? Every state that an unsynced write can leave, made from copies.

SQLite appends a transaction to the write-ahead log and syncs it before it says that it is committed; now and then it
copies pages into the database, syncs that, and begins the log anew. What was not synced when the power went may be
there, or not, sector by sector, in any order. Between two commits the copies of both files show what was written: all
mixtures of old and new sectors are states a power failure may leave.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from mail.database import Database
from mail.schema import MIGRATIONS

SECTOR = 512
HEADER = 32
"""Bytes of the log. Where it begins anew its header is synced before anything follows (wal.c: "Sync the header",
because of SQLite's ticket ff5be73dee): old frames are worth nothing from then on.
"""


@dataclass(frozen=True)
class Moment:
    """Both files right after a commit, and what was in them."""

    content: str
    file: bytes = field(repr=False)
    log: bytes = field(repr=False)


@dataclass(frozen=True)
class Crash:
    """The files after a power failure, and the contents that are right then."""

    what: str
    file: bytes = field(repr=False)
    log: bytes = field(repr=False)
    allowed: tuple[str, ...]


def contents(path: Path) -> str:
    """A digest of all rows of all tables."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        whole = hashlib.sha256()
        for line in connection.iterdump():
            whole.update(line.encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def recorded(path: Path, steps: Sequence[Callable[[Database], object]]) -> Iterator[Moment]:
    """Each step is one transaction. Checkpoints come often, so that they are met, too."""
    with Database(path, MIGRATIONS) as database:
        database._writer.execute("PRAGMA wal_autocheckpoint = 12")
        yield _moment(path)
        for step in steps:
            step(database)
            yield _moment(path)


def _moment(path: Path) -> Moment:
    file, log = path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()
    copy = path.with_name("look.db")
    write(copy, file, log)
    return Moment(contents(copy), file, log)


def write(path: Path, file: bytes, log: bytes) -> None:
    for suffix in ("-shm", "-wal", "-journal", ".suspect"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(file)
    if log:
        path.with_name(f"{path.name}-wal").write_bytes(log)


def crashes(before: Moment, after: Moment, chance: random.Random, mixtures: int) -> Iterator[Crash]:
    """Between two commits, in the order in which things are written."""
    either = (before.content, after.content)
    log = after.log[:HEADER] + before.log[HEADER:]
    if log != before.log:
        yield Crash("the log begun anew", before.file, log, (before.content,))
    for cut in _cuts(log, after.log, chance, mixtures):
        yield Crash(f"the log written up to {cut}", before.file, _overlaid(log, after.log, cut), either)
    for number in range(mixtures):
        yield Crash(f"log, mixture {number}", before.file, mixed(log, after.log, chance), either)
        yield Crash(f"log, spoiled tail {number}", before.file, _spoiled(log, after.log, chance), either)
    yield Crash("the log written and synced", before.file, after.log, (after.content,))
    if before.file != after.file:  # a checkpoint, after the log was synced
        for number in range(mixtures):
            yield Crash(f"file, mixture {number}", mixed(before.file, after.file, chance), after.log, (after.content,))
    yield Crash("all written", after.file, after.log, (after.content,))


def _changed(old: bytes, new: bytes) -> list[int]:
    return [at for at in range(0, max(len(old), len(new)), SECTOR) if old[at : at + SECTOR] != new[at : at + SECTOR]]


def _cuts(old: bytes, new: bytes, chance: random.Random, count: int) -> list[int]:
    """Where the writing may have ended: at sectors that changed, and in the middle of one."""
    changed = _changed(old, new)
    chosen = chance.sample(changed, min(count, len(changed)))
    return sorted({*chosen, *(at + chance.randrange(SECTOR) for at in chosen)})


def _overlaid(old: bytes, new: bytes, cut: int) -> bytes:
    return new[:cut] + old[cut:]


def mixed(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """Each changed sector as it was or as it is to be; what is behind the old end may be zeros."""
    whole = bytearray(old.ljust(len(new), b"\0"))
    share = chance.random()
    for at in _changed(old, new):
        if chance.random() < share:
            whole[at : at + SECTOR] = new[at : at + SECTOR]
    if len(new) > len(old) and chance.random() < share:
        return bytes(whole[: chance.randrange(len(old), len(new) + 1)])
    return bytes(whole[: max(len(old), len(new))])


def _spoiled(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """The last sectors that were being written hold what was never written."""
    whole, changed = bytearray(new), _changed(old, new)
    for at in changed[len(changed) - chance.randint(0, min(4, len(changed))) :]:
        end = min(at + SECTOR, len(whole))
        whole[at:end] = chance.randbytes(max(0, end - at))
    return bytes(whole)
