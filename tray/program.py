"""Which program is asking? The name its key gives it, else what it calls itself, and the process at the other end."""

from __future__ import annotations

import logging
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Program:
    """`ends`: the ports of its connection, its own and ours; None where it is none that came over one."""

    name: str = ""
    ends: tuple[int, int] | None = None

    def facts(self) -> dict[str, str]:
        """For the journal. Looks at all connections of this PC, so only when something is written down."""
        named = {"program": self.name} if self.name else {}
        return named | (_process(*self.ends) if self.ends else {})


NOBODY = Program()
"""Postwart itself."""


def _process(theirs: int, ours: int) -> dict[str, str]:
    """Name and path of the process at the other end; empty where the system does not tell (macOS, another user's)."""
    import psutil  # the three systems tell it in three ways

    try:
        for found in psutil.net_connections("tcp4"):
            if found.pid and found.laddr and found.raddr and (found.laddr[1], found.raddr[1]) == (theirs, ours):
                process = psutil.Process(found.pid)
                return {"process": process.name(), "path": process.exe()}
    except (psutil.Error, OSError) as refused:  # the library passes on what it has no error of its own for
        log.debug("no process found behind port %d: %s", theirs, refused)
    return {}
