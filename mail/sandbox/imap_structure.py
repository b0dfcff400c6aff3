"""How does IMAP describe a message? ENVELOPE and BODYSTRUCTURE (RFC 3501, 7.4.2) from its tree of parts."""

from __future__ import annotations

from mail.sandbox.headers import Address, Parameters, addresses, parameterised, without_comments
from mail.sandbox.imap_words import string
from mail.sandbox.mime import Part


def envelope(part: Part) -> bytes:
    sender = _addresses(part.all("from"))
    fields = [
        string(part.header("date")),
        string(part.header("subject")),
        sender,
        _addresses(part.all("sender"), sender),
        _addresses(part.all("reply-to"), sender),
        _addresses(part.all("to")),
        _addresses(part.all("cc")),
        _addresses(part.all("bcc")),
        string(part.header("in-reply-to")),
        string(part.header("message-id")),
    ]
    return b"(" + b" ".join(fields) + b")"


def _addresses(values: list[bytes], instead: bytes = b"NIL") -> bytes:
    found = addresses(b", ".join(values))
    return b"(" + b"".join(_address(each) for each in found) + b")" if found else instead


def _address(address: Address) -> bytes:
    return b"(" + b" ".join(map(string, address)) + b")"


_NO_PART = {
    False: b'("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0)',
    True: b'("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL)',
}
"""What a multipart without parts is said to have: the grammar wants one at least."""


def body_structure(raw: bytes, part: Part, *, extended: bool) -> bytes:
    if part.is_multipart:
        children = b"".join(body_structure(raw, child, extended=extended) for child in part.children)
        children = children or _NO_PART[extended]
        tail = [_parameters(part.parameters), *_disposition_and_after(part)] if extended else []
        return b"(" + b" ".join([children, _text(part.kind[1]), *tail]) + b")"
    major, minor = part.kind
    body = raw[part.body : part.end]
    words = [
        _text(major),
        _text(minor),
        _parameters(part.parameters or ((("charset", b"us-ascii"),) if major == "text" else ())),
        string(part.header("content-id")),
        string(part.header("content-description")),
        string(_encoding(part)),
        b"%d" % len(body),
    ]
    if part.is_message:
        child = part.children[0]
        words += [envelope(child), body_structure(raw, child, extended=extended)]
    if part.is_message or major == "text":
        words.append(b"%d" % body.count(b"\n"))
    if extended:
        words += [string(part.header("content-md5")), *_disposition_and_after(part)]
    return b"(" + b" ".join(words) + b")"


def _disposition_and_after(part: Part) -> list[bytes]:
    """Disposition, language and location."""
    disposition = b"NIL"
    value = part.header("content-disposition")
    if value:
        kind, parameters = parameterised(value)
        disposition = b"(%b %b)" % (string(kind), _parameters(parameters))
    return [disposition, _languages(part.header("content-language")), string(part.header("content-location"))]


def _languages(value: bytes | None) -> bytes:
    tags = [each.strip() for each in without_comments(value or b"").split(b",") if each.strip()]
    return b"(" + b" ".join(map(string, tags)) + b")" if tags else b"NIL"


def _parameters(parameters: Parameters) -> bytes:
    if not parameters:
        return b"NIL"
    return b"(" + b" ".join(_text(name) + b" " + string(value) for name, value in parameters) + b")"


def _encoding(part: Part) -> bytes:
    value = without_comments(part.header("content-transfer-encoding") or b"").strip()
    return value or b"7bit"


def _text(value: str) -> bytes:
    return string(value.encode("latin-1"))
