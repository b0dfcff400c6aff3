"""What does a FETCH show of a message? Each item as a name and the bytes that follow it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from mail.sandbox.imap_session import View
from mail.sandbox.imap_structure import body_structure, envelope
from mail.sandbox.imap_words import Atom, Bad, Word, internal_date
from mail.sandbox.mailboxes import Message
from mail.sandbox.mime import Part

Pieces = Iterable[bytes | memoryview]
Value = Callable[[View, Message], Pieces]


@dataclass(frozen=True)
class Item:
    name: str
    value: Value
    sets_seen: bool = False
    is_body: bool = False


_MACROS = {
    "ALL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"),
    "FAST": ("FLAGS", "INTERNALDATE", "RFC822.SIZE"),
    "FULL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"),
}

_SIMPLE: dict[str, Value] = {
    "UID": lambda _, message: [b"%d" % message.uid],
    "FLAGS": lambda view, message: [f"({view.flags_of(message)})".encode()],
    "INTERNALDATE": lambda _, message: [internal_date(message.received).encode()],
    "RFC822.SIZE": lambda _, message: [b"%d" % len(message.raw)],
    "MODSEQ": lambda _, message: [b"(%d)" % message.modseq],
    "ENVELOPE": lambda _, message: [envelope(message.structure)],
    "BODYSTRUCTURE": lambda _, message: [body_structure(message.raw, message.structure, extended=True)],
    "BODY": lambda _, message: [body_structure(message.raw, message.structure, extended=False)],
}

_SECTION = re.compile(r"BODY(\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?", re.IGNORECASE | re.DOTALL)
_PATH = re.compile(
    r"(\d+(?:\.\d+)*)?\.?(HEADER\.FIELDS\.NOT|HEADER\.FIELDS|HEADER|TEXT|MIME)?(?: \((.*)\))?", re.DOTALL
)


def items_of(asked: Word, *, by_uid: bool = False, with_modseq: bool = False) -> list[Item]:
    """In the order asked; UID and MODSEQ added where the command implies them."""
    names = [_name(each) for each in (asked if isinstance(asked, list) else [asked])]
    if len(names) == 1 and names[0].upper() in _MACROS:
        names = list(_MACROS[names[0].upper()])
    if not names:
        raise Bad("Command Argument Error. 11")
    items = [_item(name) for name in names]
    have = {item.name for item in items}
    first = [Item("UID", _SIMPLE["UID"])] if by_uid and "UID" not in have else []
    last = [Item("MODSEQ", _SIMPLE["MODSEQ"])] if with_modseq and "MODSEQ" not in have else []
    return [*first, *items, *last]


def _name(word: Word) -> str:
    if isinstance(word, list):
        raise Bad("Command Argument Error. 11")
    return word.decode("latin-1")


def _item(name: str) -> Item:
    upper = name.upper()
    if upper in _SIMPLE:
        return Item(upper, _SIMPLE[upper])
    old = {"RFC822": "BODY[]", "RFC822.HEADER": "BODY.PEEK[HEADER]", "RFC822.TEXT": "BODY[TEXT]"}
    found = _SECTION.fullmatch(old.get(upper, name))
    if not found:
        raise Bad("Command Argument Error. 11")
    peek, section, offset, count = found.groups()
    value = _section_value(section)
    if offset is not None:
        value = partial(_cut, value, int(offset), int(count))
    shown = f"BODY[{_shown(section)}]" + (f"<{offset}>" if offset is not None else "")
    return Item(upper if upper in old else shown, partial(_literal, value), sets_seen=not peek, is_body=True)


def _shown(section: str) -> str:
    """As it comes back: the keywords in capitals."""
    head, parenthesis, names = section.partition("(")
    return head.upper() + parenthesis + names.upper()


Data = Callable[[Message], bytes | memoryview]


def _literal(data: Data, _view: View, message: Message) -> Pieces:
    if message.gone:
        return [b"NIL"]
    found = data(message)
    return [b"{%d}\r\n" % len(found), found]


def _cut(data: Data, offset: int, count: int, message: Message) -> bytes | memoryview:
    return data(message)[offset : offset + count]


def _section_value(section: str) -> Data:
    found = _PATH.fullmatch(section.strip())
    if not found or (found[3] is not None) != (found[2] or "").upper().startswith("HEADER.FIELDS"):
        raise Bad("Invalid BODY[] section.")
    path = [int(each) for each in found[1].split(".")] if found[1] else []
    what, names = (found[2] or "").upper(), tuple(each.strip('"').lower() for each in (found[3] or "").split())
    if what == "MIME" and not path:
        raise Bad("Invalid BODY[] section.")
    return partial(_section, path, what, names)


def _section(path: list[int], what: str, names: tuple[str, ...], message: Message) -> bytes | memoryview:
    raw = memoryview(message.raw)
    if not path and not what:
        return raw
    part = _at(message.structure, path)
    if part is None:
        return b""
    if not what:
        return raw[part.body : part.end]
    if what == "MIME":
        return raw[part.start : part.body]
    if path:  # HEADER and TEXT of a part mean those of the message within it
        if not part.is_message:
            return b""
        part = part.children[0]
    if what == "TEXT":
        return raw[part.body : part.end]
    header = raw[part.start : part.body]
    return header if what == "HEADER" else chosen_fields(bytes(header), names, wanted=what == "HEADER.FIELDS")


def _at(part: Part, path: list[int]) -> Part | None:
    """Section numbers count a multipart's children; of anything else, 1 is the thing itself."""
    found, from_multipart = part, False
    for place, wanted in enumerate(path):
        entered = bool(place) and found.is_message
        if entered:
            found = found.children[0]
        if found.is_multipart:
            if not 0 < wanted <= len(found.children):
                return None
            found, from_multipart = found.children[wanted - 1], True
        elif wanted != 1 or not (from_multipart or entered or not place):
            return None
    return found


_FIELD = re.compile(rb"[^\r\n][^\r\n]*(?:\r(?!\n)[^\r\n]*)*\r\n(?:[ \t][^\n]*\n)*|[^\r\n][^\n]*\Z")


def chosen_fields(header: bytes, names: tuple[str, ...], *, wanted: bool) -> bytes:
    kept = [
        line
        for line in _FIELD.findall(header)
        if (line.partition(b":")[0].strip().decode("latin-1").lower() in names) == wanted
    ]
    return b"".join(kept) + (b"\r\n" if wanted or header.endswith(b"\n\r\n") or header == b"\r\n" else b"")


__all__ = ["Atom", "Item", "chosen_fields", "items_of"]
