"""How does Windows start Postwart at log-on? The user's Run key; whether it may, Windows keeps beside it."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    raise ImportError("Windows only")

import shutil
import subprocess
import winreg
from collections.abc import Sequence

from tray.autostart.standing import AutostartProblem, Standing, told
from tray.autostart.windows_words import LONGEST, allows, program_of

_NAME = "Postwart"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


def entered() -> Standing:
    """Raises AutostartProblem."""
    with told():
        command, approved = _value(_RUN), _value(_APPROVED)
    if not isinstance(command, str):
        return Standing.OFF
    if isinstance(approved, bytes) and not allows(approved):
        return Standing.SWITCHED_OFF
    return Standing.ON if shutil.which(program_of(command)) else Standing.BROKEN


def write(command: Sequence[str]) -> None:
    """Raises AutostartProblem."""
    line = subprocess.list2cmdline(command)
    if len(line) > LONGEST:
        raise AutostartProblem(code="autostart_path_long", length=len(line), longest=LONGEST)
    with told(), winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, _RUN, access=winreg.KEY_SET_VALUE) as key:
        winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, line)


def remove() -> None:
    """What the user said in Windows' own list stays there. Raises AutostartProblem."""
    with told():
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, access=winreg.KEY_SET_VALUE) as key:
                winreg.DeleteValue(key, _NAME)
        except FileNotFoundError:
            return


def _value(path: str) -> object:
    """None: there is none."""
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
            return winreg.QueryValueEx(key, _NAME)[0]
    except FileNotFoundError:
        return None
