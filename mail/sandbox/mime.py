"""Where in a message's bytes is which part? A tree of offsets, as IMAP's section numbers need it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mail.sandbox.headers import Parameters, content_type, fields, last

MAX_DEPTH = 50
MAX_PARTS = 10_000


@dataclass(eq=False)
class Part:
    """`raw[start:body]` is the header with its empty line, `raw[body:end]` the body."""

    start: int
    body: int
    end: int
    headers: tuple[tuple[str, bytes], ...]
    kind: tuple[str, str]
    parameters: Parameters
    children: list[Part] = field(default_factory=list)

    @property
    def is_multipart(self) -> bool:
        return self.kind[0] == "multipart"

    @property
    def is_message(self) -> bool:
        return self.kind == ("message", "rfc822") and bool(self.children)

    def header(self, name: str) -> bytes | None:
        return last(self.headers, name)

    def all(self, name: str) -> list[bytes]:
        return [value for each, value in self.headers if each == name]


@dataclass(frozen=True)
class _Delimiter:
    start: int
    after: int
    level: int
    closing: bool


def parsed(raw: bytes) -> Part:
    return _Parser(raw).part(0, [], 0, ("text", "plain"))[0]


def header_end(raw: bytes, start: int, end: int) -> int:
    """The offset of the first byte of the body."""
    if raw.startswith(b"\r\n", start, end):
        return start + 2
    found = raw.find(b"\r\n\r\n", start, end)
    return end if found < 0 else found + 4


class _Parser:
    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.count = 0

    def part(
        self, start: int, boundaries: list[bytes], depth: int, default: tuple[str, str]
    ) -> tuple[Part, _Delimiter | None]:
        """The part that begins at `start`, and the delimiter that ended it (None: the message's end)."""
        self.count += 1
        limit = self._next(start, boundaries)
        stop = self._before(limit, start)
        body = header_end(self.raw, start, limit.start if limit else stop)
        stop = max(body, stop)
        headers = fields(self.raw[start:body])
        kind, parameters = content_type(last(headers, "content-type"), default)
        part = Part(start, body, stop, headers, kind, parameters)
        if depth >= MAX_DEPTH or self.count >= MAX_PARTS:
            return part, limit
        boundary = dict(parameters).get("boundary", b"")
        if kind[0] == "multipart" and boundary:
            limit = self._multipart(part, [*boundaries, boundary], depth)
        elif kind == ("message", "rfc822"):
            child, limit = self.part(body, boundaries, depth + 1, ("text", "plain"))
            part.children.append(child)
            part.end = child.end
        return part, limit

    def _multipart(self, part: Part, boundaries: list[bytes], depth: int) -> _Delimiter | None:
        mine = len(boundaries) - 1
        default = ("message", "rfc822") if part.kind[1] == "digest" else ("text", "plain")
        limit = self._next(part.body, boundaries)
        while limit and limit.level == mine and not limit.closing and self.count < MAX_PARTS:
            child, limit = self.part(limit.after, boundaries, depth + 1, default)
            part.children.append(child)
        epilogue = part.body
        if limit and limit.level == mine:
            epilogue = limit.after
            limit = self._next(epilogue, boundaries[:-1])
        part.end = max(epilogue, self._before(limit, part.body))
        return limit

    def _next(self, position: int, boundaries: list[bytes]) -> _Delimiter | None:
        """The next line that is one of the open boundaries, the innermost first."""
        if not boundaries:
            return None
        pattern = re.compile(rb"(?<=\n)--(" + b"|".join(map(re.escape, _longest_last(boundaries))) + rb")")
        found = pattern.search(self.raw, position)
        if not found:
            return None
        line_end = self.raw.find(b"\n", found.end())
        closing = self.raw.startswith(b"--", found.end())
        after = len(self.raw) if line_end < 0 else line_end + 1
        level = len(boundaries) - 1 - boundaries[::-1].index(found[1])
        return _Delimiter(found.start(), after, level, closing)

    def _before(self, limit: _Delimiter | None, start: int) -> int:
        """Where the content before a delimiter ends: the line end in front of it belongs to the delimiter."""
        if limit is None:
            return len(self.raw)
        return max(start, limit.start - 2 if self.raw.endswith(b"\r\n", start, limit.start) else limit.start)


def _longest_last(boundaries: list[bytes]) -> list[bytes]:
    return sorted(boundaries, key=len, reverse=True)
