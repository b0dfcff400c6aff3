"""Which notices does a person get, and which were shown already? Each picture is looked at once, on an own thread."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ParamSpec

from auth.provider import Clock
from tray.memory import Memory
from tray.picture import Picture
from tray.reminders import Notice, ended, reminders

log = logging.getLogger(__name__)

P = ParamSpec("P")

AGAIN = timedelta(hours=1)
"""A main app that keeps asking for a token it cannot get may bring the notice up again, but no more often."""


class Notices:
    """Shows each notice once, also after a restart: it is marked as shown, on the disk, before it is."""

    def __init__(
        self,
        *,
        memory: Memory,
        clock: Clock,
        show: Callable[[Notice, Picture], None],
        withdraw: Callable[[str], None],
    ) -> None:
        self._memory = memory
        self._clock = clock
        self._show = show
        self._withdraw = withdraw
        self._before: Picture | None = None
        self._asked: dict[str, datetime] = {}
        self._queue: queue.SimpleQueue[Picture | str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._queue.put(None)
        self._thread.join(5)

    def picture(self, picture: Picture) -> None:
        """Takes note and returns at once."""
        self._queue.put(picture)

    def asked_in_vain(self, account_id: str) -> None:
        """A main app wanted a token or to send, and a person has to act first: say so again."""
        self._queue.put(account_id)

    def _run(self) -> None:
        while (news := self._queue.get()) is not None:
            try:
                if isinstance(news, Picture):
                    self._look(news)
                else:
                    self._again(news)
            except Exception:
                log.exception("a notice could not be shown")

    def _look(self, picture: Picture) -> None:
        shown = self._memory.shown()
        new = reminders(self._before, picture, shown, self._clock())
        if over := ended(picture, shown):
            self._memory.forget_shown(over)
            for key in over:
                self._safely(self._withdraw, key)
        self._before = picture
        if new:
            self._memory.mark_shown({notice.key: notice.account for notice in new}, self._clock())
        for notice in new:
            self._present(notice, picture)

    def _again(self, account_id: str) -> None:
        now, last = self._clock(), self._asked.get(account_id)
        if self._before is None or (last is not None and timedelta() <= now - last < AGAIN):
            return
        due = reminders(None, self._before, frozenset(), now)
        if notice := next((notice for notice in due if notice.account == account_id), None):
            self._present(notice, self._before)

    def _present(self, notice: Notice, picture: Picture) -> None:
        self._asked[notice.account] = self._clock()
        self._safely(self._show, notice, picture)

    @staticmethod
    def _safely(show: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """One that cannot be shown takes none of the others with it: they are marked as shown already."""
        try:
            show(*args, **kwargs)
        except Exception:
            log.exception("a notice could not be shown or withdrawn")
