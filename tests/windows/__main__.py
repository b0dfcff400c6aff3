"""Does Postwart work on Windows? Its types are checked for it, tests run there in Wine, then it is used for a day.

`python -m tests.windows [pytest's arguments]`: with arguments only the tests, as they say; `tests` stands for all that
can run there. Ends with pytest's status, with 2 where there can be no Windows.
"""

from __future__ import annotations

import subprocess
import sys
import threading

from tests.conftest import ROOT, missing
from tests.windows.build import NoWindowsError
from tests.windows.chosen import chosen
from tests.windows.left_out import FILES, IN_WINE, ON_WINDOWS
from tests.windows.pc import WindowsPc, place, windows_pc

PACKAGES = ("auth", "mail", "tray")
ONCE = ("-n", "2", "-p", "no:cacheprovider", "--max-worker-restart", "0", "--tb", "short", "--timeout", "150")
DIED = "crashed while running"
"""What pytest-xdist says of a process that is gone without a word, be it that a test's time was up."""

LIMIT = 1800.0
"""Seconds after which Wine, not a test, is what hangs: a test has a limit of its own."""


def main(arguments: list[str]) -> int:
    if programs := missing("wine"):
        print(f"Not on this machine: {', '.join(programs)} (.ci/run installs them)", file=sys.stderr)
        return 2
    try:
        return _tests(arguments) if arguments else _types() or _tests(chosen()) or _working_day()
    except NoWindowsError as error:
        print(f"There is no Windows Python here. Its build needs PyPI, by pip's settings. {error}", file=sys.stderr)
        return 2


def _types() -> int:
    command = (sys.executable, "-m", "mypy", "--platform", "win32", "--cache-dir", str(place() / "mypy"), *PACKAGES)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _tests(arguments: list[str]) -> int:
    for name, reason in sorted({**FILES, **ON_WINDOWS, **IN_WINE}.items()):
        print(f"left out: {name}: {reason}")
    with windows_pc() as pc:
        status, said = _pytest(pc, arguments)
        if status and DIED in said:
            print("A whole process is gone: it died, or a test hung. What is our own fault comes again: all once more.")
            pc.loses_power()
            status, _ = _pytest(pc, arguments)
        return status


def _pytest(pc: WindowsPc, arguments: list[str]) -> tuple[int, str]:
    hangs = threading.Timer(LIMIT, pc.loses_power)
    hangs.start()
    try:
        return pc.passes_on("-m", "pytest", *ONCE, *arguments)
    finally:
        hangs.cancel()


def _working_day() -> int:
    command = (sys.executable, "-m", "pytest", "-n", "0", "tests/windows")
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
