"""Does Postwart run, and where does it answer? A lock holds the one instance; api.json has its address and secret."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from auth.problems import Problem
from tray.paths import FolderProblem
from tray.private_file import patiently, write_private
from tray.version import __version__

if TYPE_CHECKING:
    from filelock import FileLock

LOCK = "postwart.lock"
API_FILE = "api.json"

_PROBE_PATIENCE = 1.0
"""Whoever asks whether Postwart runs holds the lock for a moment; a start must not take that for an instance."""


class AlreadyRunning(Problem):
    """Another Postwart of this user runs with these folders. Facts: folder."""

    code = "already_running"


class NotAnswering(Problem):
    """Postwart runs, but its API does not answer, not yet or not any more."""

    code = "api_not_answering"


@dataclass(frozen=True)
class ApiFile:
    """What api.json says. `started` is aware UTC."""

    url: str
    secret: str = field(repr=False)
    pid: int = field(default_factory=os.getpid)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    version: str = __version__


@contextlib.contextmanager
def single_instance(data: Path) -> Iterator[None]:
    """Held while Postwart runs; the system lets go of it when the process ends, however it ends.

    The lock is beside the databases, which it protects, not in the runtime folder. Raises AlreadyRunning.
    """
    from filelock import Timeout

    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _lock(data)
    try:
        lock.acquire(timeout=_PROBE_PATIENCE)
    except Timeout:
        raise AlreadyRunning(folder=str(data)) from None
    try:
        yield
    finally:
        lock.release()


def is_running(data: Path) -> bool:
    """The lock tells, not the file: after a crash the file is still there, and its pid may be another program's."""
    from filelock import Timeout

    if not (data / LOCK).exists():
        return False
    lock = _lock(data)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


@contextlib.contextmanager
def published(runtime: Path, api: ApiFile) -> Iterator[None]:
    """api.json, present while the API answers: enter once it does, leave before it stops. Raises FolderProblem."""
    path = runtime / API_FILE
    try:
        write_private(path, msgspec.json.encode(api))
    except OSError as fault:
        code = "disk_full" if fault.errno == errno.ENOSPC else ""
        reason = fault.strerror or str(fault)
        raise FolderProblem(str(fault), code=code, file=str(path), folder=str(runtime), reason=reason) from fault
    try:
        yield
    finally:
        discard(path)


def discard(api_file: Path) -> None:
    patiently(lambda: api_file.unlink(missing_ok=True))


def read_api_file(data: Path, runtime: Path) -> ApiFile | None:
    """Where the running Postwart answers; None where none runs, or it does not answer yet or any more."""
    if not is_running(data):
        return None
    try:
        return msgspec.json.decode((runtime / API_FILE).read_bytes(), type=ApiFile)
    except (FileNotFoundError, PermissionError, msgspec.DecodeError):  # Windows: just being replaced or removed
        return None


def wait_for_api_file(data: Path, runtime: Path, seconds: float) -> ApiFile | None:
    """For the moment between an instance's start and its first answer. Raises NotAnswering; None: none runs."""
    until = time.monotonic() + seconds
    while is_running(data):
        if found := read_api_file(data, runtime):
            return found
        if time.monotonic() > until:
            raise NotAnswering
        time.sleep(0.1)
    return None


def _lock(data: Path) -> FileLock:
    from filelock import FileLock

    return FileLock(data / LOCK, mode=0o600, thread_local=False)  # released on another thread than it was taken on
