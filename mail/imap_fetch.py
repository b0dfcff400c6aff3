"""How do thousands of messages come over IMAP fast? Answers read straight off the connection, literals uncopied.

IMAPClient's lexer looks at every byte of every message, which costs more than all the rest; here only the lines between
the messages are looked at.
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from mail.imap_literal import literal_reader
from mail.large import LARGE, PIECE, Large, Raw

if TYPE_CHECKING:
    from imapclient import IMAPClient

BATCH_BYTES = 4_000_000
BATCH_MESSAGES = 200
"""One batch is one transaction. Measured with 303 MB: 8 MB takes as long and 11 MB more memory, 2 MB takes longer."""

COMMAND_BYTES = 16 * BATCH_BYTES
COMMAND_MESSAGES = 8 * BATCH_MESSAGES
"""One FETCH brings several batches, so that the server seldom waits for us. Commands are not sent ahead: Dovecot merges
FETCHes of neighbours, and then answers with the second's messages before the first's OK.
"""

LARGEST = 999_000_000
"""SQLite takes no row of more than 1,000,000,000 bytes."""

_LITERAL = re.compile(rb"\{(\d+)\}\r\n\Z")
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_BODY = re.compile(rb'\bBODY\[\] (?:"((?:[^"\\]|\\.)*)"|(NIL))')


_LISTED_AT_ONCE = 500
"""UIDs in one command: lines have a limit."""


class FetchRefused(Exception):  # noqa: N818  an answer; mail.imap decides what it means
    """The server said NO or BAD to one command; the connection is in order. `str()` is its words."""


class BulkReader:
    """One command at a time."""

    def __init__(self, client: IMAPClient) -> None:
        # IMAPClient shows its imaplib object under no public name; mail.imap_literal knows how it reads
        self._imap: Any = client._imap  # noqa: SLF001
        self._literal_bytes = literal_reader(self._imap)
        self._count = 0

    def sizes(self, first: int) -> list[tuple[int, int]]:
        """(UID, size) of every message from UID `first` on, in order. Exchange's sizes are rough."""
        # "n:*" always holds the last message, even below n
        return [(uid, size) for uid, size in self._sizes(f"{first}:*") if uid >= first]

    def sizes_of(self, uids: Sequence[int]) -> list[tuple[int, int]]:
        """The same of those of `uids` that are still there."""
        return [
            found
            for start in range(0, len(uids), _LISTED_AT_ONCE)
            for found in self._sizes(",".join(map(str, uids[start : start + _LISTED_AT_ONCE])))
        ]

    def _sizes(self, uids: str) -> list[tuple[int, int]]:
        found = {}
        for line, _ in self._answers(f"UID FETCH {uids} (UID RFC822.SIZE)"):
            uid, size = _UID.search(line), _SIZE.search(line)
            if uid and size:
                found[int(uid[1])] = int(size[1])
        return sorted(found.items())

    def messages(self, uids: Sequence[int]) -> Iterator[tuple[int, Raw]]:
        """(UID, raw message), in the server's order; flags stay as they are. `uids` are neighbours among those listed.

        Raises FetchRefused at the end where the server says so.
        """
        for line, literals in self._answers(f"UID FETCH {uids[0]}:{uids[-1]} (UID BODY.PEEK[])"):
            uid = _UID.search(line)
            if uid is None or b"BODY[]" not in line:
                continue  # somebody set a flag meanwhile
            if literals:
                yield int(uid[1]), literals[0]
            elif (body := _BODY.search(line)) and body[1] is not None:  # a very short one may come as a string
                yield int(uid[1]), re.sub(rb"\\(.)", rb"\1", body[1])

    def _answers(self, command: str) -> Iterator[tuple[bytes, list[Raw]]]:
        """Each FETCH answer, its literals taken out, until the command's own OK."""
        self._count += 1
        tag = b"Z%d" % self._count
        self._imap.send(b"%b %b\r\n" % (tag, command.encode("ascii")))
        while True:
            line, literals = self._answer()
            if line.startswith(b"* "):
                if line.startswith(b"* BYE"):
                    raise imaplib.IMAP4.abort(_words(line, b"* BYE"))
                if b" FETCH " in line:
                    yield line, literals
            elif line.startswith(tag + b" "):
                if not line.startswith(tag + b" OK"):
                    raise FetchRefused(_words(line, tag).partition(" ")[2])
                return

    def _answer(self) -> tuple[bytes, list[Raw]]:
        line = text = self._line()
        literals: list[Raw] = []
        while found := _LITERAL.search(line):
            literals.append(self._literal(int(found[1])))
            line = self._line()
            text += line
        return text, literals

    def _line(self) -> bytes:
        line: bytes = self._imap.readline()
        if not line.endswith(b"\n"):
            raise ConnectionAbortedError("the server closed the connection")
        return line

    def _literal(self, length: int) -> Raw:
        if length > LARGEST:
            raise ConnectionAbortedError(f"a message of {length} bytes")
        if length < LARGE:
            return self._read(length)
        large = Large()
        for start in range(0, length, PIECE):
            large.append(self._read(min(PIECE, length - start)))
        return large

    def _read(self, length: int) -> bytes:
        data = self._literal_bytes(length)
        if len(data) < length:
            raise ConnectionAbortedError("the server closed the connection in the middle of a message")
        return data


class Gathered:
    """Messages between the connection and the store. What leaves is ascending, so a cut leaves no gap behind."""

    def __init__(self) -> None:
        self._raws: dict[int, Raw] = {}
        self._size = 0
        self._last = 0
        self._orderly = True

    def add(self, uid: int, raw: Raw) -> None:
        self._orderly = self._orderly and uid > self._last
        self._last = max(uid, self._last)
        self._raws[uid] = raw
        self._size += len(raw)

    @property
    def last(self) -> int:
        """The largest UID that came; 0 where they come out of order, and more may follow below it."""
        return self._last if self._orderly else 0

    @property
    def full(self) -> bool:
        """A server that mixes up the order is waited for until its command has ended."""
        return self._orderly and (self._size >= BATCH_BYTES or len(self._raws) >= BATCH_MESSAGES)

    def take(self) -> list[tuple[int, Raw]]:
        """All of it; for what was full, or when a command has ended."""
        taken = sorted(self._raws.items())
        self._raws, self._size, self._orderly = {}, 0, True
        return taken

    def take_whole(self, uids: Sequence[int]) -> list[tuple[int, Raw]]:
        """What may be kept when the command that asked for `uids` was cut off."""
        if self._orderly:
            return self.take()
        return [(uid, self._raws[uid]) for uid in takewhile(self._raws.__contains__, uids)]


def commands(
    sizes: Sequence[tuple[int, int]], without: Collection[object] = (), *, together: int = 0
) -> list[tuple[int, ...]]:
    """The UIDs of `sizes`, cut into what one FETCH asks for; never across one of `without`, which is not asked for.

    `together`: how many at most.
    """
    cut: list[tuple[int, ...]] = []
    uids: list[int] = []
    total = 0
    for uid, size in sizes:
        if uids and (uid in without or len(uids) >= (together or COMMAND_MESSAGES) or total + size > COMMAND_BYTES):
            cut.append(tuple(uids))
            uids, total = [], 0
        if uid in without:
            continue
        uids.append(uid)
        total += size
    return [*cut, tuple(uids)] if uids else cut


def _words(line: bytes, prefix: bytes) -> str:
    return line.removeprefix(prefix).decode("utf-8", "replace").strip()
