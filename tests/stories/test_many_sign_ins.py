"""Fifty sign-ins at once: one attempt for each account however often it is clicked, and nothing left behind."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import tomlkit

from auth.sandbox.robot import Person
from tests.office import Office, wait_until
from tray.sign_ins import Stage

ACCOUNTS, CANCELLED, TIMED_OUT = 50, 10, 10


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        names = [f"a{number:02}" for number in range(ACCOUNTS)]
        for name in names:
            opened.tenant.add_person(f"{name}@office.example")
        accounts = [opened.world.account(name, f"{name}@office.example", receive="none") for name in names]
        opened.places.config_file.write_text(tomlkit.dumps({"account": accounts}), "utf-8")
        yield opened


def port(url: str) -> int:
    """Of the redirect that an authorize request asks for."""
    (redirect,) = parse_qs(urlsplit(url).query)["redirect_uri"]
    return urlsplit(redirect).port or 0


def test_fifty_at_once_of_which_twenty_end_otherwise_leave_no_thread_behind(office: Office) -> None:
    office.opens()
    before = set(threading.enumerate())
    ids = [account.id for account in office.helper.settings.accounts]
    cancelled, forgotten, staying = ids[:CANCELLED], ids[CANCELLED:][:TIMED_OUT], ids[CANCELLED + TIMED_OUT :]
    office.sits_down(*(Person(f"{account}@office.example") for account in staying))
    with ThreadPoolExecutor(16) as clicks:
        begun = list(clicks.map(office.helper.sign_in, _twice(staying + cancelled)))
        office.helper._desk.sign_ins._time_limit = timedelta(seconds=3)
        begun += clicks.map(office.helper.sign_in, _twice(forgotten))
    assert {status.stage for status in begun} == {Stage.RUNNING}
    assert wait_until(lambda: len(office.opened) == ACCOUNTS, 30)
    for account in cancelled:
        assert office.helper.cancel_sign_in(account).stage is Stage.FAILED
    ended = {account: office.helper.wait_for_sign_in(account, 60) for account in ids}
    assert {ended[account].stage for account in staying} == {Stage.SIGNED_IN}
    codes = Counter(status.problem.code for status in ended.values() if status.problem)
    assert codes == {"sign_in_cancelled": CANCELLED, "sign_in_timed_out": TIMED_OUT}
    assert len(office.opened) == ACCOUNTS  # one attempt for each, two clicks on each
    assert wait_until(lambda: not _sign_ins_since(before)), _sign_ins_since(before)
    for url in office.opened:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port(url)), timeout=2)


def _sign_ins_since(before: set[threading.Thread]) -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("sign-in") and t not in before]


def _twice(accounts: list[str]) -> list[str]:
    """Two clicks on each, the second before the first can have ended."""
    return [account for account in accounts for _ in range(2)]
