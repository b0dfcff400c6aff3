"""Does Postwart start by itself when its user logs on, and how is that changed? One way for each system."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tray.autostart.command import start_command
from tray.autostart.standing import AutostartProblem, Standing

if sys.platform == "win32":
    from tray.autostart.windows import entered, remove, write
elif sys.platform == "darwin":
    from tray.autostart.macos import entered, remove, write
else:
    from tray.autostart.linux import entered, remove, write

__all__ = ["AutostartProblem", "Standing", "mend", "standing", "switch"]


def standing() -> Standing:
    """As the system has it now. Raises AutostartProblem."""
    return entered()


def switch(*, on: bool, command: Sequence[str] | None = None) -> Standing:
    """Enter this Postwart, or take it out. Raises AutostartProblem, also where the system's own list of what may start
    says no: that is the user's word, and only they take it back, there.
    """
    if on:
        write(command or start_command())
    else:
        remove()
    now = entered()
    if on and now is Standing.SWITCHED_OFF:
        raise AutostartProblem(code="autostart_switched_off")
    return now


def mend() -> None:
    """A Postwart that moved to another folder enters its new place; whether it starts stays as the user wants it.

    Raises AutostartProblem.
    """
    if entered() is Standing.BROKEN:
        write(start_command())
