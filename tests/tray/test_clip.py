"""Texts fit into Windows' limits, in whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.clip import clip, units


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("passt genau", 11, "passt genau"),
        ("passt nicht mehr", 12, "passt nicht…"),
        ("passt nicht mehr", 11, "passt…"),
        ("passt, nicht", 8, "passt…"),
        ("Donaudampfschiff", 6, "Donau…"),
        ("😀😀😀", 5, "😀😀…"),
        ("😀😀😀", 4, "😀…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_clipped_at_a_word(text: str, limit: int, clipped: str) -> None:
    assert clip(text, limit) == clipped


@given(st.text(), st.integers(1, 150))
def test_no_text_is_ever_longer_than_its_limit(text: str, limit: int) -> None:
    assert units(clip(text, limit)) <= limit
