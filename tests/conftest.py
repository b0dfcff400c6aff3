"""What all tests share: which real programs a test needs, and the office."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.windows import left_out

ROOT = Path(__file__).parent.parent
PROGRAMS = {
    "dovecot": ("dovecot",),
    "postfix": ("postfix",),
    "chromium": ("chromium",),
    "desktop": ("Xvfb", "dbus-daemon", "trayer", "dunst", "gnome-keyring-daemon", "xdotool", "import"),
    "mbsync": ("mbsync",),
    "wine": (
        "wine",
        "wineserver",
        "osslsigncode",
        "x86_64-w64-mingw32-gcc",
        "Xvfb",
        "dbus-daemon",
        "xdotool",
        "import",
    ),
    "curl": ("curl",),
    "free-pascal": ("fpc",),
    "mono": ("mcs", "mono"),
}


def missing(need: str) -> list[str]:
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    lacking = [program for program in PROGRAMS[need] if not shutil.which(program, path=path)]
    if (
        need == "postfix" and not lacking and sys.platform != "win32" and os.geteuid() != 0
    ):  # its master process starts as nobody else
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
            if os.environ.get("CI") and sys.platform == "linux":  # elsewhere these programs are not to be had
                pytest.fail(reason)
            pytest.skip(reason)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    name = collection_path.relative_to(ROOT).as_posix() if collection_path.is_relative_to(ROOT) else ""
    return True if sys.platform == "win32" and name in left_out.FILES else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reasons = left_out.reasons()
    for item in items if reasons else ():
        test = item.nodeid.partition("[")[0]
        if reason := reasons.get(test) or reasons.get(test.partition("::")[0]):
            item.add_marker(pytest.mark.skip(reason=reason))


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
