"""What all tests share: which real programs a test needs, and the office."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

PROGRAMS = {
    "dovecot": ("dovecot",),
    "postfix": ("postfix",),
    "chromium": ("chromium",),
    "desktop": ("Xvfb", "dbus-daemon", "trayer", "dunst", "gnome-keyring-daemon", "xdotool", "import"),
    "mbsync": ("mbsync",),
}


def missing(need: str) -> list[str]:
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    lacking = [program for program in PROGRAMS[need] if not shutil.which(program, path=path)]
    if need == "postfix" and not lacking and os.geteuid() != 0:  # its master process starts as nobody else
        lacking.append("root's rights")
    if need == "desktop" and not importlib.util.find_spec("gi"):
        lacking.append("PyGObject")
    return lacking


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*names): real programs the test starts; in CI a missing one is a failure")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        if lacking := [program for need in mark.args for program in missing(need)]:
            reason = f"not on this machine: {', '.join(lacking)} (.ci/run installs them)"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Half a character in a log line cannot be sent from one test process to another."""
    report = yield
    report.sections = [(title, text.encode("utf-8", "backslashreplace").decode()) for title, text in report.sections]
    return report


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches this user's own Postwart, keyring, browser or autostart."""
    monkeypatch.setenv("POSTWART_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("BROWSER", "false")
