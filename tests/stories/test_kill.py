"""`kill -9` in the middle of fetching and of sending: nothing is lost, nothing comes or goes twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.stories import killing

pytestmark = [pytest.mark.needs("dovecot", "desktop"), pytest.mark.timeout(240)]

KILLS = 10


@pytest.fixture
def seed() -> int:
    chosen = random.SystemRandom().randrange(1_000_000)
    print(f"seed {chosen}")
    return chosen


def test_killed_while_fetching_every_message_is_here_once_and_byte_for_byte(tmp_path: Path, seed: int) -> None:
    with killing.place(tmp_path, seed, [{"id": "info", "receive": "imap"}]) as here:
        expected = killing.fill(here, 2_000)
        killing.kill_while_fetching(here, "info", 2_000, KILLS)
        assert here.digests("info") == expected


def test_killed_while_fetching_and_deleting_nothing_is_lost_between_here_and_there(tmp_path: Path, seed: int) -> None:
    with killing.place(tmp_path, seed, [{"id": "info", "receive": "pop3", "after_fetch": "delete"}]) as here:
        expected = killing.fill(here, 600)
        killing.kill_while_fetching(here, "info", 600, KILLS // 2)
        assert here.digests("info") == expected
        assert here.dovecot.raws(killing.ADDRESS) == []


def test_killed_while_sending_no_letter_is_lost_and_none_goes_twice(tmp_path: Path, seed: int) -> None:
    with killing.place(tmp_path, seed, [{"id": "info", "receive": "none"}]) as here:
        killing.kill_while_sending(here, "info", 200, KILLS)
        states = killing.nothing_lost_nothing_twice(here, 201)
        assert states["unconfirmed"] <= KILLS
        assert states["sent"] >= 201 - KILLS
