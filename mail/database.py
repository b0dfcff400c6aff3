"""How is a local SQLite file opened, written and read, so that what was committed stays, whatever happens?"""

from __future__ import annotations

import errno
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from mail import damage
from mail.problems import StoreProblem
from mail.readers import Closed, Readers

PAGE_SIZE = 16_384
"""Measured with 200 MB of messages in transactions of 8 MB: 4 KiB 0.72 s, 16 KiB 0.53 s, 64 KiB 0.44 s; larger pages
waste room (8 % at 64 KiB) and make a small commit write more.
"""

READER_CACHE_KIB = 256
"""Of each reading connection: 16 pages. The system's file cache holds the rest for all of them."""

BUSY_SECONDS = 10
"""For a backup program or a virus scanner that holds the file."""

NEARLY_FULL = 4_000_000
"""Where SQLite only says "I/O error": with less free space than this the disk is full."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    return datetime.now(UTC)


def moment(seconds: float) -> datetime:
    """A stored time. Not by fromtimestamp(), which on Windows refuses what is before 1970."""
    return EPOCH + timedelta(seconds=seconds)


class Database:
    """One file, one writing connection (SQLite before 3.51.3 can damage a WAL that two connections write to), and a
    read-only connection for whoever reads. Safe to use from any thread. While `commits` stays the same, nothing was
    written since, and what was read holds.
    """

    def __init__(self, path: Path, migrations: Sequence[str], *, clock: Callable[[], datetime] = utc_now) -> None:
        """`migrations[n]` leads from version n to n + 1. Raises StoreProblem.

        A damaged file is set aside under another name, which `set_aside` then tells, and a new one begun.
        """
        self.path = path
        self.set_aside: Path | None = None
        self._lock = threading.RLock()
        self._readers = Readers(self._connect_reader)
        self._closed = False
        self.commits = 0
        try:
            with self._told():
                self._open(migrations, clock)
        except OSError as error:
            code = "disk_full" if error.errno == errno.ENOSPC else "database_inaccessible"
            raise StoreProblem(str(error), code=code, file=str(path)) from error

    def _open(self, migrations: Sequence[str], clock: Callable[[], datetime]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        version = self._inspect(clock)
        if version > len(migrations):
            raise StoreProblem(f"{self.path} has schema {version}", code="database_newer", file=str(self.path))
        self.path.touch(mode=0o600)
        self._writer = self._connect(str(self.path))
        self._prepare(migrations[version:], version)

    def _inspect(self, clock: Callable[[], datetime]) -> int:
        try:
            version = damage.sound_version(self.path)
        except damage.Damaged:
            self.set_aside = damage.set_aside(self.path, clock())
            return 0
        damage.suspect(self.path).unlink(missing_ok=True)
        return version

    def _prepare(self, migrations: Sequence[str], version: int) -> None:
        try:
            self._writer.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            self._writer.execute("PRAGMA journal_mode = WAL")
            self._writer.execute("PRAGMA synchronous = FULL")
            self._writer.execute("PRAGMA journal_size_limit = 33554432")
            self._writer.execute("PRAGMA foreign_keys = ON")
            if sys.platform == "darwin":  # there fsync alone leaves data in the drive's cache
                self._writer.execute("PRAGMA fullfsync = ON")
                self._writer.execute("PRAGMA checkpoint_fullfsync = ON")
            for number, script in enumerate(migrations, version + 1):
                self._writer.executescript(f"BEGIN IMMEDIATE;\n{script};\nPRAGMA user_version = {number};\nCOMMIT;")
        except BaseException:
            self._writer.close()  # rolls back
            raise

    def _connect(self, address: str, *, uri: bool = False) -> sqlite3.Connection:
        return sqlite3.connect(address, uri=uri, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is on the disk when this ends, or nothing. Raises StoreProblem.

        Not `durable`: a power cut may take it back as a whole, and the disk is not waited for.
        """
        with self._told(), self._lock:
            if self._closed:
                raise Closed
            if not durable:
                self._writer.execute("PRAGMA synchronous = NORMAL")
            try:
                with self._transaction():
                    yield self._writer
            finally:
                if not durable:
                    self._writer.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._writer.execute("COMMIT")
            self.commits += 1
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A read-only connection; sees what is committed. Raises StoreProblem."""
        with self._told(), self._readers.borrowed() as connection:
            yield connection

    def _connect_reader(self) -> sqlite3.Connection:
        connection = self._connect(damage.uri(self.path), uri=True)
        connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
        return connection

    def size(self) -> int:
        """Bytes on the disk."""
        files = (damage.companion(self.path, suffix) for suffix in damage.COMPANIONS)
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        """Waits for what is under way; the file is whole and alone afterwards."""
        self._readers.close()
        with self._lock:
            self._closed = True
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite and the system say, as something a person can be told; our own mistakes pass as they are."""
        try:
            yield
        except Closed as closed:
            raise StoreProblem(f"{self.path} is closed", code="store_closed") from closed
        except sqlite3.Error as error:
            code = self._code(error)
            if not code:
                raise
            if code == "database_damaged":
                damage.suspect(self.path).touch()
            raise StoreProblem(str(error), code=code, file=str(self.path)) from error

    def _code(self, error: sqlite3.Error) -> str:
        if damage.is_damage(error):
            return "database_damaged"
        match getattr(error, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_FULL:
                return "disk_full"
            case sqlite3.SQLITE_IOERR:
                full = shutil.disk_usage(self.path.parent).free < NEARLY_FULL
                return "disk_full" if full else "disk_failed"
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
                return "database_inaccessible"
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return "database_busy"
        return ""
