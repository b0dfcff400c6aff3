"""What nobody answers comes again, then stands in the main app's banner, then goes to the office's contact."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.tray.pictures import NOW, account, picture
from tray import insisting
from tray.health import State, Who
from tray.notice import Answer, Notice, Told
from tray.picture import AccountPicture
from tray.reminders import reminders

BERLIN = ZoneInfo("Europe/Berlin")  # NOW is a Tuesday, ten o'clock


def notice(each: AccountPicture, days_later: int = 0) -> Notice:
    return reminders(None, picture(each), frozenset(), NOW + timedelta(days=days_later))[0]


SIGN_IN = notice(account(state=State.SIGN_IN_REQUIRED))
BLOCKED = notice(account(state=State.SIGN_IN_REQUIRED, who=Who.ADMIN))
REFUSED = notice(account(state=State.MAILBOX_REFUSED, code="5.7.139"))
FAR, NEAR = (notice(account(state=State.EXPIRING, days=days)) for days in (14, 3))
PENDING = notice(account(state=State.CONSENT_PENDING))


def tellings(told: Notice, number: int) -> list[tuple[str, bool, bool]]:
    """When it is told, if nobody ever answers: local time, and whether it stands in the banner and goes by mail."""
    found, so_far, moment = [], None, NOW
    for _ in range(number):
        so_far = insisting.told(told, so_far, moment, BERLIN)
        local = moment.astimezone(BERLIN)
        found.append((f"{local:%a %H:%M}", insisting.in_banner(told, so_far), insisting.by_mail(told, so_far)))
        if so_far.again_at is None:
            break
        assert not insisting.is_due(so_far, so_far.again_at - timedelta(seconds=1))
        assert insisting.is_due(so_far, so_far.again_at)
        moment = so_far.again_at
    return found


def test_a_missing_sign_in_comes_again_after_lunch_and_each_working_morning() -> None:
    assert tellings(SIGN_IN, 6) == [
        ("Tue 10:00", False, False),
        ("Tue 12:00", True, False),
        ("Wed 09:00", True, True),
        ("Thu 09:00", True, True),
        ("Fri 09:00", True, True),
        ("Mon 09:00", True, True),
    ]
    assert tellings(NEAR, 3) == tellings(SIGN_IN, 3)


@pytest.mark.parametrize("told", [BLOCKED, REFUSED])
def test_what_others_have_to_mend_comes_again_each_day_at_first_and_then_once_a_week(told: Notice) -> None:
    assert [when for when, _, _ in tellings(told, 5)] == [
        "Tue 10:00",
        "Wed 09:00",
        "Thu 09:00",
        "Thu 09:00",
        "Thu 09:00",
    ]


@pytest.mark.parametrize("told", [FAR, PENDING])
def test_what_has_time_keeps_to_its_own_calendar(told: Notice) -> None:
    assert tellings(told, 3) == [("Tue 10:00", False, False)]


def test_a_missing_approval_goes_up_with_each_time_it_is_told() -> None:
    waiting = [notice(account(state=State.CONSENT_PENDING), days) for days in (0, 1, 3)]
    assert [(insisting.in_banner(each, Told()), insisting.by_mail(each, Told())) for each in waiting] == [
        (False, False),
        (True, False),
        (True, True),
    ]


@pytest.mark.parametrize("told", [SIGN_IN, FAR, PENDING, REFUSED])
def test_later_is_tomorrow_at_nine_and_an_answer(told: Notice) -> None:
    for moment, morning in ((NOW, "2026-11-25 09:00"), (NOW + timedelta(days=3), "2026-11-30 09:00")):
        after = insisting.answered(told, Told(5, 5), Answer.LATER, moment, BERLIN)
        assert after.again_at == datetime.fromisoformat(morning).replace(tzinfo=BERLIN)
        assert not insisting.in_banner(told, after)
        assert not insisting.by_mail(told, after)


def test_who_clicked_is_not_asked_again_the_same_day_and_who_dismissed_it_has_not_answered() -> None:
    clicked = insisting.answered(SIGN_IN, Told(2, 2), Answer.MAIN, NOW, BERLIN)
    dismissed = insisting.answered(SIGN_IN, Told(2, 2), Answer.DISMISSED, NOW, BERLIN)
    assert clicked.again_at == dismissed.again_at == datetime(2026, 11, 25, 9, tzinfo=BERLIN)
    assert (insisting.in_banner(SIGN_IN, clicked), insisting.in_banner(SIGN_IN, dismissed)) == (False, True)


def test_the_contact_gets_one_mail_for_each_occasion() -> None:
    assert insisting.by_mail(SIGN_IN, Told(3, 3))
    assert not insisting.by_mail(SIGN_IN, Told(4, 4, mailed=True))
