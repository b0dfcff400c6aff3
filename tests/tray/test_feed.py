from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.inbox import Arrival
from tests.office import Office
from tests.tray.api.listener import Heard, Listener, listening
from tray.feed import Cursor
from tray.runtime import wait_for_api_file


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as office:
        office.has_account("info")
        office.opens()
        yield office


def door(office: Office) -> tuple[str, str]:
    found = wait_for_api_file(office.places.data, office.places.runtime, 5)
    assert found
    return found.url.removeprefix("http://"), found.secret


def said(heard: Heard) -> str:
    return str(heard.data["health"]["state"] if heard.kind == "health" else heard.data["stage"])


def until(listener: Listener, kind: str, **like: str) -> Heard:
    while heard := listener.next():
        if heard.kind == kind and all(heard.data[name] == value for name, value in like.items()):
            return heard
    raise AssertionError("the stream has ended")


def test_a_sign_in_is_heard_from_its_beginning_to_the_healthy_account(office: Office) -> None:
    with listening(*door(office)) as listener:
        office.signs_in("info")
        heard: list[Heard] = []
        while not {"running", "signed_in", "ok"} <= {said(each) for each in heard}:
            heard += listener.take(1)
    assert [said(each) for each in heard if each.kind == "sign_in"] == ["running", "signed_in"]


def test_a_session_that_ends_is_heard_with_what_to_do(office: Office) -> None:
    office.signs_in("info")
    with listening(*door(office), language="de") as listener:
        office.tenant.revoke("info@office.example")
        office.helper.check("info")
        heard = until(listener, "health").data["health"]
    assert (heard["state"], heard["code"], heard["who"]) == ("sign_in_required", "AADSTS50173", "user")
    assert heard["next_step"].startswith("Melden Sie sich") or "anmelden" in heard["next_step"].lower()


def test_who_listened_before_a_restart_goes_on_where_they_were(office: Office) -> None:
    office.signs_in("info")
    with listening(*door(office)) as listener:
        office.helper.inbox.add("info", [Arrival("INBOX", 1, "1", b"Subject: one\r\n\r\nx")])
        office.helper.changed()
        seen = until(listener, "message").id
    office.helper.inbox.add("info", [Arrival("INBOX", 1, "2", b"Subject: two\r\n\r\nx")])
    office.tenant.revoke("info@office.example")
    office.helper.check("info")
    office.reopens()
    with listening(*door(office), seen) as listener:
        first = listener.next()
        assert first
        assert (first.kind, first.data["subject"]) == ("message", "two")
        assert until(listener, "health").data["health"]["state"] == "sign_in_required"


def test_what_happened_to_an_account_that_is_gone_stops_no_stream(office: Office) -> None:
    with listening(*door(office)) as listener:
        start = listener.last_id
    office.signs_in("info")
    office.helper.remove_account("info")
    office.helper.inbox.add("info", [Arrival("INBOX", 1, "1", b"Subject: one\r\n\r\nx")])
    office.helper.changed()
    with listening(*door(office), start) as listener:
        assert until(listener, "message")
        assert until(listener, "sign_in", stage="signed_in")


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1))
def test_a_cursor_survives_being_written(message: int, letter: int, entry: int) -> None:
    cursor = Cursor(message, letter, entry)
    assert Cursor.read(str(cursor)) == cursor


@given(st.text(max_size=80))
def test_what_is_no_cursor_is_none(text: str) -> None:
    read = Cursor.read(text)
    assert read is None or Cursor.read(str(read)) == read


def test_a_change_that_comes_after_the_end_disturbs_nobody(office: Office) -> None:
    """A sign-in's thread may live a moment longer than the stores."""
    late = office.helper._desk.sign_ins.changed
    office.closes()
    late()
