"""What does the system have to call at log-on? This very installation, without a console window, a little later."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Mapping
from pathlib import Path

AT_LOG_ON = "--at-log-on"

EARLIEST, LATEST = 10.0, 30.0
"""Seconds after log-on: the PC is busy then, and a whole office logs on at eight."""


def start_command(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """With the folder of POSTWART_HOME where it is set: at log-on nobody sets it."""
    home = environ.get("POSTWART_HOME")
    folder = ("--home", os.path.abspath(Path(home).expanduser())) if home else ()  # noqa: PTH100  links stay links
    return (*_program(), "run", AT_LOG_ON, *folder)


def wait_after_log_on() -> float:
    """Seconds, another number each time."""
    return random.uniform(EARLIEST, LATEST)  # noqa: S311  no secret


def _program() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):  # built by PyInstaller
        return (sys.executable,)
    python = Path(sys.executable)
    if sys.platform == "win32":
        windowless = python.with_name("pythonw.exe")
        return (str(windowless if windowless.exists() else python), "-m", "tray")
    script = python.with_name("postwart")  # beside the interpreter of its environment
    return (str(script),) if script.exists() else (str(python), "-m", "tray")
