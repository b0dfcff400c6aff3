"""Does a message survive SMTP, and can nothing be smuggled in with it?"""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mail.wire_format import dot_stuffed


def unstuffed(wire: bytes) -> bytes:
    """As a server reads it (RFC 5321, 4.5.2)."""
    return b"".join(line[1:] if line.startswith(b".") else line for line in re.findall(rb".*?\r\n", wire, re.DOTALL))


@given(st.lists(st.sampled_from([b"a", b".", b"..", b"\r\n", b"\r", b"\n", b"\xff", b".\r\n"])))
def test_no_message_can_end_before_its_end(parts: list[bytes]) -> None:
    wire = dot_stuffed(b"".join(parts))
    assert not wire.startswith(b".\r\n")
    assert b"\r\n.\r\n" not in wire
    assert wire.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", wire)


@given(st.lists(st.binary(max_size=8).map(lambda line: re.sub(rb"[\r\n]", b".", line)), min_size=1))
def test_a_message_in_order_arrives_as_it_was(lines: list[bytes]) -> None:
    raw = b"".join(line + b"\r\n" for line in lines)
    assert unstuffed(dot_stuffed(raw)) == raw


def test_a_message_in_order_is_not_copied() -> None:
    raw = b"Subject: x\r\n\r\ntext\r\n"
    assert dot_stuffed(raw) is raw
