"""A notice that cannot be shown takes none of the others with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mail.database import Database
from tray.health import State, Who
from tray.memory import MIGRATIONS, Memory
from tray.notices import Notices
from tray.picture import AccountPicture, Health, Picture
from tray.reminders import Notice

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_one_that_cannot_be_shown_does_not_keep_the_others_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []

    def show(notice: Notice, _picture: Picture) -> None:
        if notice.account == "a":
            raise OSError("the bus is gone")
        shown.append(notice.account)

    out = Health(State.SIGN_IN_REQUIRED, since=NOW, checked_at=NOW, code="AADSTS50173", who=Who.USER)
    accounts = tuple(AccountPicture(name, f"{name}@office.example", "custom", out) for name in ("a", "b", "c"))
    with Database(tmp_path / "state.db", MIGRATIONS) as database:
        notices = Notices(
            memory=Memory(database),
            clock=lambda: NOW,
            show=show,
            withdraw=lambda _key: None,
        )
        notices.start()
        notices.picture(Picture(State.SIGN_IN_REQUIRED, accounts))
        notices.stop()
    assert shown == ["b", "c"]
    assert "the bus is gone" in caplog.text
