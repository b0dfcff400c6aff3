"""Whatever lies in a sandbox's mailbox, describing it never fails and never takes long."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mail.sandbox.headers import addresses
from mail.sandbox.imap_structure import body_structure, envelope
from mail.sandbox.imap_words import Bad, words
from mail.sandbox.mailboxes import Message
from mail.sandbox.mime import Part
from mail.sandbox.search_text import texts_of
from tests.mail.sandbox_letters import LETTERS

_LINES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b",
        b'Content-Type: multipart/mixed; boundary="b',
        b"Content-Type: message/rfc822",
        b"Content-Type: text/plain; charset=hex; a; b=; =c; d*0=e",
        b"Content-Disposition: ;",
        b"Content-Transfer-Encoding: base64",
        b"Subject: =?utf-8?b?!!!?= =?\0?q?=?=",
        b'To: (((, "<>:;@,a@,@b,<c@d',
        b"Date: Mon, 99 Foo 99999 99:99:99 +9999",
        b" folded",
        b"--b",
        b"--b--",
        b"",
        b"\xff\x00\r",
    ]
)  # fmt: skip


def _every_description(raw: bytes) -> list[Part]:
    """All parts, after everything was said about them that IMAP can ask for."""
    message = Message(1, raw, datetime.now(UTC), frozenset(), 1)
    envelope(message.structure)
    for extended in (False, True):
        body_structure(raw, message.structure, extended=extended)
    list(texts_of(message, with_headers=True))
    parts = [message.structure]
    for part in parts:
        parts.extend(part.children)
    return parts


@given(st.one_of(st.binary(), st.lists(_LINES).map(b"\r\n".join)))
@example(b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b")
def test_any_bytes_can_be_described(raw: bytes) -> None:
    for part in _every_description(raw):
        assert 0 <= part.start <= part.body <= part.end <= len(raw)
        assert all(part.body <= child.start <= child.end <= part.end for child in part.children)


@pytest.mark.parametrize("raw", LETTERS)
def test_every_piece_of_a_letter_can_be_described(raw: bytes) -> None:
    for end in range(len(raw)):
        _every_description(raw[:end])


@given(st.lists(st.one_of(st.binary(), st.sampled_from([b"(", b")", b'"', b"a {3}", b"x", b"BODY[a (b)]<0.1>"]))))
def test_any_command_is_read_or_refused(pieces: list[bytes]) -> None:
    with suppress(Bad):  # an answer too
        words([b"".join(pieces), *pieces, b""])


@pytest.mark.parametrize(
    "raw",
    [
        b"x" * 1_000_000,
        b"Subject: " + b"=?utf-8?q?x?= " * 5_000,
        b"To: " + b"a@b.c, " * 20_000,
        b"To: " + b"(" * 200_000,
        b"To: " + b'"' * 200_000,
        b"To: " + b"<" * 200_000,
        b"Content-Type: text/plain" + b";" * 200_000,
        b"Content-Type: text/plain; " + b"a" * 1_000_000,
        b"Content-Type: text/plain; a=" + b'"' * 200_000,
        b"Content-Type: text/plain" + b"; a=b" * 20_000,
        b"a:\r\n" * 100_000,
        b"a:" + b"\r\n " * 200_000,
        b"\r" * 1_000_000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 20_000,
        b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(2_000)),
    ],
    ids=lambda raw: repr(raw[:40]),
)
def test_large_and_nasty_is_not_slow(raw: bytes) -> None:
    begun = time.process_time()
    _every_description(raw)
    assert time.process_time() - begun < 3


def test_addresses_keep_their_order_and_their_names() -> None:
    assert addresses(b'"Meier, M." <m@a.de>, b@c.de (B)') == (
        (b"Meier, M.", None, b"m", b"a.de"),
        (b"B", None, b"b", b"c.de"),
    )
