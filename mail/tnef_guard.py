"""May a library be let loose on this TNEF? Only if all its counts and lengths fit into it: pure, linear.

tnefparse 1.4 believes every count: twenty bytes can make it go round four thousand million times.
"""

from __future__ import annotations

SIGNATURE = 0x223E9F78
OBJECTS = 1_000
DEPTH = 3
COPIED = 4_000_000_000
"""Bytes. The library copies all that is left at each object: so many take a second."""

_HEADER, _TRAILER = 9, 2
_MAPI = frozenset({0x9003, 0x9005})  # attMsgProps, attAttachment
_RECIPIENTS = 0x9004
_FIXED = {0x02: 2, 0x0B: 2, 0x03: 4, 0x04: 4, 0x0A: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = frozenset({0x00, 0x0D, 0x1E, 0x1F, 0x102})
_MULTIPLE, _NAMED = 0x1000, 0x8000
_EMBEDDED = bytes.fromhex("0703020000000000c000000000000046")


class _Unsound(Exception):  # noqa: N818  an answer
    """A count or a length that cannot be."""


def sound(content: bytes, depth: int = 0) -> bool:
    try:
        _walk(content, depth)
    except _Unsound:
        return False
    return True


def _number(data: bytes, at: int, size: int = 4) -> int:
    if at + size > len(data):
        raise _Unsound
    return int.from_bytes(data[at : at + size], "little")


def _walk(content: bytes, depth: int) -> None:
    if depth > DEPTH or _number(content, 0) != SIGNATURE:
        raise _Unsound
    at, count = 6, 0
    while at + _HEADER + _TRAILER < len(content):
        name, length = _number(content, at + 1, 2), _number(content, at + 5)
        end = _within(content, at + _HEADER + length + _TRAILER) - _TRAILER
        count += 1
        if count > OBJECTS or count * len(content) > COPIED:
            raise _Unsound
        body = content[at + _HEADER : end]
        if name in _MAPI:
            _properties(body, 0, depth)
        elif name == _RECIPIENTS:
            _rows(body, depth)
        at = end + _TRAILER


def _rows(data: bytes, depth: int) -> None:
    at, count = 4, _number(data, 0)
    for _ in range(_fitting(count, data, 4)):
        at = _properties(data, at, depth)


def _fitting(count: int, data: bytes, smallest: int) -> int:
    if count * smallest > len(data):
        raise _Unsound
    return count


def _properties(data: bytes, at: int, depth: int) -> int:
    """[MS-OXTNEF] 2.1.3.4, as the library reads it; where it ends."""
    count = _fitting(_number(data, at), data, 4)
    at += 4
    for _ in range(count):
        kind, name = _number(data, at, 2), _number(data, at + 2, 2)
        at = _behind_name(data, at + 4) if name >= _NAMED else at + 4
        values = 1
        if kind & _MULTIPLE:
            kind, values, at = kind ^ _MULTIPLE, _fitting(_number(data, at), data, 2), at + 4
            at = _several(data, at, kind, values, depth)
        else:
            at = _one(data, at, kind, depth)
        at += 2 if values % 2 and _FIXED.get(kind) == 2 else 0  # noqa: PLR2004  padded to four
    return at


def _behind_name(data: bytes, at: int) -> int:
    if _number(data, at + 16) == 0:
        return at + 24
    length = _number(data, at + 20)
    return _within(data, at + 24 + length + -length % 4)


def _several(data: bytes, at: int, kind: int, values: int, depth: int) -> int:
    for _ in range(values):
        at = _within(data, at + _FIXED[kind]) if kind in _FIXED else _value(data, at, kind, depth)
    return at


def _one(data: bytes, at: int, kind: int, depth: int) -> int:
    if kind in _FIXED:
        return _within(data, at + _FIXED[kind])
    count = _fitting(_number(data, at), data, 4)
    at += 4
    for _ in range(count):
        at = _value(data, at, kind, depth)
    return at


def _value(data: bytes, at: int, kind: int, depth: int) -> int:
    if kind not in _VARIABLE:
        raise _Unsound
    length = _number(data, at)
    end = _within(data, at + 4 + length + -length % 4)
    if data[at + 4 : at + 20] == _EMBEDDED:
        _walk(data[at + 20 : end], depth + 1)
    return end


def _within(data: bytes, at: int) -> int:
    if at > len(data):
        raise _Unsound
    return at
