"""How does a Linux desktop start Postwart at log-on? Desktop Application Autostart Specification: a .desktop file."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from tray.autostart.standing import Standing, told

_FILE = "postwart.desktop"


def entered(environ: Mapping[str, str] = os.environ) -> Standing:
    """What another program wrote into our file, such as the desktop's own settings, counts. Raises AutostartProblem."""
    with told():
        try:
            lines = _path(environ).read_text("utf-8").splitlines()
        except FileNotFoundError:
            return Standing.OFF
    said = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    if said.get("Hidden") == "true" or said.get("X-GNOME-Autostart-enabled") == "false":
        return Standing.OFF
    program = said.get("TryExec", "").replace("\\\\", "\\")
    return Standing.ON if shutil.which(program) else Standing.BROKEN


def write(command: Sequence[str], environ: Mapping[str, str] = os.environ) -> None:
    """Raises AutostartProblem."""
    path = _path(environ)
    new = path.with_name(f".{_FILE}.{os.getpid()}.new")
    with told():
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(_entry(command), "utf-8")
        new.replace(path)


def remove(environ: Mapping[str, str] = os.environ) -> None:
    """Raises AutostartProblem."""
    with told():
        _path(environ).unlink(missing_ok=True)


def _path(environ: Mapping[str, str]) -> Path:
    said = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(said) if os.path.isabs(said) else Path.home() / ".config"  # noqa: PTH117  a relative one is invalid
    return folder / "autostart" / _FILE


def _entry(command: Sequence[str]) -> str:
    """With TryExec the desktop passes over an entry whose program is gone, and so do we."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.0",
        "Name=Postwart",
        "Comment=Keeps mailboxes signed in",
        "Comment[de]=Hält Postfächer angemeldet",
        f"TryExec={_escaped(command[0])}",
        f"Exec={' '.join(map(_quoted, command))}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
        "",
    )
    return "\n".join(lines)


def _quoted(word: str) -> str:
    """Desktop Entry Specification, "The Exec key": quoted by its own rule, then escaped as any text is."""
    inside = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return _escaped(f'"{inside}"')


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
