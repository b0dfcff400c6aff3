"""The command line and the real Postwart, with nothing but an empty folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest

from tray.autostart import command as at_log_on
from tray.cli import main

ACCOUNT = (
    *("accounts", "add", "info", "--address", "info@x.example", "--preset", "microsoft365"),
    *("--client-id", "11111111-2222-3333-4444-555555555555"),
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("POSTWART_HOME", str(folder))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return folder


@pytest.fixture
def started(home: Path) -> Iterator[subprocess.Popen[str]]:
    """`postwart run --no-tray`, answering."""
    program = [sys.executable, "-m", "tray", "run", "--no-tray"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 120
        while not (home / "api.json").exists():
            assert running.poll() is None, running.communicate()
            assert time.monotonic() < until
            time.sleep(0.02)
        yield running
        if running.poll() is None:
            running.kill()


def test_where_nothing_runs_a_command_does_its_work_and_leaves_nothing_running(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status"]) == 0
    assert "No account is set up yet" in capsys.readouterr().out
    assert main(ACCOUNT) == 0
    assert main(["accounts"]) == 0
    assert "info@x.example" in capsys.readouterr().out
    assert "info@x.example" in (home / "config.toml").read_text("utf-8")
    assert main(["accounts", "remove", "info"]) == 0
    assert not (home / "api.json").exists()
    assert capsys.readouterr().err == ""


def test_wrong_values_are_named_and_nothing_is_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ACCOUNT, "--set", "receive=imapp", "--set", "colour=red"]) == 1
    told = capsys.readouterr().err
    assert "receive: " in told
    assert "colour: " in told
    assert not (home / "config.toml").exists()


def test_a_wrong_configuration_refuses_the_start_and_names_line_and_key(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    (home / "config.toml").write_text('language = "en"\n[checks]\nevery = "soon"\n', "utf-8")
    for command in (["status"], ["run", "--no-tray"]):
        assert main(command) == 1
        told = capsys.readouterr().err
        assert "config.toml" in told
        assert "3" in told
        assert "checks.every" in told


def test_a_port_that_is_taken_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    home.mkdir()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        (home / "config.toml").write_text(f'language = "en"\n[api]\nport = {port}\n', "utf-8")
        assert main(["status"]) == 1
    assert f"Port {port} is already in use" in capsys.readouterr().err


def test_the_page_needs_a_postwart_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open"]) == 1
    assert "Postwart is not running" in capsys.readouterr().err
    assert main(["stop"]) == 0


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", "info", str(tmp_path / "no.eml")]) == 1
    assert "no.eml" in capsys.readouterr().err


def test_a_started_postwart_is_found_told_of_and_stopped(
    home: Path,
    started: subprocess.Popen[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []

    def shown(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", shown)
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accounts"] == []
    assert main([]) == 0
    assert main(["run"]) == 0
    assert [url.split("/")[2] for url in opened] == [json.loads((home / "api.json").read_text("ascii"))["url"][7:]] * 2
    assert main(["run", "--no-tray"]) == 0
    monkeypatch.setattr(at_log_on, "EARLIEST", 0.0)
    monkeypatch.setattr(at_log_on, "LATEST", 0.1)
    assert main(["run", "--at-log-on", "--home", str(home)]) == 0
    assert capsys.readouterr().out.count("already running") == 4
    assert len(opened) == 2, "the page of the first is shown to whoever started it, and to nobody else"
    assert json.loads((home / "api.json").read_text("ascii"))["pid"] == started.pid
    assert main(["stop"]) == 0
    assert started.wait(10) == 0
    assert not (home / "api.json").exists()


def test_the_system_s_signal_ends_it_cleanly(home: Path, started: subprocess.Popen[str]) -> None:
    started.send_signal(signal.SIGTERM)
    out, err = started.communicate(timeout=10)
    assert started.returncode == 0
    assert "Postwart is running" in out
    assert err == ""
    assert not (home / "api.json").exists()


def test_after_a_kill_the_next_start_is_as_good_as_new(home: Path, started: subprocess.Popen[str]) -> None:
    started.kill()
    started.wait()
    stale = (home / "api.json").read_bytes()
    assert main(["status"]) == 0
    assert not (home / "api.json").exists()
    assert json.loads(stale)["secret"]


def test_the_secret_is_in_no_process_list_no_log_and_no_output(home: Path, started: subprocess.Popen[str]) -> None:
    secret = json.loads((home / "api.json").read_bytes())["secret"].encode()
    assert main(["status"]) == 0
    assert secret not in Path(f"/proc/{started.pid}/cmdline").read_bytes()
    assert secret not in Path(f"/proc/{started.pid}/environ").read_bytes()
    started.send_signal(signal.SIGTERM)
    out, err = started.communicate(timeout=10)
    assert secret.decode() not in out + err
    for folder, _, files in os.walk(home):
        for file in files:
            assert secret not in (Path(folder) / file).read_bytes()


def test_without_a_console_as_at_log_on_on_windows_a_command_works_and_fails_as_with_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["autostart", "status"]) == 0
    assert main(["open"]) == 1
