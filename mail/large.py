"""Where does a message wait that is too large to be held in memory? In a file that goes by itself."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mail.problems import StoreProblem

LARGE = 16_000_000
"""Bytes from which on a message is not held in memory."""

PIECE = 1 << 20
"""Bytes read or written at once."""

# /tmp is memory on many systems
_FOLDER = "/var/tmp" if Path("/var/tmp").is_dir() else tempfile.gettempdir()  # noqa: S108  nobody else knows the file


class Large:
    """The bytes of one message. Written by one thread, then read by others. Raises StoreProblem disk_full."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(dir=_FOLDER)  # noqa: SIM115  closed when nobody refers to it any more
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, piece: bytes) -> None:
        try:
            self._file.write(piece)
            self._file.flush()  # so that nothing is left to fail later
        except OSError as error:  # no word about the server: its connection is in order
            code = "disk_full" if error.errno == errno.ENOSPC else "disk_failed"
            raise StoreProblem(str(error), code=code, file=_FOLDER) from error
        self._length += len(piece)

    def head(self) -> bytes:
        """Enough of it to read its headers."""
        return next(self.pieces(), b"")

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece


Raw = bytes | Large
"""A whole message."""


def head_of(raw: Raw) -> bytes:
    """All of a small one."""
    return raw if isinstance(raw, bytes) else raw.head()


def pieces_of(raw: Raw) -> Iterator[bytes]:
    """One after the other, all of it."""
    return iter((raw,)) if isinstance(raw, bytes) else raw.pieces()
