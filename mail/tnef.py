"""What is in a winmail.dat? Outlook packs attachments and the text into one (TNEF); tnefparse unpacks them.

Whatever cannot be unpacked is left as it is: the main app gets winmail.dat itself.
"""

from __future__ import annotations

import logging
import mimetypes
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from mail.headers import decoded
from mail.tnef_guard import sound

log = logging.getLogger(__name__)
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # what a stranger wrote is no error of this program

LARGEST = 60_000_000
"""Bytes. Exchange takes 150 MB of base64 at the very most, and unpacking needs several times as much memory."""

TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


@dataclass(frozen=True)
class File:
    name: str
    content: bytes = field(repr=False)
    content_id: str = ""

    @property
    def content_type(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(frozen=True)
class Unpacked:
    """All empty: it could not be unpacked, or holds nothing that a person would want."""

    files: tuple[File, ...] = ()
    text: str = ""
    html: str = ""


NOTHING = Unpacked()


@lru_cache(maxsize=1)
def unpacked(content: bytes) -> Unpacked:
    """Never raises. The last one is kept: names, texts and contents are asked for one after the other."""
    if len(content) > LARGEST or not sound(content):
        return NOTHING
    from tnefparse import TNEF  # few mails need it

    try:
        found = TNEF(content, do_checksum=False)
        files = tuple(_file(each) for each in found.attachments if each.data)
        return Unpacked(files, _text(found.body), _text(found.htmlbody))
    except Exception as error:  # noqa: BLE001  a stranger wrote it, and the library raises whatever it meets
        log.info("a winmail.dat cannot be unpacked: %r", error)
        return NOTHING


def _file(attachment: Any) -> File:
    found = {each.name: each.data for each in attachment.mapi_attrs if each.name == _CONTENT_ID}
    return File(
        _text(attachment.long_filename()).strip("\0"),
        _bytes(attachment.data),
        _text(found.get(_CONTENT_ID)).strip("\0<>"),
    )


_CONTENT_ID = 0x3712
"""PidTagAttachContentId ([MS-OXPROPS] 2.593): what a picture in the text is called by."""


def _bytes(value: Any) -> bytes:
    return b"".join(map(_bytes, value)) if isinstance(value, list) else bytes(value)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(_text, value))
    if isinstance(value, bytes):
        return decoded(value).rstrip("\0")
    return str(value or "").rstrip("\0")
