r"""Which of a server's folders does an account want? Pure: wishes and the server's list in, names out.

A wish is a name, a pattern ("Projekte/*") or a use ("\Sent", RFC 6154), which each server names in its own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SENT = "\\Sent"

_UNSELECTABLE = {"\\noselect", "\\nonexistent"}

_USUAL_NAMES = {
    "\\sent": (
        "Sent",
        "Sent Items",
        "Sent Messages",
        "Sent Mail",
        "Gesendet",
        "Gesendete Elemente",
        "Gesendete Objekte",
    ),
    "\\archive": ("Archive", "Archives", "Archiv"),
    "\\drafts": ("Drafts", "Entwürfe"),
    "\\junk": ("Junk", "Junk E-Mail", "Junk-E-Mail", "Junk Email", "Spam"),
    "\\trash": ("Trash", "Deleted Items", "Deleted Messages", "Papierkorb", "Gelöschte Elemente"),
}
"""For servers that do not tell what a folder is used for."""


@dataclass(frozen=True)
class Folder:
    """A line of the server's LIST. `flags` as sent; `delimiter` stands between the levels of a name, empty for none."""

    name: str
    delimiter: str = "/"
    flags: frozenset[str] = frozenset()

    @property
    def selectable(self) -> bool:
        return not _UNSELECTABLE & {flag.lower() for flag in self.flags}


def as_listed(flags: Sequence[bytes], delimiter: bytes | None, name: str | bytes) -> Folder:
    """A line of LIST as IMAPClient reads it; names in modified UTF-7 (RFC 3501) it has decoded."""
    text = name if isinstance(name, str) else name.decode("utf-8", "replace")
    said = frozenset(flag.decode("ascii", "replace") for flag in flags)
    return Folder(text, (delimiter or b"").decode("ascii", "replace"), said)


@dataclass(frozen=True)
class Choice:
    """`missing`: wishes that nothing fits, of those that name one folder; a pattern may fit nothing yet."""

    names: tuple[str, ...]
    missing: tuple[str, ...]


def literal(wishes: Sequence[str]) -> bool:
    """Can all of them be had without asking the server for its list?"""
    return not any(_is_use(wish) or _is_pattern(wish) for wish in wishes)


def watched(wishes: Sequence[str]) -> str:
    """The one folder that is watched for new mail: the first that is named, else the INBOX."""
    return next((wish for wish in wishes if literal([wish])), "INBOX")


def choice(wishes: Sequence[str], listed: Sequence[Folder]) -> Choice:
    """In the order of the wishes, each folder once."""
    names: dict[str, None] = {}
    missing = []
    for wish in wishes:
        found = list(_fitting(wish, [folder for folder in listed if folder.selectable]))
        if not found and not _is_pattern(wish):
            missing.append(wish)
        names.update(dict.fromkeys(found))
    return Choice(tuple(names), tuple(missing))


def _fitting(wish: str, listed: Sequence[Folder]) -> Iterator[str]:
    if _is_use(wish):
        flagged = [folder.name for folder in listed if wish.lower() in {flag.lower() for flag in folder.flags}]
        yield from flagged or _usual(wish.lower(), listed)
    else:
        yield from (folder.name for folder in listed if _expression(wish, folder.delimiter).fullmatch(folder.name))


def _usual(use: str, listed: Sequence[Folder]) -> Iterator[str]:
    """Directly at the top, else directly below the INBOX: what people keep further down is something else."""
    below = {_below_inbox(folder): folder.name for folder in listed}
    places = below | {folder.name: folder.name for folder in listed}
    yield from [places[name] for name in _USUAL_NAMES.get(use, ()) if name in places][:1]


def _below_inbox(folder: Folder) -> str:
    top, delimiter, rest = folder.name.partition(folder.delimiter) if folder.delimiter else (folder.name, "", "")
    return rest if delimiter and top.upper() == "INBOX" else folder.name


def _expression(wish: str, delimiter: str) -> re.Pattern[str]:
    """As IMAP has it: "*" is anything, "%" anything within one level. "/" stands for whatever the server uses.

    INBOX is INBOX in any letters (RFC 9051).
    """
    if wish.upper() == "INBOX":
        return re.compile("INBOX", re.IGNORECASE)
    within = f"[^{re.escape(delimiter)}]*" if delimiter else ".*"
    special = {"*": ".*", "%": within, "/": re.escape(delimiter or "/")}
    return re.compile("".join(special.get(letter, re.escape(letter)) for letter in wish), re.DOTALL)


def _is_use(wish: str) -> bool:
    return wish.startswith("\\")


def _is_pattern(wish: str) -> bool:
    return "*" in wish or "%" in wish
