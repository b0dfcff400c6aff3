"""What the tests of the identity side share: the sandbox's provider, a clock, and a program that asks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.sandbox import SandboxProvider
from tests.rigs.program import Program, Watch
from tests.rigs.receiving import Receiving


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def idp(tmp_path: Path, watch: Watch) -> Iterator[SandboxProvider]:
    """One person who may approve programs, one who may not, and an administrator."""
    with SandboxProvider(tmp_path / "idp", watch) as provider:
        provider.add_person("meier@haus.example", name="Monika Meier")
        provider.add_person("info@haus.example", consent="admin")
        provider.add_person("chef@haus.example", admin=True)
        yield provider


@pytest.fixture
def program(idp: SandboxProvider) -> Program:
    return Program(idp)


@pytest.fixture
def receiving() -> Iterator[Receiving]:
    server = Receiving()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
