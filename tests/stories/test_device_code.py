"""Signing in with a code on a phone, while Postwart goes on with everything else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auth.sandbox.headless import Headless
from tests.office import Office, wait_until


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        opened.tenant.habits.device_interval = 1
        yield opened


def begins(office: Office, account: str) -> dict[str, Any]:
    """Until there is a code."""
    office.api.post("accounts", account, "sign-in", json_body={"device_code": True})
    return next_code(office, account, "")


def next_code(office: Office, account: str, after: str) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def shown() -> bool:
        stands = office.api.get("accounts", account, "sign-in")
        assert stands["stage"] == "running", stands
        found.update(stands.get("device_code", {}))
        return bool(found) and found["user_code"] != after

    assert wait_until(shown)
    return found


def enters(phone: Headless, code: dict[str, Any], address: str) -> None:
    page = phone.press(phone.open(code["url"]), "submit", {"code": code["user_code"]})
    while page.name != "done":
        typed = {"email": {"email": address}, "password": {"password": "demo"}}.get(page.name, {})
        button = {"pick": "account-0", "consent": "accept"}.get(page.name, "submit")
        page = phone.press(page, button, typed)


def test_two_codes_typed_in_on_a_phone_make_a_healthy_mailbox_and_no_browser_opens(office: Office) -> None:
    address = office.has_account("info")
    office.opens()
    phone = Headless(office.world.ca_file)
    first = begins(office, "info")
    enters(phone, first, address)
    second = next_code(office, "info", first["user_code"])
    assert (first["step"], second["step"]) == (1, 2)
    enters(phone, second, address)
    assert wait_until(lambda: office.api.get("accounts", "info", "sign-in")["stage"] == "signed_in")
    assert office.api.get("status")["accounts"][0]["health"]["state"] == "ok"
    assert office.opened == []


def test_many_codes_that_wait_hold_up_nothing_else(office: Office) -> None:
    office.tenant.habits.device_interval = 5
    for number in range(12):
        office.has_account(f"a{number}")
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    codes = {begins(office, f"a{number}")["user_code"] for number in range(12)}
    assert len(codes) == 12
    begun = time.monotonic()
    for _ in range(20):
        assert office.api.get("accounts", "info", "token", **{"for": "imap"})["access_token"]
    assert office.api.post("accounts", "info", "check")["state"] == "ok"
    assert time.monotonic() - begun < 60, "a code waits for a quarter of an hour"
    for number in range(12):
        assert office.api.delete("accounts", f"a{number}", "sign-in")["code"] == "sign_in_cancelled"


def test_a_policy_that_blocks_codes_names_the_way_that_is_left_and_the_administrators_step(office: Office) -> None:
    address = office.has_account("info")
    office.tenant.habits.device_blocked = True
    office.opens()
    enters(Headless(office.world.ca_file), begins(office, "info"), address)
    assert wait_until(lambda: office.api.get("accounts", "info", "sign-in")["stage"] == "failed")
    ended = office.api.get("accounts", "info", "sign-in")
    assert ended["code"] == "AADSTS530036"
    assert "Sign in" in ended["next_step"]
    assert "Conditional Access" in ended["admin_help"]
