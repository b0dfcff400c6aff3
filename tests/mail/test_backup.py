"""Is a backup whole, made while Postwart writes, and an earlier one kept until then?"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mail.backup import BackupFailed, backup
from mail.database import Database
from mail.inbox import Arrival, Inbox
from mail.problems import StoreProblem
from mail.schema import MIGRATIONS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "post.db"


@pytest.fixture
def inbox(path: Path) -> Iterator[Inbox]:
    with Database(path, MIGRATIONS) as database:
        yield Inbox(database)


def arrived(inbox: Inbox, first: int, count: int) -> None:
    inbox.add("info", [Arrival("INBOX", 7, str(n), b"%d" % n + bytes(5_000)) for n in range(first, first + count)])


def inside(copy: Path) -> list[bytes]:
    with Database(copy, MIGRATIONS) as database:
        there = Inbox(database)
        return [there.raw(row.id) for row in there.list(limit=100_000)]


def test_a_backup_holds_all_that_was_committed_in_one_file(inbox: Inbox, path: Path, tmp_path: Path) -> None:
    arrived(inbox, 1, 50)
    target = tmp_path / "copy.db"
    assert backup(path, target) == target.stat().st_size
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "data"]
    assert inside(target) == [inbox.raw(row.id) for row in inbox.list()]
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o077 == 0


def test_it_is_consistent_while_mail_comes_in(inbox: Inbox, path: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def keeps_coming() -> None:
        first = 1
        while not stop.is_set():
            arrived(inbox, first, 10)
            first += 10

    writing = threading.Thread(target=keeps_coming)
    writing.start()
    try:
        for number in range(3):
            target = tmp_path / f"{number}.db"
            backup(path, target)
            assert len(inside(target)) % 10 == 0
    finally:
        stop.set()
        writing.join()


def test_an_earlier_backup_is_replaced_by_a_whole_one_alone(inbox: Inbox, path: Path, tmp_path: Path) -> None:
    arrived(inbox, 1, 5)
    target = tmp_path / "copy.db"
    backup(path, target)
    arrived(inbox, 6, 5)
    backup(path, target)
    assert len(inside(target)) == 10


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_without_room_the_earlier_backup_stays_and_nothing_else(inbox: Inbox, path: Path, tmp_path: Path) -> None:
    import resource

    arrived(inbox, 1, 400)
    target = tmp_path / "copy.db"
    target.write_bytes(b"the earlier one")
    script = (
        "import signal, sys; from pathlib import Path; from mail.backup import backup\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try: backup(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except Exception as error: print(type(error).__name__, error.code)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(path), str(target)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000)),
    )
    assert ran.stdout.startswith("BackupFailed"), ran.stdout + ran.stderr
    assert target.read_bytes() == b"the earlier one"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "data"]


def test_a_damaged_file_gives_no_backup(inbox: Inbox, path: Path, tmp_path: Path) -> None:
    arrived(inbox, 1, 400)
    inbox._database.close()
    with path.open("rb+") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 40_000)
    with pytest.raises(BackupFailed):
        backup(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_what_cannot_be_copied_is_told(inbox: Inbox, path: Path, tmp_path: Path) -> None:
    arrived(inbox, 1, 1)
    with pytest.raises(BackupFailed):
        backup(path, path)
    with pytest.raises(BackupFailed):
        backup(path, tmp_path / "no such folder" / "copy.db")
    with pytest.raises(StoreProblem) as told:
        backup(tmp_path / "none.db", tmp_path / "copy.db")
    assert told.value.code == "no_mail_yet"
    assert len(inside(path)) == 1
