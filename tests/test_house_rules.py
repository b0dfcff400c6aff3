"""The rules of the house, held by tests: who may import whom, and how long a file may be."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows import left_out
from tests.windows.chosen import chosen

ROOT = Path(__file__).parent.parent
PACKAGES = ("auth", "mail", "tray")
MAY_KNOW = {"auth": {"auth"}, "mail": {"mail", "auth"}, "tray": {"tray", "mail", "auth"}}
LONGEST = 250


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def names(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way(package: str) -> None:
    foreign = set(PACKAGES) - MAY_KNOW[package]
    wrong = [(names(file), name) for file in files(package) for name in imports(file) if name.split(".")[0] in foreign]
    assert not wrong


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("msal", {"auth/microsoft"}),
        ("keyring", {"auth/keyring_store"}),
        ("apscheduler", {"tray/clockwork"}),
        ("pystray", {"tray/icon"}),
        ("desktop_notifier", {"tray/notify"}),
        ("litestar", {"tray/api"}),
        ("uvicorn", {"tray/api"}),
        ("tomlkit", {"tray/config_file"}),
        ("imapclient", {"mail/"}),
        ("platformdirs", {"tray/paths"}),
        ("jeepney", {"tray/doctor/session_bus"}),
        ("Xlib", {"tray/doctor/session_bus"}),
        ("certifi", {"tray/doctor/encryption"}),
        ("fluent", {"tray/texts"}),
        ("tnefparse", {"mail/tnef"}),
        ("segno", {"tray/qr"}),
    ],
)
def test_a_library_is_known_in_one_place(library: str, home: set[str]) -> None:
    users = {
        names(file)
        for package in PACKAGES
        for file in files(package)
        if library in {i.split(".")[0] for i in imports(file)}
    }
    assert users, f"nobody imports {library}: is it still a dependency?"
    assert not [user for user in users if not user.startswith(tuple(home))]


def test_no_file_is_longer_than_a_reader_likes() -> None:
    lengths = {names(file): len(file.read_text("utf-8").splitlines()) for p in PACKAGES for file in files(p)}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        (names(file), node.name)
        for package in PACKAGES
        for file in files(package)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno > 50
    ]
    assert not long


def test_the_sandboxes_are_used_by_the_demo_and_tests_alone() -> None:
    outside = [file for package in PACKAGES for file in files(package) if "sandbox" not in file.parts]
    users = {names(file) for file in outside for name in imports(file) if ".sandbox" in name}
    assert users
    assert all(user.startswith("tray/demo") for user in users)


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        names(file)
        for package in PACKAGES
        for file in files(package)
        if file.stat().st_size and not ast.get_docstring(ast.parse(file.read_text("utf-8")))
    ]
    assert not silent


def test_the_top_level_stays_as_it_is() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    folders = {name.split("/")[0] for name in tracked if "/" in name}
    assert folders <= {"auth", "mail", "tray", "tests", ".ci", ".github"}


def test_what_is_chosen_and_left_out_on_windows_is_still_there() -> None:
    assert not [name for name in (*left_out.FILES, *chosen()) if not (ROOT / name).exists()]
    for name in {**left_out.ON_WINDOWS, **left_out.IN_WINE}:
        file, _, test = name.partition("::")
        assert (f"def {test}(" if test else "") in (ROOT / file).read_text("utf-8"), name
