"""How do IMAP's words look on the line? Atoms, strings, lists, sets, dates and folder names, read and written."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Bad(Exception):  # noqa: N818  the tagged answer BAD
    """The client's command is not IMAP."""


class No(Exception):  # noqa: N818  the tagged answer NO
    """The command was understood and cannot be done."""


class Atom(bytes):
    """A word without quotes; a string is plain bytes."""

    __slots__ = ()


Word = Atom | bytes | list["Word"]

_ATOM = re.compile(rb"(?:[^\s()\[\]\"{]+|\[(?:[^\]\"]|\"(?:[^\"\\]|\\.)*\")*\])+")
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"')
_LITERAL = re.compile(rb"\{(\d+)(\+?)\}$")
_SAFE = re.compile(rb"[\x20\x21\x23-\x5b\x5d-\x7e]*")


def literal_size(line: bytes) -> tuple[int, bool] | None:
    """Whether a literal follows this line: its size, and whether the client sends it without being asked to."""
    found = _LITERAL.search(line)
    return (int(found[1]), bool(found[2])) if found else None


class _Reader:
    """Reads the words of a command given as line, literal, line, …"""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.piece = 0
        self.at = 0

    def words(self, depth: int = 0) -> list[Word]:
        found: list[Word] = []
        while True:
            line = self.pieces[self.piece]
            while line[self.at : self.at + 1] == b" ":
                self.at += 1
            char = line[self.at : self.at + 1]
            if not char or char == b")":
                if bool(char) != bool(depth):
                    raise Bad("Parentheses do not match.")
                self.at += 1
                return found
            if char == b"(":
                self.at += 1
                if depth > 50:  # noqa: PLR2004  no honest client nests deeper
                    raise Bad("Too many parentheses.")
                found.append(self.words(depth + 1))
            else:
                found.append(self._word(line, char))

    def _word(self, line: bytes, char: bytes) -> Word:
        if char == b"{" and _LITERAL.fullmatch(line, self.at) and self.piece + 2 < len(self.pieces):
            literal = self.pieces[self.piece + 1]
            self.piece, self.at = self.piece + 2, 0
            return literal
        found = (_QUOTED if char == b'"' else _ATOM).match(line, self.at)
        if not found:
            raise Bad("Command Argument Error. 12")
        self.at = found.end()
        return re.sub(rb"\\(.)", rb"\1", found[1]) if char == b'"' else Atom(found[0])


def words(pieces: list[bytes]) -> list[Word]:
    return _Reader(pieces).words()


def text(word: Word) -> str:
    """An astring."""
    if isinstance(word, list):
        raise Bad("A string was expected, not a list.")
    return word.decode("utf-8", "replace")


def keyword(word: Word) -> str:
    return text(word).upper() if isinstance(word, Atom) else ""


def as_list(word: Word) -> list[Word]:
    return word if isinstance(word, list) else [word]


def number(word: Word) -> int:
    if not isinstance(word, Atom) or not word.isdigit():
        raise Bad("A number was expected.")
    return int(word)


def in_set(word: Word, last: int) -> Iterator[range]:
    """`1:3,7,9:*` as ranges; `last` is what `*` stands for."""
    for piece in text(word).split(","):
        low, colon, high = piece.partition(":")
        ends = [last if end == "*" else _whole(end) for end in ((low, high) if colon else (low,))]
        yield range(min(ends), max(ends) + 1)


def is_set(word: Word) -> bool:
    return isinstance(word, Atom) and bool(re.fullmatch(rb"[\d*]+(:[\d*]+)?(,[\d*]+(:[\d*]+)?)*", word))


def _whole(digits: str) -> int:
    if not digits.isascii() or not digits.isdigit() or int(digits) == 0:
        raise Bad("Invalid message set.")
    return int(digits)


def set_of(numbers: list[int]) -> str:
    """[1, 2, 3, 7] → "1:3,7". In the order given, as COPYUID needs it."""
    runs: list[list[int]] = []
    for each in numbers:
        if runs and each == runs[-1][1] + 1:
            runs[-1][1] = each
        else:
            runs.append([each, each])
    return ",".join(f"{low}:{high}" if low != high else f"{low}" for low, high in runs)


def string(value: bytes | None) -> bytes:
    """As a quoted string where that is allowed, as a literal otherwise, NIL for nothing."""
    if value is None:
        return b"NIL"
    if _SAFE.fullmatch(value):
        return b'"' + value + b'"'
    if b"\r" in value or b"\n" in value or not value.isascii() or b"\0" in value:
        return b"{%d}\r\n%b" % (len(value), value)
    return b'"' + re.sub(rb'(["\\])', rb"\\\1", value) + b'"'


def quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def internal_date(when: datetime) -> str:
    return f'"{when.day:02d}-{MONTHS[when.month - 1]}-{when.year:04d} {when:%H:%M:%S %z}"'


def read_date(value: str) -> date:
    """`1-Feb-2026`"""
    found = re.fullmatch(r" ?(\d{1,2})-([A-Za-z]{3})-(\d{4})", value)
    if not found or found[2].title() not in MONTHS:
        raise Bad("Invalid date.")
    try:
        return date(int(found[3]), MONTHS.index(found[2].title()) + 1, int(found[1]))
    except ValueError as error:
        raise Bad("Invalid date.") from error


def read_date_time(value: str) -> datetime:
    """`" 1-Feb-2026 13:00:00 +0100"`, as APPEND has it."""
    day, _, rest = value.strip().partition(" ")
    found = read_date(day)
    try:
        moment = datetime.strptime(rest, "%H:%M:%S %z")
    except ValueError as error:
        raise Bad("Invalid date-time.") from error
    return datetime.combine(found, moment.timetz()).astimezone(UTC)


def to_utf7(name: str) -> str:
    """A folder's name in IMAP's modified UTF-7 (RFC 3501, 5.1.3)."""

    def shifted(found: re.Match[str]) -> str:
        return "&" + b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"

    return re.sub(r"[^\x20-\x7e]+", shifted, name.replace("&", "&-"))


def from_utf7(name: str) -> str:
    def plain(found: re.Match[str]) -> str:
        packed = found[1].replace(",", "/")
        return b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-16-be") if packed else "&"

    return re.sub(r"&([^-]*)-", plain, name)
