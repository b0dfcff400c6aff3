"""Several accounts in one sitting: the most urgent first, one tab after another, no second password."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.sandbox.robot import Person
from tests.office import Office, wait_until
from tray.health import State

INFO = "info@office.example"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        opened.has_account("info")
        opened.has_account("rent", sign_in_as=INFO)
        opened.has_account("other")
        opened.has_account("fine", sign_in_as=INFO)
        opened.tenant.share("rent@office.example", with_person=INFO)
        opened.tenant.share("fine@office.example", with_person=INFO)
        opened.opens()
        opened.signs_in("fine")
        opened.checks()
        opened.opened.clear()
        yield opened


def states(office: Office) -> dict[str, str]:
    return {account.id: office.health(account.id).state.value for account in office.helper.settings.accounts}


def has_ended() -> bool:
    return "sitting" not in [thread.name for thread in threading.enumerate()]


def test_one_click_signs_in_for_all_of_a_persons_accounts_without_a_second_password(office: Office) -> None:
    office.sits_down(Person(INFO, password="not typed again"))
    office.helper.remove_account("other")
    assert [account.id for account in office.helper.sign_in_all()] == ["info", "rent"]
    assert [account.id for account in office.helper.sign_in_all()][-1:] == ["rent"]  # a second click joins
    assert wait_until(has_ended, 30)
    assert set(states(office).values()) == {"ok"}
    assert len(office.opened) == 2
    assert office.helper.sign_in_all() == ()


def test_who_cancels_is_asked_for_none_of_the_others(office: Office) -> None:
    office.has_nobody_at_the_browser()
    first, *rest = office.helper.sign_in_all()
    assert rest
    assert wait_until(lambda: office.opened)
    office.helper.cancel_sign_in(first.id)
    assert wait_until(has_ended)
    assert len(office.opened) == 1
    assert office.health(rest[0].id).state is State.SIGN_IN_REQUIRED
