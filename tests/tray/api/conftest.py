from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from tests.tray.api.hub import Hub
from tests.tray.api.office import Office
from tray.api.server import ApiServer
from tray.paths import places


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    hub, where = Hub(), places({"POSTWART_HOME": str(tmp_path / "home")})
    where.create()
    with ApiServer(cast("Any", hub), where) as server:
        yield Office(server, hub, where)
