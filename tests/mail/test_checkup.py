"""Is damage in a large file found in the background, and does looking stop when the program ends?"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from mail import damage
from mail.checkup import check_later, check_through
from mail.database import Database
from mail.inbox import Arrival, Inbox
from mail.schema import MIGRATIONS


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that counts as large."""
    monkeypatch.setattr(damage, "SMALL", 100_000)
    path = tmp_path / "post.db"
    with Database(path, MIGRATIONS) as database:
        Inbox(database).add("info", [Arrival("INBOX", 7, str(uid), bytes(40_000)) for uid in range(1, 60)])
    return path


def spoil(path: Path) -> None:
    with path.open("rb+") as file:
        file.seek(path.stat().st_size - 700_000)
        file.write(b"\xff" * 200_000)


def test_a_sound_file_is_sound_while_it_is_in_use(path: Path) -> None:
    with Database(path, MIGRATIONS) as database:
        assert check_through(path, threading.Event())
        Inbox(database).add("info", [Arrival("INBOX", 8, "1", b"x")])
    assert not damage.suspect(path).exists()


def test_damage_among_the_raw_messages_is_found_and_the_next_start_sets_the_file_aside(path: Path) -> None:
    spoil(path)
    with Database(path, MIGRATIONS) as database:
        assert database.set_aside is None, "a clean start does not read all of a large file"
        check_later(path, threading.Event(), after=0).join(20)
        assert damage.suspect(path).exists()
    with Database(path, MIGRATIONS) as database:
        assert database.set_aside is not None


def test_it_ends_with_the_program_and_then_says_nothing(path: Path) -> None:
    stop = threading.Event()
    thread = check_later(path, stop, after=60)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert not damage.suspect(path).exists()
