"""What do messages and letters look like on the wire?"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from tray.api.types import Moment

LetterState = Literal["queued", "sending", "sent", "failed", "unconfirmed"]


class MessageListed(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """A line of the listing. `date` is the sender's claim, `arrived_at` when it was fetched."""

    id: int
    account: str
    folder: str
    sender: str
    to: list[str]
    subject: str
    date: Moment | None
    arrived_at: Moment
    size: int
    attachments: list[str]
    done: bool


class MessageList(msgspec.Struct, frozen=True):
    """In the order of arrival. Pass `next` as `after` for what comes after these; it stays where it is while nothing
    new is there. `more`: there is more already.
    """

    messages: list[MessageListed]
    next: int
    more: bool


class Attachment(msgspec.Struct, frozen=True):
    number: int
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str


class Header(msgspec.Struct, frozen=True):
    name: str
    value: str


class Message(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """All of it but the attachments' contents. `html` is as foreign as it came: show it in a sandbox or not at all."""

    id: int
    account: str
    folder: str
    sender: str
    to: list[str]
    cc: list[str]
    reply_to: list[str]
    subject: str
    date: Moment | None
    arrived_at: Moment
    message_id: str
    size: int
    done: bool
    text: str
    html: str
    headers: list[Header]
    attachments: list[Attachment]


class AttachmentIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content` in base64."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


class LetterIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A letter to be made and sent. Addresses are `name@example.org` or `Name <name@example.org>`."""

    to: list[str] = []
    cc: list[str] = []
    bcc: list[str] = []
    subject: str = ""
    text: str = ""
    html: str = ""
    attachments: list[AttachmentIn] = []


class Letter(msgspec.Struct, frozen=True):
    """How a letter stands. `code` to `admin_help` say why it waits, failed or is unconfirmed; `refused` are recipients
    that the server did not take, with its words. `next_try_at` of an unconfirmed letter: when Postwart looks into the
    folder of sent mail; null: it cannot find out more, and you decide.
    """

    id: int
    account: str
    state: LetterState
    to: list[str]
    message_id: str
    size: int
    accepted_at: Moment
    attempts: int
    next_try_at: Moment | None
    ended_at: Moment | None
    refused: dict[str, str]
    code: str | UnsetType = UNSET
    server_code: str | UnsetType = UNSET
    answer: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    next_step: str | UnsetType = UNSET
    admin_help: str | UnsetType = UNSET


class LetterList(msgspec.Struct, frozen=True):
    letters: list[Letter]
    next: int
    more: bool
