"""What the stories of mishaps share: one desktop with a keyring, one identity provider, one post office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.desktop import Desktop
from tests.rigs.postwart import postwart
from tests.stories.mishaps import Place, surroundings
from tray.demo_world import World


@pytest.fixture(scope="session")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Desktop]]:
    with surroundings(tmp_path_factory.mktemp("world")) as world_and_desktop:
        yield world_and_desktop


@pytest.fixture
def place(around: tuple[World, Desktop], tmp_path: Path) -> Iterator[Place]:
    """A Postwart of its own, with nothing set up."""
    world, here = around
    with postwart(tmp_path / "home", here.env) as program:
        program.home.mkdir()
        yield Place(world, here, program)
    world.provider.online()
    world.post.clear_faults()
