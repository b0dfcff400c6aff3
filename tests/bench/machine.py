"""On what was a figure measured? One line about the machine, printed beside every figure."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from pathlib import Path


def describe() -> str:
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    memory = next(
        int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal")
    )
    return (
        f"{os.cpu_count()} cores of {cpu}, {memory / 2**20:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    )


def pss_mb(pid: int) -> float:
    """Proportional set size of a process, shared pages divided among their users."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def wakeups(pid: int) -> int:
    """How often any of its threads gave up the processor by itself, since it began: each time something woke it."""
    return sum(
        int(line.split()[1])
        for status in Path(f"/proc/{pid}/task").glob("*/status")
        for line in status.read_text().splitlines()
        if line.startswith("voluntary_ctxt_switches")
    )
