"""What the tenant does once is known the next time: the limit it stated, also after a restart, until it is outlived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.office import Office
from tray.health import State


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        yield opened


def test_a_sign_in_frequency_is_a_surprise_only_once(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.tenant.sign_in_every(timedelta(days=30))
    office.signs_in("info")
    office.waits(days=29)
    health = office.health("info")
    assert (health.state, health.days_left, health.due_confidence) == (State.OK, 61, "assumed")
    office.waits(days=1)
    assert (office.health("info").state, office.health("info").code) == (State.SIGN_IN_REQUIRED, "AADSTS70043")
    office.reopens()
    office.signs_in("info")
    health = office.health("info")
    assert (health.state, health.days_left, health.due_because) == (State.OK, 30, "learned")
    assert health.due_confidence == "known"
    office.waits(days=16)
    health = office.health("info")
    assert (health.state, health.days_left) == (State.EXPIRING, 14)
    learned = [entry.facts for entry in office.helper.journal.read("info") if entry.kind == "limit_learned"]
    assert learned == [{"about": "age", "hours": 720}]


def test_a_tenant_without_one_is_believed_and_nobody_is_called_for_a_date_that_does_not_come(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    for _ in range(7):
        office.waits(days=14)
        assert office.health("info").state is State.OK
    health = office.health("info")
    assert (health.days_left, health.due_because) == (90, "inactivity")
    assert not office.notices


def test_a_changed_password_is_no_period(office: Office) -> None:
    address = office.has_account("info")
    office.opens()
    office.signs_in("info")
    office.waits(days=20)
    office.tenant.revoke(address)
    office.checks()
    assert office.health("info").code == "AADSTS50173"
    office.signs_in("info")
    assert (office.health("info").days_left, office.health("info").due_confidence) == (90, "assumed")
