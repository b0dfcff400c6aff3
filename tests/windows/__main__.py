"""Does Postwart work on Windows? Its types are checked for it, the tests run there in Wine, then it is used.

`python -m tests.windows [pytest's arguments]`: with arguments only the tests, as they say. Ends with their status, with
2 where Wine is missing.
"""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT, missing
from tests.windows.left_out import FILES, IN_WINE, ON_WINDOWS
from tests.windows.pc import place, windows_pc

PACKAGES = ("auth", "mail", "tray")
ONCE = ("-n", "2", "-p", "no:cacheprovider", "--max-worker-restart", "0", "--tb", "short")


def main(arguments: list[str]) -> int:
    if programs := missing("wine"):
        print(f"Not on this machine: {', '.join(programs)} (.ci/run installs them)", file=sys.stderr)
        return 2
    types = (sys.executable, "-m", "mypy", "--platform", "win32", "--cache-dir", str(place() / "mypy"), *PACKAGES)
    if not arguments and (status := subprocess.run(types, cwd=ROOT, check=False).returncode):
        return status
    with windows_pc() as pc:
        for name, reason in sorted({**FILES, **ON_WINDOWS, **IN_WINE}.items()):
            print(f"left out: {name}: {reason}")
        status = pc.passes_on("-m", "pytest", *ONCE, *arguments)
    if status or arguments:
        return status
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "tests/windows"], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
