"""Who is the browser where no page has to be looked at? The sandbox's robot, as a command for BROWSER."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from auth.sandbox.robot import Person, Robot


def command(ca_file: Path, address: str) -> str:
    """A value for the environment variable BROWSER. The & makes `webbrowser.open` return at once."""
    return f"{shlex.join([sys.executable, '-m', 'tests.rigs.robot_browser', str(ca_file), address])} %s &"


if __name__ == "__main__":
    Robot(Path(sys.argv[1])).walk(sys.argv[3], Person(sys.argv[2]))
