from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tray.private_file import FolderOpenToOthers, write_private
from tray.runtime import (
    AlreadyRunning,
    ApiFile,
    NotAnswering,
    is_running,
    published,
    read_api_file,
    single_instance,
    wait_for_api_file,
)

API = ApiFile("http://127.0.0.1:1", "made-up")


def test_one_instance_runs_and_the_second_is_told(tmp_path: Path) -> None:
    assert not is_running(tmp_path)
    with single_instance(tmp_path):
        assert is_running(tmp_path)
        with pytest.raises(AlreadyRunning), single_instance(tmp_path):
            pass
        assert is_running(tmp_path)
    assert not is_running(tmp_path)


def test_asking_whether_one_runs_never_keeps_one_from_starting(tmp_path: Path) -> None:
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            is_running(tmp_path)

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for each in askers:
        each.start()
    try:
        for _ in range(20):
            with single_instance(tmp_path):
                pass
    finally:
        stop.set()
        for each in askers:
            each.join()


def test_after_a_kill_the_file_is_stale_and_the_next_start_replaces_it(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from tray.runtime import *\n"
        "folder = Path(sys.argv[1])\n"
        "with single_instance(folder), published(folder, ApiFile('http://127.0.0.1:1', 'old')):\n"
        "    print('running', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as victim:
        assert victim.stdout
        assert victim.stdout.readline().strip() == b"running"
        found = read_api_file(tmp_path, tmp_path)
        assert found
        assert found.pid == victim.pid
        victim.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        victim.wait()
    assert (tmp_path / "api.json").exists()
    assert read_api_file(tmp_path, tmp_path) is None
    with single_instance(tmp_path), published(tmp_path, API):
        assert read_api_file(tmp_path, tmp_path) == API
    assert not (tmp_path / "api.json").exists()


def test_an_instance_that_has_just_started_is_waited_for(tmp_path: Path) -> None:
    with single_instance(tmp_path):
        with pytest.raises(NotAnswering):
            wait_for_api_file(tmp_path, tmp_path, 0.2)
        (tmp_path / "api.json").write_bytes(b'{"url": ')
        assert read_api_file(tmp_path, tmp_path) is None
        soon = threading.Timer(0.3, lambda: write_private(tmp_path / "api.json", _encoded()))
        soon.start()
        assert wait_for_api_file(tmp_path, tmp_path, 5) == API
        soon.join()


def test_the_secret_is_not_in_its_repr() -> None:
    assert "made-up" not in repr(API)


def test_nothing_is_left_where_the_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "api.json").mkdir()
    with pytest.raises(OSError, match=r"irectory|denied"):
        write_private(tmp_path / "api.json", b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["api.json"]


if sys.platform != "win32":  # there the file has an access list of its own

    def test_the_file_is_never_open_to_others_not_even_while_it_is_written(tmp_path: Path) -> None:
        seen: list[int] = []
        real = os.fdopen

        def spy(descriptor: int, mode: str) -> object:
            seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
            return real(descriptor, mode)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tray.private_file.os.fdopen", spy)
            before = os.umask(0)
            try:
                write_private(tmp_path / "secret", b"x")
            finally:
                os.umask(before)
        assert seen == [0o600]
        assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600

    def test_a_file_of_somebody_elses_making_is_replaced_not_written_into(tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.write_bytes(b"old")
        (tmp_path / "api.json").symlink_to(elsewhere)
        write_private(tmp_path / "api.json", b"new")
        assert elsewhere.read_bytes() == b"old"
        assert not (tmp_path / "api.json").is_symlink()
        assert (tmp_path / "api.json").read_bytes() == b"new"

    def test_a_folder_that_others_may_write_is_refused(tmp_path: Path) -> None:
        tmp_path.chmod(0o777)
        with pytest.raises(FolderOpenToOthers) as caught:
            write_private(tmp_path / "api.json", b"x")
        assert caught.value.facts == {"folder": str(tmp_path)}
        assert list(tmp_path.iterdir()) == []


def _encoded() -> bytes:
    import msgspec

    return msgspec.json.encode(API)
