"""How is post.db copied while Postwart writes to it? By SQLite's own backup, checked, named only when whole."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from mail import damage
from mail.problems import StoreProblem


class BackupFailed(StoreProblem):
    """Facts: file, reason. An earlier file of that name is as it was."""

    code = "backup_failed"


def backup(source: Path, target: Path) -> int:
    """What was committed when it began, in one file; its size in bytes. An earlier backup of that name is replaced.

    From another process, too: the source is only read. Raises StoreProblem backup_failed, disk_full, no_mail_yet.
    """
    if not source.exists():
        raise StoreProblem(code="no_mail_yet", file=str(source))
    if target.exists() and target.samefile(source):
        raise BackupFailed(file=str(target), reason="source = target")
    part = target.with_name(f"{target.name}.part")
    try:
        try:
            _copy(source, part)
            part.replace(target)
        finally:
            for suffix in ("", "-journal", "-wal", "-shm"):
                damage.companion(part, suffix).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        full = getattr(error, "errno", 0) == errno.ENOSPC or _is_full(error)
        raise BackupFailed(
            str(error),
            code="disk_full" if full else "",
            file=str(target),
            reason=getattr(error, "strerror", None) or str(error),
        ) from error
    return target.stat().st_size


def _copy(source: Path, part: Path) -> None:
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)  # it holds all of the mail
    with (
        closing(sqlite3.connect(damage.uri(source), uri=True, timeout=30)) as live,
        closing(sqlite3.connect(part)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # all in the one file
        verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _is_full(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
