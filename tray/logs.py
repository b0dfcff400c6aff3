"""Where is written down what the program does? In rotating files, times in UTC, without secrets."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tray.redaction import redact

_SIZE = 1024 * 1024
_KEPT = 5
_LONGEST = 16_000
"""Of one message: a server's answer may be a whole mail."""
_CHATTY = ("msal", "urllib3", "requests", "imapclient", "uvicorn", "apscheduler", "litestar", "asyncio", "PIL")
"""Their INFO and DEBUG are about themselves; some write down what they send."""


class RedactingFormatter(logging.Formatter):
    """Masks the finished text, so whatever came in by the message, an argument or an exception is masked too."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s [%(threadName)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's name
        """One line a message: a mail's subject must not write lines of its own."""
        if len(record.message) > _LONGEST:
            record.message = f"{record.message[:_LONGEST]}… ({len(record.message)} characters)"
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        moment = datetime.fromtimestamp(record.created, UTC)
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


@contextmanager
def logging_to(folder: Path, *, level: int = logging.INFO, console: bool = False) -> Iterator[Path]:
    """Write the log to `folder` until the end; `console` repeats warnings on stderr. Yields the file.

    Whatever was set up before comes back at the end. Raises OSError where the folder cannot be written.
    """
    file = folder / "postwart.log"
    handlers: list[logging.Handler] = [
        RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", errors="backslashreplace")
    ]
    if console and sys.stderr is not None:  # None in a Windows program without a console
        handlers.append(logging.StreamHandler())
        handlers[-1].setLevel(logging.WARNING)
    root = logging.getLogger()
    before = root.level, {name: logging.getLogger(name).level for name in _CHATTY}
    for handler in handlers:
        handler.setFormatter(RedactingFormatter())
        root.addHandler(handler)
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(True)
    try:
        yield file
    finally:
        logging.captureWarnings(False)
        root.setLevel(before[0])
        for name, was in before[1].items():
            logging.getLogger(name).setLevel(was)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
