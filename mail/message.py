"""What does a message say? Pure: from its raw bytes the line of a listing, the whole text, or one attachment.

Never raises, for any bytes: what cannot be read is passed over or shown as it is.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from mail import headers, mime, tnef
from mail.headers import Address
from mail.mime import Part

LISTED = 100
"""Recipients and attachments that a listing names."""

_EXTENSIONS = {
    "application/pdf": "pdf",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "message/rfc822": "eml",
    "text/calendar": "ics",
    "text/html": "html",
    "text/plain": "txt",
}
_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True)
class Summary:
    """A line of a listing. `date` is the sender's claim, in UTC."""

    sender: Address | None
    recipients: tuple[Address, ...]
    subject: str
    date: datetime | None
    message_id: str
    attachments: tuple[str, ...]


@dataclass(frozen=True)
class Attachment:
    """`name` is fit for a file: without path, drive or control characters. `size` is that of the content."""

    number: int
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str


@dataclass(frozen=True)
class Message:
    """All of it but the attachments' contents. `headers` are decoded, in their order."""

    headers: tuple[tuple[str, str], ...]
    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    date: datetime | None
    message_id: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]


def summary(raw: bytes) -> Summary:
    message = mime.split(raw)
    return Summary(
        sender=_sender(message),
        recipients=(_addresses(message, "to") + _addresses(message, "cc"))[:LISTED],
        subject=headers.text_of(message.header("subject")),
        date=headers.date_of(message.header("date")),
        message_id=headers.text_of(message.header("message-id")),
        attachments=tuple(_name(each, number) for number, each in enumerate(_attached(raw, message)[:LISTED])),
    )


def parse(raw: bytes) -> Message:
    message = mime.split(raw)
    shown = [part for part in message.leaves() if not _is_attachment(part)]
    packed = next((tnef.unpacked(_content(raw, part)) for part in message.leaves() if _is_packed(part)), tnef.NOTHING)
    return Message(
        headers=tuple((name, headers.text_of(value)) for name, value in message.headers),
        sender=_sender(message),
        to=_addresses(message, "to"),
        cc=_addresses(message, "cc"),
        reply_to=_addresses(message, "reply-to"),
        subject=headers.text_of(message.header("subject")),
        date=headers.date_of(message.header("date")),
        message_id=headers.text_of(message.header("message-id")),
        text=_joined(raw, shown, "text/plain") or packed.text,
        html=_joined(raw, shown, "text/html") or packed.html,
        attachments=tuple(_attachment(raw, each, number) for number, each in enumerate(_attached(raw, message))),
    )


def attachment(raw: bytes, number: int) -> tuple[Attachment, bytes] | None:
    """None: there is no attachment of that number."""
    found = _attached(raw, mime.split(raw))
    if not 0 <= number < len(found):
        return None
    return _attachment(raw, found[number], number), found[number].content(raw)


def _sender(message: Part) -> Address | None:
    return next(iter(_addresses(message, "from") or _addresses(message, "sender")), None)


def _addresses(message: Part, name: str) -> tuple[Address, ...]:
    return headers.addresses(message.header(name))


def _is_attachment(part: Part) -> bool:
    """What is not shown as the message's text: also an inline picture, a calendar entry, a forwarded message."""
    if part.content.value not in {"text/plain", "text/html"} and not part.content.value.startswith("multipart/"):
        return True
    disposition = headers.parameters(part.header("content-disposition"))
    return disposition.value == "attachment" or "filename" in disposition.items or "name" in part.content.items


@dataclass(frozen=True)
class _Attached:
    """A part of the message, or a file out of a part that is a winmail.dat."""

    part: Part
    file: tnef.File | None = None

    @property
    def declared(self) -> str:
        if self.file:
            return self.file.name
        disposition = headers.parameters(self.part.header("content-disposition"))
        return disposition.items.get("filename") or self.part.content.items.get("name") or ""

    @property
    def kind(self) -> str:
        kind = self.file.content_type if self.file else self.part.content.value
        return kind if _CONTENT_TYPE.fullmatch(kind) else "application/octet-stream"

    def content(self, raw: bytes) -> bytes:
        return self.file.content if self.file else _content(raw, self.part)


def _attached(raw: bytes, message: Part) -> list[_Attached]:
    found: list[_Attached] = []
    for part in message.leaves():
        if _is_packed(part) and (files := tnef.unpacked(_content(raw, part)).files):
            found += [_Attached(part, file) for file in files]
        elif _is_attachment(part):
            found.append(_Attached(part))
    return found


def _is_packed(part: Part) -> bool:
    return part.content.value in tnef.TYPES or (
        part.content.value == "application/octet-stream" and _Attached(part).declared.lower() == "winmail.dat"
    )


def _name(each: _Attached, number: int) -> str:
    text = headers.text_of(each.declared)  # encoded words have no place here, and many programs write them
    name = _UNSAFE_IN_NAMES.sub("_", re.split(r"[/\\]", text)[-1]).strip(". ")[-200:]
    return name or f"attachment-{number + 1}.{_EXTENSIONS.get(each.kind, 'bin')}"


def _attachment(raw: bytes, each: _Attached, number: int) -> Attachment:
    content_id = each.file.content_id if each.file else headers.text_of(each.part.header("content-id"))
    return Attachment(
        number=number,
        name=_name(each, number),
        content_type=each.kind,
        size=len(each.content(raw)),
        inline=headers.parameters(each.part.header("content-disposition")).value == "inline" and not each.file,
        content_id=content_id.strip("<>"),
    )


def _content(raw: bytes, part: Part) -> bytes:
    body = raw[part.start : part.end]
    match headers.text_of(part.header("content-transfer-encoding")).lower():
        case "base64":
            return headers.from_base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(body)
    return body


def _joined(raw: bytes, parts: list[Part], kind: str) -> str:
    """Some programs cut the text in pieces, with pictures between them."""
    texts = [
        headers.decoded(_content(raw, part), part.content.items.get("charset", ""))
        for part in parts
        if part.content.value == kind or (kind == "text/plain" and part.content.value.startswith("multipart/"))
    ]
    return "\n".join(text.replace("\r\n", "\n") for text in texts)
