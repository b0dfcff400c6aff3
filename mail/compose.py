"""How does a letter become bytes and an envelope? Made from its fields, or taken as a finished message."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address as WrittenAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import uuid4

from mail.addressing import LetterUnfit, recipient, recipients, unique
from mail.database import utc_now
from mail.headers import Address, text_of
from mail.send import Envelope

__all__ = ["Enclosure", "Envelope", "LetterUnfit", "compose", "from_raw"]

_POLICY = SMTP.clone(cte_type="7bit")
"""ASCII only, so that every server takes it."""

_CONTENT_TYPE = re.compile(r"([a-z0-9][a-z0-9!#$&^_.+-]*)/([a-z0-9][a-z0-9!#$&^_.+-]*)", re.IGNORECASE)
_LINE_END = re.compile(rb"\r\n|\r|\n")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_BREAK = re.compile(r"[\r\n\x00]")
_RECIPIENTS = {"to", "cc", "bcc"}
_NOT_FOR_ALL_EYES = {"bcc", "resent-bcc"}


@dataclass(frozen=True)
class Enclosure:
    """A file to go with a letter."""

    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"


def compose(
    sender: str,
    *,
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    subject: str = "",
    text: str = "",
    html: str = "",
    attachments: Sequence[Enclosure] = (),
    now: datetime | None = None,
) -> Envelope:
    """A letter from its fields. Each address is `name@example.org` or `Name <name@example.org>`. Raises LetterUnfit."""
    author = recipient(sender)
    seen, unseen = ([recipient(each) for each in (*to, *cc)], [recipient(each) for each in bcc])
    plain = all(each.address.isascii() for each in (author, *seen))
    message = EmailMessage(policy=_POLICY if plain else _POLICY.clone(utf8=True))
    message["From"] = _written([author])
    for name, found in (("To", seen[: len(to)]), ("Cc", seen[len(to) :])):
        if found:
            message[name] = _written(found)
    message["Subject"] = _one_line(subject, "subject")
    _fill(message, text, html)
    for each in attachments:
        _enclose(message, each)
    missing, message_id = _missing({"from"}, author.address, now or utc_now())
    files = [(each.name, each.content_type, hashlib.sha256(each.content).hexdigest()) for each in attachments]
    source = json.dumps([sender, *map(list, (to, cc, bcc)), subject, text, html, files]).encode()
    everybody = [each.address for each in seen + unseen]
    return _envelope(author.address, everybody, missing + message.as_bytes(), message_id, source)


def from_raw(sender: str, raw: bytes, *, now: datetime | None = None) -> Envelope:
    """A finished message, as it is but for line ends (CRLF), Bcc (taken out) and what is missing of From, Date and
    Message-ID (added in front). Recipients are those in To, Cc and Bcc. Raises LetterUnfit.
    """
    author = recipient(sender)
    if not raw.strip():
        raise LetterUnfit(code="empty_message")
    lines = _LINE_END.sub(b"\r\n", raw) + (b"" if raw.endswith((b"\r", b"\n")) else b"\r\n")
    head, _, body = lines.partition(b"\r\n\r\n")
    fields = _fields(head.removesuffix(b"\r\n"))
    everybody = [address for name, line in fields if name in _RECIPIENTS for address in recipients(_value(line))]
    missing, message_id = _missing({name for name, _ in fields}, author.address, now or utc_now())
    message_id = next((text_of(_value(line)) for name, line in fields if name == "message-id"), message_id)
    kept = b"".join(line for name, line in fields if name not in _NOT_FOR_ALL_EYES)
    return _envelope(author.address, everybody, missing + kept + b"\r\n" + body, message_id, raw)


def _fields(head: bytes) -> list[tuple[str, bytes]]:
    """Names in small letters, and the fields with their line ends. Raises LetterUnfit where a line is no field: servers
    take it for the end of the header.
    """
    fields: list[tuple[str, list[bytes]]] = []
    for number, line in enumerate(head.split(b"\r\n"), 1):
        if line[:1] in {b" ", b"\t"} and fields:
            fields[-1][1].append(line + b"\r\n")
        elif found := _FIELD.match(line):
            fields.append((found[1].decode("ascii").lower(), [line + b"\r\n"]))
        else:
            raise LetterUnfit(code="bad_message", line=number)
    return [(name, b"".join(lines)) for name, lines in fields]


def _value(line: bytes) -> bytes:
    return line.partition(b":")[2].replace(b"\r\n", b"").strip()


def _envelope(sender: str, everybody: Iterable[str], raw: bytes, message_id: str, source: bytes) -> Envelope:
    to = unique(everybody)
    if not to:
        raise LetterUnfit(code="no_recipient")
    return Envelope(sender, to, raw, message_id, hashlib.sha256(source).hexdigest())


def _missing(present: set[str], sender: str, now: datetime) -> tuple[bytes, str]:
    """What every letter needs and this one lacks, and the Message-ID for it.

    Written by hand: the library encodes a long Message-ID until nobody knows it again.
    """
    message_id = f"<{uuid4()}@{sender.rpartition('@')[2]}>"
    needed = {
        "from": f"From: {sender}",
        "date": f"Date: {format_datetime(now)}",
        "message-id": f"Message-ID: {message_id}",
    }
    return "".join(f"{line}\r\n" for name, line in needed.items() if name not in present).encode("ascii"), message_id


def _written(found: Sequence[Address]) -> list[WrittenAddress]:
    pairs = ((each.name, *each.address.rsplit("@", 1)) for each in found)
    return [WrittenAddress(_clean(name), local.strip('"'), domain) for name, local, domain in pairs]


def _one_line(text: str, name: str) -> str:
    """A line break would begin a header of the caller's choice."""
    if _BREAK.search(text):
        raise LetterUnfit(code="bad_header", field=name)
    return _clean(text)


def _clean(text: str) -> str:
    """Half of a surrogate pair, as some programs cut one off, has no bytes."""
    return text.encode("utf-8", "replace").decode()


def _fill(message: EmailMessage, text: str, html: str) -> None:
    if text or not html:
        message.set_content(_clean(text))
    if text and html:
        message.add_alternative(_clean(html), subtype="html")
    elif html:
        message.set_content(_clean(html), subtype="html")


def _enclose(message: EmailMessage, enclosure: Enclosure) -> None:
    found = _CONTENT_TYPE.fullmatch(enclosure.content_type)
    if not found:
        raise LetterUnfit(code="bad_content_type", content_type=enclosure.content_type[:200])
    kind, subkind = found[1].lower(), found[2].lower()
    if kind in {"message", "multipart"}:  # may not be base64, so its bytes would not arrive as they are
        kind, subkind = "application", "octet-stream"
    name = _one_line(enclosure.name, "attachments")
    message.add_attachment(enclosure.content, maintype=kind, subtype=subkind, filename=name or None)
