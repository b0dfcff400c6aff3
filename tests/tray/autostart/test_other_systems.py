"""What macOS and Windows are given, as far as it can be seen without them."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

import pytest

from tray.autostart import macos
from tray.autostart.command import EARLIEST, LATEST, start_command, wait_after_log_on
from tray.autostart.standing import Standing
from tray.autostart.windows_words import allows, program_of


def test_macos_gets_an_agent_of_the_users(tmp_path: Path) -> None:
    assert macos.entered(tmp_path) is Standing.OFF
    macos.write([sys.executable, "-m", "tray", "run"], tmp_path)
    agent = plistlib.loads((tmp_path / "Postwart.plist").read_bytes())
    assert agent["ProgramArguments"] == [sys.executable, "-m", "tray", "run"]
    assert agent["RunAtLoad"] is True
    assert macos.entered(tmp_path) is Standing.ON
    macos.write(["/gone"], tmp_path)
    assert macos.entered(tmp_path) is Standing.BROKEN
    (tmp_path / "Postwart.plist").write_bytes(b"nonsense")
    assert macos.entered(tmp_path) is Standing.BROKEN
    macos.remove(tmp_path)
    macos.remove(tmp_path)
    assert macos.entered(tmp_path) is Standing.OFF


@pytest.mark.parametrize(("first", "allowed"), [(0x02, True), (0x06, True), (0x00, True), (0x03, False), (0x07, False)])
def test_windows_own_list_says_whether_it_may_start(first: int, allowed: bool) -> None:  # noqa: FBT001  of the table
    assert allows(bytes([first, *range(11)])) is allowed
    assert allows(b"")


@pytest.mark.parametrize(
    ("line", "program"),
    [
        (r'"C:\Program Files\Postwart\pythonw.exe" -m tray run', r"C:\Program Files\Postwart\pythonw.exe"),
        (r"C:\Postwart\postwart.exe run --at-log-on", r"C:\Postwart\postwart.exe"),
        ("", ""),
    ],
)
def test_the_program_of_a_windows_command_line_is_found(line: str, program: str) -> None:
    assert program_of(line) == program


def test_the_command_knows_the_folder_and_waits_a_while_after_log_on(tmp_path: Path) -> None:
    command = start_command({"POSTWART_HOME": str(tmp_path)})
    assert command[-4:] == ("run", "--at-log-on", "--home", str(tmp_path))
    assert start_command({})[-2:] == ("run", "--at-log-on")
    waits = {wait_after_log_on() for _ in range(50)}
    assert len(waits) > 40
    assert all(EARLIEST <= each <= LATEST for each in waits)
    assert (EARLIEST, LATEST) == (10, 30)
