"""Each notice is told once for its occasion, after a restart too, and withdrawn when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tray.pictures import NOW, account, picture
from tray.health import Check, State, Who
from tray.notice import Kind, Notice, Urgency
from tray.picture import AccountPicture, Picture
from tray.reminders import ended, reminders, times_due

DUE = NOW + timedelta(days=20)


class Person:
    """Sees pictures one after the other. What was told is kept, as the database does."""

    def __init__(self) -> None:
        self.shown: set[str] = set()
        self.before: Picture | None = None
        self.moment = NOW

    def sees(self, *accounts: AccountPicture) -> list[str]:
        """The kinds of what is told now."""
        now = picture(*accounts)
        told = reminders(self.before, now, frozenset(self.shown), self.moment)
        over = ended(now, frozenset(self.shown))
        self.shown = self.shown - set(over) | {notice.key for notice in told}
        self.before = now
        return [notice.kind.value for notice in told]

    def restarts(self) -> None:
        self.before = None


def expiring(days: int, **more: int) -> AccountPicture:
    return account(state=State.EXPIRING, days=days, due=DUE + timedelta(**more))


def only(told: list[Notice]) -> Notice:
    assert len(told) == 1
    return told[0]


@pytest.mark.parametrize(
    ("days_seen", "told_at"),
    [
        (range(20, 0, -1), [14, 7, 3, 1]),
        ([16, 5, 4, 3], [5, 3]),  # switched off over two thresholds: one warning, the one that counts
        ([2], [2]),
        ([14, 14, 13], [14]),
        ([3, 5, 3], [3]),  # the clock set back: nothing less urgent after it
        ([3, 80, 3], [3]),
        ([1, 0, 0], [1]),
        ([15, 90], []),
    ],
)
def test_warnings_come_when_a_threshold_is_crossed(days_seen: list[int], told_at: list[int]) -> None:
    person, told = Person(), []
    for days in days_seen:
        state = State.EXPIRING if days <= 14 else State.OK
        for _ in range(2):
            person.restarts()
            if person.sees(account(state=state, days=days, due=DUE)):
                told.append(days)
    assert told == told_at


def test_a_new_sign_in_starts_its_own_warnings() -> None:
    person = Person()
    assert person.sees(expiring(3)) == ["expiring"]
    assert person.sees(account(days=90, due=DUE + timedelta(days=90))) == []
    assert person.shown == set()
    assert person.sees(account(state=State.EXPIRING, days=14, due=DUE + timedelta(days=90))) == ["expiring"]


def test_a_night_offline_repeats_no_warning() -> None:
    person = Person()
    assert person.sees(expiring(7)) == ["expiring"]
    assert person.sees(account(state=State.OFFLINE, days=7, due=DUE)) == []
    assert person.sees(expiring(6)) == []


def test_a_refused_mailbox_is_warned_of_its_sign_in_too() -> None:
    each = account(state=State.MAILBOX_REFUSED, days=7, due=DUE, code="5.7.139")
    assert Person().sees(each) == ["mailbox_refused", "expiring"]


@pytest.mark.parametrize(("days", "urgency"), [(14, Urgency.NORMAL), (4, Urgency.NORMAL), (3, Urgency.CRITICAL)])
def test_the_last_warnings_stay_on_the_screen(days: int, urgency: Urgency) -> None:
    told = only(reminders(None, picture(expiring(days)), frozenset(), NOW))
    assert told.urgency is urgency
    assert told.facts == {"address": "info@haus.example", "mail": "both", "days": days, "due": DUE}


def test_a_required_sign_in_is_told_once_also_after_a_restart() -> None:
    person, each = Person(), account(state=State.SIGN_IN_REQUIRED, who=Who.USER)
    assert person.sees(each) == ["sign_in_required"]
    assert person.sees(each) == []
    person.restarts()
    assert person.sees(each) == []


def test_the_second_time_is_another_occasion() -> None:
    person = Person()
    person.sees(account(state=State.SIGN_IN_REQUIRED))
    first = set(person.shown)
    assert person.sees(account()) == []  # the person did it, nothing to tell
    assert person.sees(account(state=State.SIGN_IN_REQUIRED, since=NOW + timedelta(days=90))) == ["sign_in_required"]
    assert not first & person.shown


def test_a_required_sign_in_takes_the_place_of_its_warnings() -> None:
    person = Person()
    person.sees(expiring(1))
    assert person.sees(account(state=State.SIGN_IN_REQUIRED)) == ["sign_in_required"]
    assert person.shown == {"info/sign_in_required/2026-11-24T09:00:00Z"}


def test_who_is_already_signing_in_is_left_alone_until_it_ends() -> None:
    person = Person()
    assert person.sees(account(state=State.SIGN_IN_REQUIRED, sign_in_running=True)) == []
    assert person.sees(account(state=State.SIGN_IN_REQUIRED)) == ["sign_in_required"]


@pytest.mark.parametrize("who", [Who.ADMIN, Who.VENDOR])
def test_what_the_person_cannot_mend_is_told_differently_and_its_end_too(who: Who) -> None:
    person = Person()
    assert person.sees(account(state=State.SIGN_IN_REQUIRED, who=who)) == ["blocked"]
    assert person.sees(account()) == ["mended"]
    assert person.sees(account()) == []


def test_approval_is_awaited_and_its_coming_told_although_the_pc_was_off() -> None:
    person = Person()
    assert person.sees(account(state=State.CONSENT_PENDING)) == ["consent_pending"]
    assert person.sees(account(state=State.CONSENT_PENDING)) == []
    person.restarts()
    assert person.sees(account(state=State.UNKNOWN)) == []
    assert person.sees(account()) == ["consent_granted"]
    assert person.sees(account()) == []
    assert person.sees(account(state=State.OFFLINE)) == []
    assert person.sees(account(since=NOW + timedelta(hours=1))) == []


@pytest.mark.parametrize("kind", ["consent_pending", "consent_unknown"])
def test_a_missing_approval_is_told_again_ever_more_rarely(kind: str) -> None:
    person, told = Person(), []
    waiting = account(state=State.CONSENT_PENDING, signed_in=kind == "consent_pending")
    for hour in range(0, 24 * 40, 6):
        person.moment = NOW + timedelta(hours=hour)
        person.restarts()
        if kinds := person.sees(waiting):
            assert kinds == [kind]
            told.append(hour / 24)
    assert told == [0, 1, 3, 7, 14, 21, 28, 35]
    assert person.shown == {f"info/{kind}/2026-11-24T09:00:00Z/8"}


def test_a_missing_approval_is_told_once_for_all_the_weeks_a_pc_was_off_and_never_for_a_clock_set_back() -> None:
    person, waiting = Person(), account(state=State.CONSENT_PENDING)
    for days, told in ((0, True), (20, True), (20, False), (-400, False), (2, False), (20, False), (21, True)):
        person.moment = NOW + timedelta(days=days)
        assert bool(person.sees(waiting)) is told, days


@given(st.timedeltas(min_value=timedelta(days=-4000), max_value=timedelta(days=4000)), st.timedeltas(timedelta(0)))
def test_a_missing_approval_is_never_due_less_often_as_time_goes_on(waiting: timedelta, more: timedelta) -> None:
    later = times_due(waiting + min(more, timedelta(days=4000)))
    assert 1 <= times_due(waiting) <= later


def test_where_the_person_has_to_try_the_success_is_not_told_again() -> None:
    person = Person()
    assert person.sees(account(state=State.CONSENT_PENDING, signed_in=False)) == ["consent_unknown"]
    assert person.sees(account(state=State.CONSENT_PENDING)) == ["consent_pending"]
    assert person.sees(account()) == ["consent_granted"]
    person = Person()
    assert person.sees(account(state=State.CONSENT_PENDING, signed_in=False)) == ["consent_unknown"]
    assert person.sees(account()) == []


def test_a_mailbox_that_refuses_is_told_once_over_nights_offline_until_it_is_mended() -> None:
    person = Person()
    refused = account(state=State.MAILBOX_REFUSED, code="5.7.139")
    later = account(state=State.MAILBOX_REFUSED, code="5.7.139", since=NOW + timedelta(days=1))
    assert person.sees(refused) == ["mailbox_refused"]
    assert person.sees(account(state=State.OFFLINE)) == []
    assert person.sees(later) == []
    assert person.sees(account()) == ["mended"]
    assert person.sees(refused) == ["mailbox_refused"]


def test_news_withdraws_what_it_replaces() -> None:
    person = Person()
    person.sees(account(state=State.MAILBOX_REFUSED, code="5.7.139"))
    assert ended(picture(account()), frozenset(person.shown)) == ["info/mailbox_refused/5.7.139"]
    person.sees(account())
    assert ended(picture(account(state=State.CONSENT_PENDING)), frozenset(person.shown)) == [
        "info/mended/mailbox_refused-5.7.139"
    ]


def test_a_removed_account_takes_its_notices_along() -> None:
    assert ended(Picture(State.OK), frozenset({"info/expiring/2026-12-01/7"})) == ["info/expiring/2026-12-01/7"]


def test_accounts_whose_names_begin_alike_are_told_apart() -> None:
    person = Person()
    assert person.sees(account("info", State.EXPIRING, days=3)) == ["expiring"]
    both = [account("info", State.EXPIRING, days=3), account("info-2", State.EXPIRING, days=3)]
    assert person.sees(*both) == ["expiring"]


@pytest.mark.parametrize(
    ("each", "mail"),
    [
        (account(state=State.SIGN_IN_REQUIRED, receives=False), "send"),
        (account(state=State.SIGN_IN_REQUIRED), "both"),
        (account(state=State.EXPIRING, days=1, receives=False), "send"),
        (account(state=State.EXPIRING, days=1, checks={"smtp": Check(ok=True), "pop3": Check(ok=True)}), "both"),
    ],
)
def test_a_notice_knows_what_stops_working(each: AccountPicture, mail: str) -> None:
    assert only(reminders(None, picture(each), frozenset(), NOW)).facts["mail"] == mail


def test_every_trouble_has_its_urgency() -> None:
    told = reminders(
        None,
        picture(account("a", State.SIGN_IN_REQUIRED), account("b", State.CONSENT_PENDING)),
        frozenset(),
        NOW,
    )
    assert [(notice.kind, notice.urgency) for notice in told] == [
        (Kind.SIGN_IN_REQUIRED, Urgency.CRITICAL),
        (Kind.CONSENT_PENDING, Urgency.NORMAL),
    ]


def test_a_daily_sign_in_is_told_once_for_each_end_also_twice_a_day() -> None:
    person = Person()
    for hours in (8, 4):
        health = account(state=State.EXPIRING, days=1, due=NOW + timedelta(hours=hours))
        each = replace(health, health=replace(health.health, told=0))
        assert person.sees(each) == ["expiring"]
        assert person.sees(each) == []
    assert only(reminders(None, picture(each), frozenset(), NOW)).facts["days"] == 0
