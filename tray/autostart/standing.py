"""How can it stand with starting by itself, and what may go wrong there?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from auth.problems import Problem


class Standing(StrEnum):
    ON = "on"
    OFF = "off"
    SWITCHED_OFF = "switched_off"  # entered, but the user said no in the system's own list
    BROKEN = "broken"  # entered, but the program it names is gone


class AutostartProblem(Problem):
    """The system does not let us. Facts: reason; with the code autostart_path_long: length, longest."""

    code = "autostart_failed"


@contextmanager
def told() -> Iterator[None]:
    """What the system answers becomes an AutostartProblem."""
    try:
        yield
    except OSError as fault:
        raise AutostartProblem(str(fault), reason=fault.strerror or str(fault)) from fault
