"""Which messages does a SEARCH mean? Its keys as one question that is put to each message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email.utils import parsedate_to_datetime

from mail.sandbox.imap_session import View
from mail.sandbox.imap_words import Bad, No, Word, is_set, keyword, number, read_date, text
from mail.sandbox.mailboxes import Message
from mail.sandbox.search_text import readable, texts_of

Question = Callable[[int, Message], bool]

_FLAGS = {
    "ANSWERED": "\\Answered", "DELETED": "\\Deleted", "DRAFT": "\\Draft", "FLAGGED": "\\Flagged", "SEEN": "\\Seen",
}  # fmt: skip
_ADDRESSES = ("FROM", "TO", "CC", "BCC")


def criteria(words: list[Word], view: View) -> tuple[Question, bool]:
    """The question, and whether it asks about MODSEQ (the answer then names the highest)."""
    if keyword(words[0]) == "CHARSET":
        if text(words[1]).upper() not in ("UTF-8", "US-ASCII"):
            raise No("[BADCHARSET] The charset is not supported.")
        words = words[2:]
    reader = _Reader(list(words), view)
    return reader.all(), reader.asks_modseq


class _Reader:
    def __init__(self, words: list[Word], view: View) -> None:
        self.words, self.view = words, view
        self.asks_modseq = False

    def all(self) -> Question:
        questions = []
        while self.words:
            questions.append(self.one())
        if not questions:
            raise Bad("Command Argument Error. 11")
        return lambda n, message: all(question(n, message) for question in questions)

    def next(self) -> Word:
        if not self.words:
            raise Bad("Command Argument Error. 11")
        return self.words.pop(0)

    def one(self) -> Question:
        word = self.next()
        if isinstance(word, list):
            inner = _Reader(list(word), self.view)
            question = inner.all()
            self.asks_modseq = self.asks_modseq or inner.asks_modseq
            return question
        if is_set(word):
            return self._in_set(word, by_uid=False)
        key = keyword(word)
        return self._logical(key) or self._by_flag(key) or self._by_date_or_size(key) or self._by_text(key)

    def _logical(self, key: str) -> Question | None:
        if key == "ALL":
            return lambda *_: True
        if key == "NOT":
            denied = self.one()
            return lambda n, message: not denied(n, message)
        if key == "OR":
            left, right = self.one(), self.one()
            return lambda n, message: left(n, message) or right(n, message)
        if key == "UID":
            return self._in_set(self.next(), by_uid=True)
        if key == "MODSEQ":
            self.asks_modseq = True
            least = self.next()
            if not (isinstance(least, bytes) and least.isdigit()):  # an entry name and its kind come first
                self.next()
                least = self.next()
            wanted = number(least)
            return lambda _, message: message.modseq >= wanted
        return None

    def _in_set(self, word: Word, *, by_uid: bool) -> Question:
        chosen = {message for _, message in self.view.select(word, by_uid=by_uid, strict=False)}
        return lambda _, message: message in chosen

    def _by_flag(self, key: str) -> Question | None:
        recent = self.view.recent
        if key in _FLAGS:
            return lambda _, message: _FLAGS[key] in message.flags
        if key.removeprefix("UN") in _FLAGS:
            return lambda _, message: _FLAGS[key.removeprefix("UN")] not in message.flags
        if key in ("KEYWORD", "UNKEYWORD"):
            wanted = text(self.next()).lower()
            return lambda _, message: (wanted in map(str.lower, message.flags)) == (key == "KEYWORD")
        if key == "NEW":
            return lambda _, message: message in recent and "\\Seen" not in message.flags
        if key in ("RECENT", "OLD"):
            return lambda _, message: (message in recent) == (key == "RECENT")
        return None

    def _by_date_or_size(self, key: str) -> Question | None:
        if key in ("LARGER", "SMALLER"):
            size = number(self.next())
            return lambda _, message: len(message.raw) > size if key == "LARGER" else len(message.raw) < size
        plain = key.removeprefix("SENT")
        if plain not in ("SINCE", "BEFORE", "ON"):
            return None
        wanted = read_date(text(self.next()))
        day_of = _sent_on if key.startswith("SENT") else _received_on

        def question(_: int, message: Message) -> bool:
            day = day_of(message)
            return day >= wanted if plain == "SINCE" else day < wanted if plain == "BEFORE" else day == wanted

        return question

    def _by_text(self, key: str) -> Question:
        if key in ("TEXT", "BODY"):
            wanted = text(self.next()).lower()
            return lambda _, message: any(wanted in each for each in texts_of(message, with_headers=key == "TEXT"))
        if key == "HEADER":
            name = text(self.next()).lower()
        elif key in (*_ADDRESSES, "SUBJECT"):
            name = key.lower()
        else:
            raise Bad("Command Argument Error. 11")
        wanted = text(self.next()).lower()
        return lambda _, message: any(
            wanted in readable(value).lower() for each, value in message.structure.headers if each == name
        )


def _received_on(message: Message) -> date:
    return message.received.date()


def _sent_on(message: Message) -> date:
    """A letter without a readable date counts as very old."""
    try:
        return parsedate_to_datetime((message.structure.header("date") or b"").decode("latin-1")).date()
    except ValueError:
        return date.min
