"""How does mail get into a folder that a program watches? As whole .eml files, each exactly once, none overwritten.

The file is written under another name and synced; then it is committed which name it gets; then it is renamed; then the
message is committed as done. Whatever comes between, the next round sees from the two names how far it came: it renames
what is still there under the first name, and what is not was renamed, and may have been taken away by then.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from mail.database import Database
from mail.inbox import Inbox, MessageRow
from mail.large import pieces_of
from mail.problems import StoreProblem

EXPORTS = """
CREATE TABLE exports (  -- files that are written and may be renamed already
    id INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    written TEXT NOT NULL,
    renamed TEXT NOT NULL
);
"""
"""A migration."""

AT_ONCE = 20


class ExportFailed(StoreProblem):
    """Facts: folder, reason."""

    code = "export_failed"


def export(database: Database, inbox: Inbox, account: str, folder: Path, now: datetime, stop: threading.Event) -> int:
    """Put all messages of the account that are not done into the folder, and mark them done; how many it were.

    To be run once at a time for an account. Raises ExportFailed, StoreProblem.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        count = _finish(database, account, now)
        while (rows := inbox.list(account, limit=AT_ONCE, done=False)) and not stop.is_set():
            _write(database, inbox, rows, folder)
            count += _finish(database, account, now)
    except OSError as error:
        raise ExportFailed(str(error), folder=str(folder), reason=error.strerror or str(error)) from error
    return count


def _write(database: Database, inbox: Inbox, rows: Sequence[MessageRow], folder: Path) -> None:
    """Under a name that no program watches for; then on record."""
    planned = []
    for row in rows:
        written = folder / f".postwart-{row.account}-{row.id}.part"
        with written.open("wb") as file:
            file.writelines(pieces_of(inbox.kept(row.id)))
            file.flush()
            os.fsync(file.fileno())
        planned.append((row.id, str(written), str(_free_name(folder, row))))
    _sync(folder)
    with database.write() as connection:
        connection.executemany("INSERT OR REPLACE INTO exports VALUES (?, ?, ?)", planned)


def _finish(database: Database, account: str, now: datetime) -> int:
    """Rename what is on record, and take it off the record."""
    question = "SELECT id, written, renamed FROM exports JOIN messages USING (id) WHERE account = ? ORDER BY id"
    with database.read() as connection:
        planned = connection.execute(question, (account,)).fetchall()
    if not planned:
        return 0
    for _, written, renamed in planned:
        _rename(Path(written), Path(renamed))
    for folder in {Path(renamed).parent for _, _, renamed in planned}:
        _sync(folder)
    with database.write() as connection:
        for number, _, _ in planned:
            connection.execute(
                "UPDATE messages SET done = 1, done_at = ? WHERE id = ? AND NOT done", (now.timestamp(), number)
            )
            connection.execute("DELETE FROM exports WHERE id = ?", (number,))
    return len(planned)


def _rename(written: Path, renamed: Path) -> None:
    if not written.exists():
        if not written.parent.is_dir():
            raise FileNotFoundError(f"{written.parent} is not there")
        return  # it was renamed already
    while renamed.exists():  # another program's, made since
        renamed = renamed.with_name(f"{renamed.stem}-2{renamed.suffix}")
    written.rename(renamed)


def _free_name(folder: Path, row: MessageRow) -> Path:
    """In the order of arrival; letters, digits and hyphens only, never one of Windows' device names."""
    stem = f"{row.arrived_at:%Y%m%d-%H%M%S}-{row.account}-{row.id}"
    name, count = folder / f"{stem}.eml", 1
    while name.exists():
        count += 1
        name = folder / f"{stem}-{count}.eml"
    return name


def _sync(folder: Path) -> None:
    """The names, too. Windows has no such call, and needs none: NTFS keeps a journal of names."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
