"""A disk that is full: told as such, and everything before it stays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mail.database import Database
from mail.problems import StoreProblem
from tests.mail.full_disk_at_random import fills_up

ROOT = Path(__file__).parents[2]
NOTES = "CREATE TABLE notes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"

FILL_UP = f"""
import subprocess, sys
from pathlib import Path
from mail.database import Database
from mail.problems import StoreProblem

folder = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], check=True)
ballast = folder / "ballast"
ballast.write_bytes(bytes(600_000))

def add(database, text):
    with database.write() as connection:
        connection.execute("INSERT INTO notes (bytes) VALUES (?)", (text * 40_000,))

def kept():
    with database.read() as connection:
        return [row[0] for row in connection.execute("SELECT bytes FROM notes ORDER BY id")]

database = Database(folder / "post.db", [{NOTES!r}])
added = codes = 0
while codes < 3:
    try:
        add(database, b"%d" % (added % 10))
        added += 1
    except StoreProblem as problem:
        assert problem.code == "disk_full", problem.code
        codes += 1
assert kept() == [b"%d" % (each % 10) * 40_000 for each in range(added)], "something was lost"
ballast.unlink()
add(database, b"!")
assert len(kept()) == added + 1
database.close()
database = Database(folder / "post.db", [{NOTES!r}])
assert database.set_aside is None
assert len(kept()) == added + 1
print("kept", added)
"""


def test_a_database_at_its_limit_says_that_the_disk_is_full(tmp_path: Path) -> None:
    with Database(tmp_path / "post.db", [NOTES]) as database:
        database._writer.execute("PRAGMA max_page_count = 6")
        with pytest.raises(StoreProblem) as told, database.write() as connection:
            connection.execute("INSERT INTO notes (bytes) VALUES (zeroblob(200000))")
        assert told.value.code == "disk_full"
        assert told.value.facts == {"file": str(tmp_path / "post.db")}


if sys.platform == "linux":

    def test_on_a_disk_that_is_really_full_nothing_committed_is_lost_and_it_goes_on_once_there_is_room(
        tmp_path: Path,
    ) -> None:
        """In a mount namespace of its own: no trace is left, and no administrator's rights are needed."""
        alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
        run = subprocess.run(
            [*alone, sys.executable, "-c", FILL_UP, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert run.stdout.startswith("kept"), run.stderr

    @pytest.mark.parametrize("seed", [1, 2])
    def test_a_disk_that_is_full_at_random_writes_loses_nothing_and_leaves_nothing_half(
        tmp_path: Path, seed: int
    ) -> None:
        assert fills_up(tmp_path, seed, times=8) >= 6
