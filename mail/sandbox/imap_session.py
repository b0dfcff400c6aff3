"""What does one IMAP client see? Its signed-in mailbox, the folder selected, and what it was told of it so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from mail.mailbox import Protocol
from mail.sandbox.house import House, Session
from mail.sandbox.imap_words import Bad, No, Word, in_set, is_set
from mail.sandbox.mailboxes import SYSTEM_FLAGS, Folder, MailboxContent, Message
from mail.sandbox.wire import Wire

Found = list[tuple[int, Message]]
"""Messages with their sequence numbers."""


@dataclass(eq=False)
class View:
    """A selected folder as this client knows it; sequence numbers change only when the client is told."""

    folder: Folder
    read_only: bool
    messages: list[Message] = field(default_factory=list)
    recent: set[Message] = field(default_factory=set)
    seen_modseq: int = 0
    waiting: bool = False  # an EXPUNGE could not be told yet
    recent_told: int = 0
    keywords_told: int = 0
    told: dict[Message, int] = field(default_factory=dict)  # whose flags the present command tells, as of which MODSEQ

    def take_in(self) -> int:
        """Append what is new in the folder; how many those are."""
        last = self.messages[-1].uid if self.messages else 0
        new = [message for message in self.folder.messages if message.uid > last]
        self.messages += new
        self.recent.update(message for message in new if message.uid >= self.folder.recent_from)
        if not self.read_only:
            self.folder.recent_from = self.folder.uidnext
        return len(new)

    def flags_of(self, message: Message) -> str:
        system = [flag for flag in SYSTEM_FLAGS if flag in message.flags]
        recent = ["\\Recent"] if message in self.recent else []
        return " ".join([*system, *recent, *sorted(message.flags.difference(SYSTEM_FLAGS))])

    def permanent_flags(self) -> str:
        self.keywords_told = len(self.folder.keywords)
        return " ".join([*SYSTEM_FLAGS, *sorted(self.folder.keywords.values())])

    def select(self, word: Word, *, by_uid: bool, strict: bool = True) -> Found:
        """The messages of a set, in ascending order. UIDs that are not there are silently left out.

        A number too high is the client's mistake, unless it is a search that asks.
        """
        if not is_set(word):
            raise Bad("Invalid message set.")
        if not self.messages:
            if by_uid or not strict:
                return []
            raise Bad("The specified message set is invalid.")
        last = self.messages[-1].uid if by_uid else len(self.messages)
        ranges = list(in_set(word, last))
        if strict and not by_uid and any(each[-1] > last for each in ranges):
            raise Bad("The specified message set is invalid.")
        uids = [message.uid for message in self.messages] if by_uid else range(1, last + 1)
        at = {place for each in ranges for place in range(bisect_left(uids, each[0]), bisect_right(uids, each[-1]))}
        return [(place + 1, self.messages[place]) for place in sorted(at)]


class ImapClient(Session):
    protocol = Protocol.IMAP

    def __init__(self, house: House, wire: Wire, *, implicit_tls: bool) -> None:
        super().__init__(house, wire, implicit_tls=implicit_tls)
        self.view: View | None = None
        self.condstore = False
        self.idling = False

    @property
    def mailbox(self) -> MailboxContent:
        return self.house.mailboxes.open(self.address)

    @property
    def selected(self) -> View:
        if self.view is None:
            raise Bad("Command received in Invalid state.")
        return self.view

    @property
    def writable(self) -> View:
        if self.selected.read_only:
            raise No("[READ-ONLY] The folder was opened with EXAMINE.")
        return self.selected

    def must_have_selected(self) -> None:
        """Raises Bad where no folder is."""
        _ = self.selected

    def folder(self, name: str, code: str = "") -> Folder:
        """Raises No with this response code."""
        found = self.mailbox.find(name)
        if found is None:
            raise No(f"{code}{name} doesn't exist.")
        return found

    def open_view(self, folder: Folder, *, read_only: bool) -> View:
        self.close_view()
        self.view = View(folder, read_only)
        with folder.lock:
            self.view.take_in()
            self.view.seen_modseq = folder.highest_modseq
            folder.watchers.add(self.wire.wake)
        return self.view

    def close_view(self) -> None:
        if self.view:
            with self.view.folder.lock:
                self.view.folder.watchers.discard(self.wire.wake)
            self.view = None

    def tell_news(self, *, expunges: bool) -> None:
        """What changed since the client was last told. Not during commands whose numbers an EXPUNGE would shift."""
        view = self.view
        if view is None:
            return
        if view.seen_modseq == view.folder.highest_modseq and not view.waiting:
            view.told.clear()
            return
        with view.folder.lock:
            if expunges:
                self._tell_gone(view)
            self.tell_keywords(view)
            for number, message in enumerate(view.messages, 1):
                if message.modseq > max(view.seen_modseq, view.told.get(message, 0)) and not message.gone:
                    self.say(f"* {number} FETCH ({self.flags_words(message)})")
            view.seen_modseq = view.folder.highest_modseq
            view.told.clear()
            view.waiting = not expunges
            if view.take_in():
                self.say(f"* {len(view.messages)} EXISTS")
            if len(view.recent) != view.recent_told:
                view.recent_told = len(view.recent)
                self.say(f"* {view.recent_told} RECENT")

    def flags_words(self, message: Message, *, by_uid: bool = False) -> str:
        view = self.selected
        uid = f"UID {message.uid} " if by_uid else ""
        modseq = f" MODSEQ ({message.modseq})" if self.condstore else ""
        return f"{uid}FLAGS ({view.flags_of(message)}){modseq}"

    def tell_keywords(self, view: View) -> None:
        if view.keywords_told != len(view.folder.keywords):
            flags = view.permanent_flags()
            self.say(f"* FLAGS ({flags})")
            self.say(rf"* OK [PERMANENTFLAGS ({flags} \*)] Permanent flags.")

    def _tell_gone(self, view: View) -> None:
        for number in range(len(view.messages), 0, -1):
            if view.messages[number - 1].gone:
                view.recent.discard(view.messages.pop(number - 1))
                self.say(f"* {number} EXPUNGE")
