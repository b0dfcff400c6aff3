"""Does each message come into the folder once and whole, whatever comes between?"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mail.database import Database
from mail.export import ExportFailed, export
from mail.inbox import Arrival, Inbox
from mail.schema import MIGRATIONS

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
GO = threading.Event()


class Lost(BaseException):
    """The power, at this point."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        yield database


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database, lambda: NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Eingang für WIN-OFFICE"


def raw(number: int) -> bytes:
    return f"Subject: ../{number}\r\n\r\n".encode() + bytes(range(256)) + b"\r\n.\r\n"


def arrived(inbox: Inbox, *numbers: int) -> None:
    inbox.add("info", [Arrival("INBOX", 7, str(number), raw(number)) for number in numbers])


def contents(folder: Path) -> list[bytes]:
    return sorted(file.read_bytes() for file in folder.glob("*.eml"))


def test_new_messages_are_there_byte_for_byte_and_done(database: Database, inbox: Inbox, folder: Path) -> None:
    arrived(inbox, 1, 2, 3)
    assert export(database, inbox, "info", folder, NOW, GO) == 3
    assert contents(folder) == sorted(raw(number) for number in (1, 2, 3))
    assert [row.done_at for row in inbox.list()] == [NOW] * 3
    assert inbox.unread() == {}
    assert len(list(folder.iterdir())) == 3
    assert export(database, inbox, "info", folder, NOW, GO) == 0


def test_names_are_safe_everywhere_and_in_the_order_of_arrival(database: Database, inbox: Inbox, folder: Path) -> None:
    arrived(inbox, *range(1, 8))
    export(database, inbox, "info", folder, NOW, GO)
    names = sorted(file.name for file in folder.iterdir())
    assert all(re.fullmatch(r"[0-9]{8}-[0-9]{6}-[a-z0-9_-]+\.eml", name) for name in names)
    assert [(folder / name).read_bytes() for name in names] == [raw(number) for number in range(1, 8)]


def test_many_messages_come_in_several_turns_and_other_accounts_are_left_alone(
    database: Database, inbox: Inbox, folder: Path
) -> None:
    arrived(inbox, *range(1, 51))
    inbox.add("other", [Arrival("INBOX", 7, "1", b"theirs")])
    inbox.mark_done(50)
    assert export(database, inbox, "info", folder, NOW, GO) == 49
    assert [row.account for row in inbox.list(done=False)] == ["other"]


def test_a_file_that_is_there_is_never_overwritten(database: Database, inbox: Inbox, folder: Path) -> None:
    arrived(inbox, 1)
    folder.mkdir()
    taken = folder / "20261124-083000-info-1.eml"
    taken.write_bytes(b"somebody else's")
    export(database, inbox, "info", folder, NOW, GO)
    assert taken.read_bytes() == b"somebody else's"
    assert (folder / "20261124-083000-info-1-2.eml").read_bytes() == raw(1)


def test_a_name_taken_at_the_last_moment_is_not_overwritten_either(
    database: Database, inbox: Inbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived(inbox, 1)
    taken = folder / "20261124-083000-info-1.eml"
    monkeypatch.setattr("mail.export._finish", _dies)
    with pytest.raises(Lost):
        export(database, inbox, "info", folder, NOW, GO)
    monkeypatch.undo()
    taken.write_bytes(b"somebody else's")
    assert export(database, inbox, "info", folder, NOW, GO) == 1
    assert contents(folder) == sorted([b"somebody else's", raw(1)])


def _dies(*_: object) -> int:
    if _[0]:
        raise Lost
    return 0


def main_app_takes(folder: Path) -> list[bytes]:
    """As one that watches: whole files only, each taken away at once."""
    taken = contents(folder) if folder.is_dir() else []
    for file in list(folder.glob("*.eml")):
        file.unlink()
    return taken


STEPS = ["open", "fsync", "write", "rename"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", range(1, 8))
def test_exactly_once_though_the_program_dies_at_any_step(
    database: Database, inbox: Inbox, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: int
) -> None:
    arrived(inbox, 1, 2, 3)
    dies_at(monkeypatch, database, step, when)
    taken: list[bytes] = []
    try:
        export(database, inbox, "info", folder, NOW, GO)
    except Lost:
        pass
    finally:
        monkeypatch.undo()
    taken += main_app_takes(folder)
    export(database, inbox, "info", folder, NOW, GO)
    taken += main_app_takes(folder)
    assert sorted(taken) == [raw(number) for number in (1, 2, 3)]
    assert list(folder.iterdir()) == []
    assert inbox.unread() == {}


def dies_at(monkeypatch: pytest.MonkeyPatch, database: Database, step: str, when: int) -> None:
    """Before the step is done for the `when`-th time; where it is rarer than that, not at all."""
    count = iter(range(1, 1_000))

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def act(*arguments: object, **named: object) -> object:
            if next(count) == when:
                raise Lost
            return real(*arguments, **named)

        return act

    match step:
        case "open":
            monkeypatch.setattr(Path, "open", dying(Path.open))
        case "fsync":
            monkeypatch.setattr(os, "fsync", dying(os.fsync))
        case "write":
            monkeypatch.setattr(database, "write", dying(database.write))
        case "rename":
            monkeypatch.setattr(Path, "rename", dying(Path.rename))


def test_a_folder_that_cannot_be_written_loses_nothing_and_is_told(
    database: Database, inbox: Inbox, folder: Path
) -> None:
    arrived(inbox, 1)
    folder.write_bytes(b"a file where a folder should be")
    with pytest.raises(ExportFailed) as told:
        export(database, inbox, "info", folder, NOW, GO)
    assert told.value.facts["folder"] == str(folder)
    assert inbox.unread() == {"info": 1}
    folder.unlink()
    assert export(database, inbox, "info", folder, NOW, GO) == 1


def test_a_folder_that_has_gone_in_the_middle_is_waited_for(
    database: Database, inbox: Inbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network drive: that the file is not there does not mean that it was taken."""
    arrived(inbox, 1)
    dies_at(monkeypatch, database, "write", 2)
    with pytest.raises(Lost):
        export(database, inbox, "info", folder, NOW, GO)
    monkeypatch.undo()
    main_app_takes(folder)
    away = folder.rename(folder.with_name("away"))
    folder.with_name("elsewhere").mkdir()
    with pytest.raises(ExportFailed):
        export(database, inbox, "info", folder.with_name("elsewhere"), NOW, GO)
    assert inbox.unread() == {"info": 1}
    away.rename(folder)
    export(database, inbox, "info", folder, NOW, GO)
    assert inbox.unread() == {}


def test_it_ends_when_the_program_does(database: Database, inbox: Inbox, folder: Path) -> None:
    arrived(inbox, 1)
    stop = threading.Event()
    stop.set()
    assert export(database, inbox, "info", folder, NOW, stop) == 0
    assert inbox.unread() == {"info": 1}
