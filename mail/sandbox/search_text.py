"""Which words are in a message? Its text parts and headers as readable, case-folded text."""

from __future__ import annotations

import binascii
import quopri
from base64 import b64decode
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from mail.sandbox.headers import without_comments
from mail.sandbox.mailboxes import Message
from mail.sandbox.mime import Part


def texts_of(message: Message, *, with_headers: bool) -> Iterator[str]:
    yield from _texts(message.raw, message.structure, with_headers=with_headers)


def _texts(raw: bytes, part: Part, *, with_headers: bool) -> Iterator[str]:
    if with_headers:
        yield "\r\n".join(f"{name}: {readable(value)}" for name, value in part.headers).lower()
    for child in part.children:
        yield from _texts(raw, child, with_headers=with_headers)
    if not part.children and part.kind[0] == "text":
        charset = dict(part.parameters).get("charset", b"utf-8").decode("latin-1")
        yield _decoded(_plain(raw[part.body : part.end], part), charset).lower()


def readable(value: bytes) -> str:
    """A header's value with its encoded words decoded, as far as they can be."""
    plain = value.decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(plain)))
    except (ValueError, LookupError, HeaderParseError):
        return plain


def _plain(body: bytes, part: Part) -> bytes:
    encoding = without_comments(part.header("content-transfer-encoding") or b"").strip().lower()
    if encoding == b"quoted-printable":
        return quopri.decodestring(body)
    if encoding == b"base64":
        try:
            return b64decode(body)
        except binascii.Error:
            return body
    return body


def _decoded(text: bytes, charset: str) -> str:
    try:
        return text.decode(charset, "replace")
    except (LookupError, ValueError):
        return text.decode("utf-8", "replace")
