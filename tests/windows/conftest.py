"""What do the stories on Windows share? One Windows PC, built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.windows.pc import WindowsPc, windows_pc


@pytest.fixture(scope="session")
def pc() -> Iterator[WindowsPc]:
    with windows_pc() as built:
        yield built
