"""What does `postwart`, or `python -m tray`, run?"""

from __future__ import annotations

import sys

from tray.cli import main
from tray.leaving import leave_threads_behind


def postwart() -> int:
    code = main()
    leave_threads_behind(code)
    return code


if __name__ == "__main__":
    sys.exit(postwart())
