"""What did Postwart write into its log last?"""

from __future__ import annotations

from pathlib import Path

LINES = 150
_BYTES = 64 * 1024


def log_tail(folder: Path) -> list[str]:
    """The last lines; a line that says why where they cannot be read."""
    file = folder / "postwart.log"
    try:
        with file.open("rb") as log:
            log.seek(max(0, file.stat().st_size - _BYTES))
            text = log.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return []
    except OSError as error:
        return [f"{file}: {error.strerror or error}"]
    return text.splitlines()[-LINES:]
