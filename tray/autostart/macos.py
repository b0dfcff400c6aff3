"""How does macOS start Postwart at log-on? A LaunchAgent of the user's (launchd.plist(5))."""

from __future__ import annotations

import os
import plistlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from tray.autostart.standing import Standing, told

_LABEL = "Postwart"


def entered(folder: Path | None = None) -> Standing:
    """`folder` is the user's LaunchAgents. Whether somebody switched it off in *Login Items* no file tells.

    Raises AutostartProblem.
    """
    with told():
        try:
            said = plistlib.loads(_path(folder).read_bytes())
        except FileNotFoundError:
            return Standing.OFF
        except plistlib.InvalidFileException:
            return Standing.BROKEN
    if said.get("Disabled"):
        return Standing.OFF
    program = (said.get("ProgramArguments") or [""])[0]
    return Standing.ON if shutil.which(program) else Standing.BROKEN


def write(command: Sequence[str], folder: Path | None = None) -> None:
    """From the next log-on on. Raises AutostartProblem."""
    path = _path(folder)
    agent = {
        "Label": _LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "LimitLoadToSessionType": "Aqua",  # where there is a screen
        "ProcessType": "Interactive",
    }
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    with told():
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(plistlib.dumps(agent))
        new.replace(path)


def remove(folder: Path | None = None) -> None:
    """The Postwart that runs goes on. Raises AutostartProblem."""
    with told():
        _path(folder).unlink(missing_ok=True)


def _path(folder: Path | None) -> Path:
    return (folder or Path.home() / "Library" / "LaunchAgents") / f"{_LABEL}.plist"
