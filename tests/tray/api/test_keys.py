from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mail.database import Database
from tray.api.keys import Keys
from tray.api.program_keys import ProgramKeys
from tray.api.rights import MAIN, PAGE, Right
from tray.memory import MIGRATIONS


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[ProgramKeys]:
    """None has a key."""
    with Database(tmp_path / "state.db", MIGRATIONS) as database:
        yield ProgramKeys(database, lambda: datetime.now(UTC))


class Ticks:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_secret_may_do_all_and_a_wrong_one_nothing(programs: ProgramKeys) -> None:
    keys = Keys(programs)
    assert keys.caller(keys.secret.encode()) == MAIN
    assert MAIN.rights == set(Right)
    for wrong in (b"", b"x", keys.secret.encode() + b"x", keys.secret.encode()[:-1]):
        assert keys.caller(wrong) is None


def test_each_start_has_a_new_secret_of_256_bits(programs: ProgramKeys) -> None:
    secrets = {Keys(programs).secret for _ in range(50)}
    assert len(secrets) == 50
    assert min(map(len, secrets)) >= 43


def test_a_page_code_opens_a_session_that_may_not_read_tokens(programs: ProgramKeys) -> None:
    keys = Keys(programs)
    session = keys.exchange(keys.page_code())
    assert session is not None
    assert keys.caller(session.encode()) == PAGE
    assert Right.TOKEN not in PAGE.rights


def test_a_code_that_comes_twice_ends_the_session_it_began_and_is_logged(
    programs: ProgramKeys, caplog: pytest.LogCaptureFixture
) -> None:
    keys = Keys(programs)
    code = keys.page_code()
    session = keys.exchange(code)
    assert session is not None
    with caplog.at_level(logging.WARNING):
        assert keys.exchange(code) is None
    assert keys.caller(session.encode()) is None
    assert "came twice" in caplog.text
    assert code not in caplog.text


def test_a_code_is_good_for_a_minute(programs: ProgramKeys) -> None:
    ticks = Ticks()
    keys = Keys(programs, tick=ticks)
    early, late = keys.page_code(), keys.page_code()
    ticks.now += 59
    assert keys.exchange(early)
    ticks.now += 2
    assert keys.exchange(late) is None


def test_a_session_ends_after_twelve_idle_hours_but_not_while_it_is_used(programs: ProgramKeys) -> None:
    ticks = Ticks()
    keys = Keys(programs, tick=ticks)
    session = (keys.exchange(keys.page_code()) or "").encode()
    for _ in range(3):
        ticks.now += 11 * 3600
        assert keys.caller(session) == PAGE
    ticks.now += 12 * 3600 + 1
    assert keys.caller(session) is None


def test_an_unknown_code_opens_nothing(programs: ProgramKeys) -> None:
    assert Keys(programs).exchange("made up") is None


def test_codes_that_nobody_uses_do_not_pile_up(programs: ProgramKeys) -> None:
    keys = Keys(programs)
    first = keys.page_code()
    for _ in range(200):
        last = keys.page_code()
    assert len(keys._codes) <= 64
    assert keys.exchange(first) is None
    assert keys.exchange(last)


def test_signing_out_everywhere_ends_sessions_and_codes(programs: ProgramKeys) -> None:
    keys = Keys(programs)
    session, code = keys.exchange(keys.page_code()) or "", keys.page_code()
    keys.end_sessions()
    assert keys.caller(session.encode()) is None
    assert keys.exchange(code) is None


def test_the_proof_is_the_hmac_of_the_nonce(programs: ProgramKeys) -> None:
    keys = Keys(programs)
    assert keys.proof("abc") == hmac.new(keys.secret.encode(), b"abc", hashlib.sha256).hexdigest()
