"""What do the words mean that Windows keeps about what starts at log-on? Pure."""

from __future__ import annotations

LONGEST = 260
"""Characters of a command line in a Run key (learn.microsoft.com, "Run and RunOnce Registry Keys")."""


def allows(approved: bytes) -> bool:
    """The value in StartupApproved: its first byte is odd where the user switched it off, in the task manager or the
    settings (not documented by Microsoft; seen: 02 and 06 on, 03 and 07 off).
    """
    return not approved or approved[0] % 2 == 0


def program_of(command: str) -> str:
    """The first word of a command line."""
    line = command.strip()
    return line[1:].partition('"')[0] if line.startswith('"') else line.partition(" ")[0]
