"""How far a round of fetching is: told while it goes on, at most once a second, and gone with its end."""

from __future__ import annotations

import pytest

from mail.fetch import Fetched
from tray.fetching import Fetching, FetchingNow


def test_a_round_tells_how_far_it_is_and_how_long_it_will_take() -> None:
    told: list[Fetching | None] = []
    seconds = iter([0.0, 0.5, 2.0, 2.5, 4.0])
    now = FetchingNow(lambda: told.append(now.of("info")), lambda: next(seconds))
    with now.round("info") as note:
        assert now.of("info") is None
        for new in (10, 100, 150, 200):
            note(Fetched(new=new), 1000)
        assert now.of("post") is None
    assert told == [Fetching(10, 1000, 20.0), Fetching(100, 1000, 50.0), Fetching(200, 1000, 50.0), None]
    assert told[1]
    assert told[1].seconds_left == 18


def test_what_comes_all_at_once_is_told_by_the_end_alone() -> None:
    told: list[Fetching | None] = []
    now = FetchingNow(lambda: told.append(now.of("info")))
    with now.round("info") as note:
        note(Fetched(new=3), 3)
    assert told == [None]


def test_a_round_that_brings_nothing_shows_nothing() -> None:
    told: list[str] = []
    now = FetchingNow(lambda: told.append("changed"))
    with now.round("info"):
        pass
    assert not told


def test_a_round_that_fails_is_over_too() -> None:
    now = FetchingNow(lambda: None)

    def fails() -> None:
        with now.round("info") as note:
            note(Fetched(new=1), 2)
            raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        fails()
    assert now.of("info") is None
