"""How does Outlook pack a message into winmail.dat? As [MS-OXTNEF] has it, for the tests alone."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

RENDERING = 0x9002
_BINARY, _UNICODE, _OBJECT = 0x102, 0x1F, 0x0D


def attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def properties(found: Sequence[tuple[int, int, bytes]]) -> bytes:
    whole = struct.pack("<I", len(found))
    for kind, name, value in found:
        whole += struct.pack("<HHII", kind, name, 1, len(value)) + value + bytes(-len(value) % 4)
    return whole


def winmail(
    files: Mapping[str, bytes], *, html: str = "", text: str = "", embedded: bytes = b"", content_id: str = ""
) -> bytes:
    whole = struct.pack("<IH", 0x223E9F78, 1)
    whole += attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    whole += attribute(1, 0x9007, 6, struct.pack("<II", 1252, 0))
    if text:
        whole += attribute(1, 0x800C, 2, text.encode("cp1252") + b"\0")
    if html:
        whole += attribute(1, 0x9003, 6, properties([(_BINARY, 0x1013, html.encode())]))
    for name, content in files.items():
        whole += attribute(2, RENDERING, 6, bytes(14))
        whole += attribute(2, 0x8010, 1, name.encode("cp1252", "replace")[:8] + b"\0")
        whole += attribute(2, 0x800F, 6, content)
        named = [(_UNICODE, 0x3707, name.encode("utf-16-le") + b"\0\0")]
        named += [(_UNICODE, 0x3712, content_id.encode("utf-16-le") + b"\0\0")] if content_id else []
        whole += attribute(2, 0x9005, 6, properties(named))
    if embedded:
        whole += attribute(2, RENDERING, 6, bytes(14))
        inner = bytes.fromhex("0703020000000000c000000000000046") + embedded
        whole += attribute(2, 0x9005, 6, properties([(_OBJECT, 0x3701, inner)]))
    return whole
