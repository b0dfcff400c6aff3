"""Must it be read again? Not while nothing was written to the database since."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from mail.database import Database

T = TypeVar("T")

MOST = 4
"""Different questions whose answers are kept."""


class Kept(Generic[T]):
    """The last few answers, one for each question. Nobody may change them. Safe to use from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._answers: dict[Hashable, tuple[int, T]] = {}

    def get(self, question: Hashable, ask: Callable[[], T]) -> T:
        """What `ask` says, or said when nothing had been written since. It may raise; that is not kept."""
        now = self._database.commits  # before asking: what is written meanwhile makes the answer an old one
        found = self._answers.get(question)
        if found is not None and found[0] == now:
            return found[1]
        answer = ask()
        others = [(other, kept) for other, kept in self._answers.items() if kept[0] == now and other != question]
        self._answers = {**dict(others[1 - MOST :]), question: (now, answer)}
        return answer
