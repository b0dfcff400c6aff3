"""What becomes of mail that was fetched: into a watched folder, away after some days, copied, and how much it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Office

RAW = b"From: mieter@example.org\r\nSubject: Wasserschaden\r\n\r\nBitte kommen Sie.\r\n"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as office:
        yield office


def test_a_watched_folder_gets_each_message_once(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    address = office.has_account("info", export=str(folder))
    office.opens()
    office.signs_in("info")
    office.post.deliver(address, RAW)
    assert office.helper.fetch("info").new == 1
    (file,) = folder.iterdir()
    assert file.read_bytes() == RAW
    file.unlink()
    office.reopens()
    assert office.helper.fetch("info").new == 0
    assert list(folder.iterdir()) == []
    assert office.api.get("status")["unread"] == 0


def test_a_folder_that_is_not_there_is_told_until_it_is_and_nothing_is_lost(office: Office, tmp_path: Path) -> None:
    (tmp_path / "drive").write_bytes(b"")
    address = office.has_account("info", export=str(tmp_path / "drive" / "in"))
    office.opens()
    office.signs_in("info")
    office.post.deliver(address, RAW)
    for _ in range(3):
        office.helper.fetch("info")
    status = office.api.get("status")
    assert [warning["code"] for warning in status["warnings"]] == ["export_failed"]
    assert status["unread"] == 1
    assert [entry.code for entry in office.helper.journal.read("info")].count("export_failed") == 1
    (tmp_path / "drive").unlink()
    office.helper.fetch("info")
    assert office.api.get("status")["warnings"] == []
    assert [file.read_bytes() for file in (tmp_path / "drive" / "in").iterdir()] == [RAW]


def test_what_was_taken_over_goes_after_some_days_and_is_not_fetched_again(office: Office) -> None:
    address = office.has_account("info", keep_days=30)
    office.opens()
    office.signs_in("info")
    office.post.deliver(address, RAW)
    office.helper.fetch("info")
    assert office.api.get("accounts", "info")["keep_days"] == 30
    office.api.call("PUT", ("messages", "1", "done"))
    office.waits(days=29)
    office.helper.fetch("info")
    assert len(office.api.get("messages")["messages"]) == 1
    office.waits(days=2)
    office.helper.fetch("info")
    assert office.helper.fetch("info").new == 0
    assert office.api.get("messages")["messages"] == []
    assert len(office.post.messages(address)) == 1


def test_the_status_says_how_much_room_the_mail_takes(office: Office) -> None:
    address = office.has_account("info")
    office.opens()
    office.signs_in("info")
    before = office.api.get("status")["store_bytes"]
    office.post.deliver(address, RAW + bytes(3_000_000).hex().encode())
    office.helper.fetch("info")
    assert office.api.get("status")["store_bytes"] - before > 6_000_000
