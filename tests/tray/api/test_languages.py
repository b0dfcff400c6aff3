from __future__ import annotations

import pytest

from tray.api.languages import choose


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "de"),
        ("en", "en"),
        ("de", "de"),
        ("en-GB", "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.8, de;q=0.9", "de"),
        ("fr, en;q=0.5", "en"),
        ("fr", "de"),
        ("en;q=0, fr", "de"),
        ("*", "de"),
        ("en;q=x", "de"),
        (",,;;q=,", "de"),
        ("x" * 10_000 + ",en", "de"),
    ],
)
def test_the_best_of_ours_is_chosen_else_the_configured_one(header: str, language: str) -> None:
    assert choose(header, "de") == language
