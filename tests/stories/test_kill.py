"""`kill -9` in the middle of fetching and of sending: nothing is lost, nothing comes or goes twice.

The long campaign over the same code: `python -m tests.campaigns.kill --times 200`.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.stories.killed_fetching import kill_while_deleting, kill_while_reading, to_the_end
from tests.stories.killed_sending import kill_while_sending, nothing_lost_nothing_twice
from tests.stories.killing import ADDRESS, place

pytestmark = [pytest.mark.needs("dovecot", "desktop")]

KILLS = 10
LETTERS = 200


@pytest.fixture
def seed() -> int:
    chosen = random.SystemRandom().randrange(1_000_000)
    print(f"seed {chosen}")
    return chosen


def test_killed_while_fetching_every_message_is_here_once_and_byte_for_byte(tmp_path: Path, seed: int) -> None:
    with place(tmp_path, seed, receive="imap") as here:
        here.fill(2_000, 16_000)
        kill_while_reading(here, KILLS, dose=200, size=16_000)
        to_the_end(here)


@pytest.mark.parametrize("receive", ["pop3", "imap"])
def test_killed_while_deleting_nothing_is_lost_between_here_and_there(tmp_path: Path, seed: int, receive: str) -> None:
    with place(tmp_path, seed, receive=receive, after_fetch="delete") as here:
        here.fill(300, 9_000)
        kill_while_reading(here, KILLS // 5, dose=300, size=9_000)
        left = kill_while_deleting(here, KILLS // 3, dose=300, size=9_000)
        to_the_end(here)
        assert here.dovecot.raws(ADDRESS) == []
        print(f"left on the server by kills: {dict(left)}")


def test_killed_while_sending_no_letter_is_lost_and_none_goes_twice(tmp_path: Path, seed: int) -> None:
    with place(tmp_path, seed, receive="none") as here:
        ended = nothing_lost_nothing_twice(kill_while_sending(here, LETTERS, KILLS))
        print(f"letters: {dict(ended)}")
        assert ended["unconfirmed"] <= KILLS
