"""What the doctor's tests share: a world to be examined, and folders of Postwart's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Clock
from tray.demo_world import World
from tray.paths import Places, places


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with World(tmp_path / "world", clock) as world:
        yield world


@pytest.fixture
def here() -> Places:
    found = places()
    found.create()
    return found
