from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tray.api.office import Office, running


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with running(tmp_path) as office:
        yield office
