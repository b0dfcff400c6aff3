"""Where do the headers and parts of a message begin and end? Pure, for any bytes: linear, limited, never raises.

The standard library's parser reads 30 MB/s, raises on some headers and takes quadratic time on others; fetched mail
comes faster than that and from strangers. Only positions are noted here, nothing is copied or decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from mail.headers import Parameters, parameters

HEADER_BYTES = 262_144
HEADER_FIELDS = 1_000
PARTS = 1_000
DEPTH = 20
CANDIDATES = 10_000
"""How often a boundary is looked for: one of a single hyphen may stand everywhere."""

NEWLINE = 0x0A

_HEADERS_END = re.compile(rb"\n\r?\n")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_BLANK_LINE = re.compile(rb"\r?\n|\Z")
_REST_OF_LINE = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r?\Z)")


@dataclass(frozen=True)
class Part:
    """A message or one of its parts. `start` and `end` are the body's positions; a multipart has `parts`.

    `first`: of each name, in small letters, the first field.
    """

    headers: tuple[tuple[str, bytes], ...]
    first: Mapping[str, bytes]
    start: int
    end: int
    content: Parameters
    parts: tuple[Part, ...] = ()

    def header(self, name: str) -> bytes:
        """The first field of that name, unfolded; empty where there is none."""
        return self.first.get(name, b"")

    def leaves(self) -> Iterator[Part]:
        """The parts that hold something, in their order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass
class _Walk:
    """Through one message; `left` is how many parts it may still have."""

    raw: bytes
    left: int = PARTS

    def part(self, start: int, end: int, default: str, depth: int) -> Part:
        self.left -= 1
        headers, body = _headers(self.raw, start, end)
        first = {name.lower(): value for name, value in reversed(headers)}
        content = parameters(first.get("content-type", b""))
        if "/" not in content.value:
            content = Parameters(default, content.items)
        boundary = content.items.get("boundary", "").rstrip()
        parts: tuple[Part, ...] = ()
        if content.value.startswith("multipart/") and boundary and depth < DEPTH:
            inner = "message/rfc822" if content.value == "multipart/digest" else "text/plain"
            spans = _spans(self.raw, body, end, boundary.encode())
            parts = tuple(self.part(first, last, inner, depth + 1) for first, last in islice(spans, PARTS) if self.left)
        return Part(headers, first, body, end, content, parts)


def split(raw: bytes) -> Part:
    return _Walk(raw).part(0, len(raw), "text/plain", 0)


def _headers(raw: bytes, start: int, end: int) -> tuple[tuple[tuple[str, bytes], ...], int]:
    """The unfolded fields, and where the body begins. Lines that are no field are passed over."""
    limit = min(end, start + HEADER_BYTES)
    if first := _BLANK_LINE.match(raw, start, end):
        return (), first.end()
    stop = _HEADERS_END.search(raw, start, limit)
    fields: list[tuple[str, bytes]] = []
    for line in _FOLD.sub(b"", raw[start : stop.start() if stop else limit]).split(b"\n"):
        field, colon, value = line.partition(b":")
        name = field.strip()
        if colon and b" " not in name and len(fields) < HEADER_FIELDS:
            fields.append((name.decode("latin-1"), value.strip()))
    return tuple(fields), stop.end() if stop else limit


def _spans(raw: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """The parts between the boundary's lines; a missing last line is as if it stood at the end.

    Searched by find(): a regular expression of each message's own boundary takes longer to compile than to run.
    """
    mark = b"--" + boundary
    opened = -1
    position = start
    for _ in range(CANDIDATES):
        at = raw.find(mark, position, end)
        if at < 0:
            break
        position = at + len(mark)
        rest = _REST_OF_LINE.match(raw, position, end)
        if not rest or not (at == start or raw[at - 1] == NEWLINE):
            continue
        if opened >= 0:
            yield opened, max(at - (2 if raw[at - 2 : at] == b"\r\n" else 1), opened)
        if rest[1]:
            return
        opened = position = rest.end()
    if opened >= 0:
        yield opened, end
