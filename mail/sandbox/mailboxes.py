"""What lies in the sandbox's mailboxes? Folders of messages in memory, with UIDs, flags and modification sequences."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from mail.sandbox.mime import Part, parsed

EXCHANGE_FOLDERS: Mapping[str, str] = {
    "INBOX": "",
    "Archive": "\\Archive",
    "Deleted Items": "\\Trash",
    "Drafts": "\\Drafts",
    "Junk Email": "\\Junk",
    "Sent Items": "\\Sent",
}
"""Name and special use of the folders a new mailbox has."""

SYSTEM_FLAGS = ("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft")

_BARE_LF = re.compile(rb"(?<!\r)\n")


def with_crlf(raw: bytes) -> bytes:
    """Mail has CRLF line ends, on every server; a lone LF becomes one, all else stays byte for byte."""
    return raw if raw.count(b"\n") == raw.count(b"\r\n") else _BARE_LF.sub(b"\r\n", raw)


@dataclass(eq=False)
class Message:
    """`raw`, `uid` and `received` never change. `gone` is set when it was expunged."""

    uid: int
    raw: bytes = field(repr=False)
    received: datetime
    flags: frozenset[str]
    modseq: int
    gone: bool = False

    @cached_property
    def structure(self) -> Part:
        return parsed(self.raw)


@dataclass(eq=False)
class Folder:
    """One folder. All access under `lock`, which all folders of a post office share."""

    name: str
    special_use: str
    uidvalidity: int
    lock: threading.RLock
    messages: list[Message] = field(default_factory=list)
    uidnext: int = 1
    highest_modseq: int = 1
    recent_from: int = 1  # messages from this UID on were not yet shown to any session
    keywords: dict[str, str] = field(default_factory=dict)
    watchers: set[Callable[[], None]] = field(default_factory=set)

    def add(self, raw: bytes, flags: Iterable[str] = (), received: datetime | None = None) -> Message:
        with self.lock:
            self.highest_modseq += 1
            when = (received or datetime.now(UTC)).replace(microsecond=0)
            message = Message(self.uidnext, raw, when, self.spelled(flags), self.highest_modseq)
            self.uidnext += 1
            self.messages.append(message)
            self._changed()
            return message

    def set_flags(self, message: Message, flags: Iterable[str]) -> None:
        with self.lock:
            new = self.spelled(flags)
            if message.gone:
                message.flags = new  # as those see it who have not been told that it went
            elif new != message.flags:
                self.highest_modseq += 1
                message.flags, message.modseq = new, self.highest_modseq
                self._changed()

    def remove(self, messages: Iterable[Message]) -> None:
        with self.lock:
            leaving = {message for message in messages if not message.gone}
            if leaving:
                self.highest_modseq += 1
                for message in leaving:
                    message.gone = True
                self.messages = [message for message in self.messages if message not in leaving]
                self._changed()

    def by_uid(self, uid: int) -> Message | None:
        at = bisect_left(self.messages, uid, key=lambda message: message.uid)
        found = self.messages[at] if at < len(self.messages) else None
        return found if found and found.uid == uid else None

    def spelled(self, flags: Iterable[str]) -> frozenset[str]:
        """Flags know no case; a keyword keeps the spelling it had first."""
        system = {flag.lower(): flag for flag in SYSTEM_FLAGS}
        return frozenset(
            system[flag.lower()] if flag.lower() in system else self.keywords.setdefault(flag.lower(), flag)
            for flag in flags
            if flag.lower() != "\\recent"
        )

    def unseen(self) -> int:
        return sum("\\Seen" not in message.flags for message in self.messages)

    def _changed(self) -> None:
        for wake in tuple(self.watchers):
            wake()


@dataclass(eq=False)
class MailboxContent:
    """One person's or one shared mailbox: its folders by name."""

    folders: dict[str, Folder]
    subscribed: set[str]

    def find(self, name: str) -> Folder | None:
        return self.folders.get("INBOX" if name.upper() == "INBOX" else name)

    def with_use(self, special_use: str) -> Folder | None:
        return next((folder for folder in self.folders.values() if folder.special_use == special_use), None)


class Mailboxes:
    """All mailboxes of one post office, by address. They come into being when they are first named."""

    def __init__(self, folders: Mapping[str, str] = EXCHANGE_FOLDERS) -> None:
        self.lock = threading.RLock()
        self._folders = dict(folders)
        self._content: dict[str, MailboxContent] = {}
        self._uidvalidity = int(datetime.now(UTC).timestamp())

    def open(self, address: str) -> MailboxContent:
        with self.lock:
            key = address.casefold()
            if key not in self._content:
                folders = {name: self.new_folder(name, use) for name, use in self._folders.items()}
                self._content[key] = MailboxContent(folders, set(folders))
            return self._content[key]

    def knows(self, address: str) -> bool:
        with self.lock:
            return address.casefold() in self._content

    def new_folder(self, name: str, special_use: str = "") -> Folder:
        with self.lock:
            return Folder(name, special_use, self.new_uidvalidity(), self.lock)

    def new_uidvalidity(self) -> int:
        """Never the same twice, so that a folder made anew under an old name is noticed."""
        with self.lock:
            self._uidvalidity += 1
            return self._uidvalidity
