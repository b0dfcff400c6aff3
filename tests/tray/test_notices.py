"""Notices come when somebody can read them, come again where nobody answers, and then reach somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from mail.database import Database
from tests.rigs.desktop import wait_until
from tests.tray.pictures import account, picture
from tray.health import State
from tray.memory import MIGRATIONS, Memory
from tray.notice import Answer, Notice
from tray.notices import Notices
from tray.picture import AccountPicture, Picture
from tray.settings import Notify

TUESDAY = datetime(2026, 11, 24, 10, 0).astimezone()
"""Ten o'clock here, wherever here is."""

BROKEN = account(state=State.SIGN_IN_REQUIRED, since=TUESDAY)
QUIET = Notify((time(18), time(7)))


class Desk:
    """Notices, what was seen of them, and a clock that a test turns. Each news is worked on before the next line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = TUESDAY.astimezone(UTC)
        self.settings = Notify()
        self.shown: list[str] = []
        self.withdrawn: list[str] = []
        self.banner: tuple[Notice, ...] = ()
        self.mails: list[str] = []
        self.mail_works = True
        self.fails: set[str] = set()
        self._open()

    def _open(self) -> None:
        self._database = Database(self.folder / "state.db", MIGRATIONS)
        self.notices = Notices(
            memory=Memory(self._database),
            clock=lambda: self.now,
            show=self._show,
            withdraw=self.withdrawn.append,
            settings=lambda: self.settings,
            banner=self._take_banner,
            mail=self._mail,
        )

    def restarts(self) -> None:
        self._database.close()
        self._open()

    def _show(self, notice: Notice, _picture: Picture) -> None:
        if notice.account in self.fails:
            raise OSError("the bus is gone")
        self.shown.append(f"{notice.account} {notice.kind}")

    def _take_banner(self, notices: tuple[Notice, ...]) -> None:
        self.banner = notices

    def _mail(self, notice: Notice, _picture: Picture) -> bool:
        if self.mail_works:
            self.mails.append(notice.account)
        return self.mail_works

    def sees(self, *accounts: AccountPicture, hours: float = 0) -> list[str]:
        """What is shown now."""
        self.now += timedelta(hours=hours)
        self.shown.clear()
        self.notices._take(picture(*accounts))
        return list(self.shown)

    def at(self, day: int, hour: int, minute: int = 0) -> None:
        self.now = datetime(2026, 11, day, hour, minute).astimezone().astimezone(UTC)

    def answers(self, answer: Answer) -> None:
        (key,) = self.notices._memory.told()
        self.notices._take((key, answer))

    def close(self) -> None:
        self._database.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    sitting = Desk(tmp_path)
    yield sitting
    sitting.close()


def test_one_that_cannot_be_shown_does_not_keep_the_others_back(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.fails = {"a"}
    accounts = [account(name, State.SIGN_IN_REQUIRED) for name in ("a", "b", "c")]
    assert desk.sees(*accounts) == ["b sign_in_required", "c sign_in_required"]
    assert "the bus is gone" in caplog.text


def test_what_nobody_answers_comes_again_then_into_the_banner_then_to_the_contact(desk: Desk) -> None:
    assert desk.sees(BROKEN) == ["info sign_in_required"]
    assert desk.sees(BROKEN, hours=1.9) == []
    assert (desk.banner, desk.mails) == ((), [])
    assert desk.sees(BROKEN, hours=0.2) == ["info sign_in_required"]
    assert ([notice.account for notice in desk.banner], desk.mails) == (["info"], [])
    desk.restarts()
    desk.at(25, 9)
    assert desk.sees(BROKEN) == ["info sign_in_required"]
    assert desk.mails == ["info"]
    desk.at(26, 9)
    assert desk.sees(BROKEN) == ["info sign_in_required"]
    assert desk.mails == ["info"], "one mail for each incident"
    assert desk.sees(account()) == []
    assert desk.banner == ()
    assert len(desk.withdrawn) == 1


def test_where_no_account_can_send_the_mail_follows_as_soon_as_one_can(desk: Desk) -> None:
    desk.mail_works = False
    for day, hour in ((24, 10), (24, 13), (25, 9)):
        desk.at(day, hour)
        desk.sees(BROKEN)
    assert desk.mails == []
    desk.mail_works = True
    assert desk.sees(BROKEN, hours=0.1) == []
    assert desk.mails == ["info"]


def test_later_is_the_next_working_morning_also_after_a_restart(desk: Desk) -> None:
    desk.at(27, 16)  # a Friday
    desk.sees(BROKEN)
    desk.answers(Answer.LATER)
    desk.restarts()
    for day, hour in ((27, 20), (28, 9), (29, 12), (30, 8)):
        desk.at(day, hour)
        assert desk.sees(BROKEN) == [], (day, hour)
    desk.at(30, 9)
    assert desk.sees(BROKEN) == ["info sign_in_required"]


def test_an_answer_is_counted_although_the_sign_in_it_began_is_running(desk: Desk) -> None:
    desk.sees(BROKEN)
    desk.sees(BROKEN, hours=3)
    assert desk.banner
    desk.sees(account(state=State.SIGN_IN_REQUIRED, since=TUESDAY, sign_in_running=True))
    desk.answers(Answer.MAIN)
    assert desk.banner == ()
    assert desk.sees(BROKEN, hours=4) == []


def test_nothing_comes_again_while_somebody_is_signing_in(desk: Desk) -> None:
    desk.sees(BROKEN)
    running = account(state=State.SIGN_IN_REQUIRED, since=TUESDAY, sign_in_running=True)
    assert desk.sees(running, hours=3) == []
    assert desk.sees(BROKEN) == ["info sign_in_required"]


def test_an_answer_to_what_is_mended_changes_nothing(desk: Desk) -> None:
    desk.sees(BROKEN)
    (key,) = desk.notices._memory.told()
    desk.sees(account())
    desk.notices._take((key, Answer.LATER))
    assert desk.notices._memory.told() == {}


def test_in_quiet_hours_nothing_is_shown_and_afterwards_all_of_it_once(desk: Desk) -> None:
    desk.settings = QUIET
    desk.at(24, 19)
    assert desk.sees(BROKEN, account("b", State.MAILBOX_REFUSED, code="5.7.139")) == []
    assert desk.notices._wait() <= timedelta(minutes=5)
    desk.at(25, 6, 59)
    assert desk.sees(BROKEN, account("b")) == []
    assert desk.notices._wait() == timedelta(minutes=1)
    desk.at(25, 7)
    assert desk.sees(BROKEN, account("b")) == ["info sign_in_required"], "what was mended overnight is no news"
    assert desk.sees(BROKEN, account("b")) == []


def test_an_approval_that_comes_at_night_is_told_in_the_morning_and_its_request_withdrawn_at_once(desk: Desk) -> None:
    desk.settings = QUIET
    desk.sees(account(state=State.CONSENT_PENDING))
    desk.at(24, 22)
    assert desk.sees(account()) == []
    assert len(desk.withdrawn) == 1
    desk.restarts()
    desk.at(25, 7, 30)
    assert desk.sees(account()) == ["info consent_granted"]


def test_a_main_app_that_asks_in_vain_brings_it_up_again_but_not_at_night(desk: Desk) -> None:
    desk.sees(BROKEN)
    desk.shown.clear()
    desk.notices._take("info")
    assert desk.shown == [], "it was shown a moment ago"
    desk.now += timedelta(hours=1)
    desk.settings = Notify((time(11), time(12)))
    desk.notices._take("info")
    assert desk.shown == []
    desk.settings = Notify()
    desk.notices._take("info")
    assert desk.shown == ["info sign_in_required"]


def test_it_looks_at_the_clock_by_itself_and_no_more_often_than_needed(desk: Desk) -> None:
    assert desk.notices._wait() == timedelta(minutes=5)
    desk.sees(BROKEN)
    desk.now += timedelta(hours=1, minutes=59)
    assert desk.notices._wait() == timedelta(minutes=1)
    desk.now += timedelta(hours=5)  # it is overdue, but cannot be told now
    assert desk.notices._wait() == timedelta(minutes=5)


def test_the_thread_tells_what_is_due_without_any_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tray.notices.LONGEST_WAIT", timedelta(seconds=0.05))
    desk = Desk(tmp_path)
    desk.notices.start()
    try:
        desk.notices.picture(picture(BROKEN))
        wait_until(lambda: len(desk.shown) == 1, "not told")
        desk.now += timedelta(hours=2)
        wait_until(lambda: len(desk.shown) == 2, "not told again")
    finally:
        desk.notices.stop()
        desk.close()
