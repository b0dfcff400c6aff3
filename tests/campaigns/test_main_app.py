"""A small dose of the main app's days."""

from __future__ import annotations

from pathlib import Path

from tests.campaigns.main_app import days


def test_hours_of_a_main_app_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    lived = days(tmp_path, 4, seed=3, mishaps=0.1, watch_memory=False)
    assert not lived.faults, "\n".join(lived.faults)
    assert len(lived.delivered) > 5
    assert len(lived.desk.accepted) > 3
    assert lived.refused
    assert lived.restarts
