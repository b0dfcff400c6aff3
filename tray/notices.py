"""Which notices does a person get, and which were shown already? Each picture is looked at once, on an own thread."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from auth.provider import Clock
from tray import insisting
from tray.memory import Memory
from tray.notice import Answer, Notice, Told
from tray.office_hours import is_quiet, quiet_ends
from tray.picture import Picture
from tray.reminders import ended, reminders, standing
from tray.settings import Notify

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

AGAIN = timedelta(hours=1)
"""A main app that keeps asking for a token it cannot get may bring the notice up again, but no more often."""

LONGEST_WAIT = timedelta(minutes=5)
"""Between two looks at the clock: sleep and clock jumps are noticed by it."""


def _no_mail(_notice: Notice, _picture: Picture) -> bool:
    return False


_SHORTEST_WAIT = timedelta(seconds=1)


def _signs_in(picture: Picture, notice: Notice) -> bool:
    account = picture.account(notice.account)
    return account is not None and account.sign_in_running


def _no_banner(_notices: tuple[Notice, ...]) -> None:
    """Nobody shows one."""


class Notices:
    """Shows each notice once, also after a restart: it is marked as shown, on the disk, before it is. One that nobody
    answers comes again, then goes into the main app's banner, then to the office's contact.
    """

    def __init__(
        self,
        *,
        memory: Memory,
        clock: Clock,
        show: Callable[[Notice, Picture], None],
        withdraw: Callable[[str], None],
        settings: Callable[[], Notify] = Notify,
        banner: Callable[[tuple[Notice, ...]], None] = _no_banner,
        mail: Callable[[Notice, Picture], bool] = _no_mail,
    ) -> None:
        """`banner` is given what is to stand there from now on. `mail` writes to the contact; False: it cannot now."""
        self._memory = memory
        self._clock = clock
        self._show = show
        self._withdraw = withdraw
        self._settings = settings
        self._banner = banner
        self._mail = mail
        self._before: Picture | None = None  # what was last looked at outside of quiet hours
        self._latest: Picture | None = None
        self._asked: dict[str, datetime] = {}
        self._queue: queue.SimpleQueue[Picture | str | tuple[str, Answer] | None] = queue.SimpleQueue()
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

    def answered(self, key: str, answer: Answer) -> None:
        """What the person did with the notification of that key."""
        self._queue.put((key, answer))

    def _run(self) -> None:
        wait = LONGEST_WAIT
        while True:
            try:
                news = self._queue.get(timeout=wait.total_seconds())
            except queue.Empty:
                news = self._latest
            else:
                if news is None:
                    return
            try:
                self._take(news)
                wait = self._wait()
            except Exception:
                log.exception("a notice could not be shown")

    def _take(self, news: Picture | str | tuple[str, Answer] | None) -> None:
        if isinstance(news, Picture):
            self._latest = news
            self._look(news)
        elif isinstance(news, str):
            self._again(news)
        elif news is not None:
            self._note(*news)

    def _wait(self) -> timedelta:
        """Until the next notice may be due."""
        now = self._clock()
        if is_quiet(now, self._settings()):
            return min(max(quiet_ends(now, self._settings()) - now, _SHORTEST_WAIT), LONGEST_WAIT)
        to_come = [told.again_at for told in self._memory.told().values() if told.again_at and told.again_at > now]
        return min(max(min(to_come, default=now + LONGEST_WAIT) - now, _SHORTEST_WAIT), LONGEST_WAIT)

    def _look(self, picture: Picture) -> None:
        now, told = self._clock(), self._memory.told()
        over = ended(picture, told.keys())
        for key in over:
            self._safely(self._withdraw, key)
        if is_quiet(now, self._settings()):
            return  # nothing is forgotten meanwhile, so all of it comes afterwards
        new = reminders(self._before, picture, told.keys(), now)
        troubles = standing(picture, now)
        due = [troubles[key] for key, each in told.items() if key in troubles and insisting.is_due(each, now)]
        again = [notice for notice in due if not _signs_in(picture, notice)]
        if over:
            self._memory.forget_told(over)
        self._before = picture
        counted = {notice.key: insisting.told(notice, told.get(notice.key), now) for notice in (*new, *again)}
        if counted:
            accounts = {notice.key: notice.account for notice in (*new, *again)}
            self._memory.keep_told({key: (accounts[key], each) for key, each in counted.items()}, now)
        for notice in (*new, *again):
            self._present(notice, picture)
        self._escalate(picture, troubles, told | counted, now)

    def _escalate(
        self, picture: Picture, notices: Mapping[str, Notice], told: Mapping[str, Told], now: datetime
    ) -> None:
        ignored = [notice for key, notice in notices.items() if key in told and insisting.in_banner(notice, told[key])]
        self._safely(self._banner, tuple(ignored))
        for notice in ignored:
            if insisting.by_mail(notice, told[notice.key]) and self._safely(self._mail, notice, picture):
                mailed = replace(told[notice.key], mailed=True)
                self._memory.keep_told({notice.key: (notice.account, mailed)}, now)

    def _note(self, key: str, answer: Answer) -> None:
        before = self._memory.told().get(key)
        if before is None or self._latest is None:
            return  # mended meanwhile
        now = self._clock()
        if notice := standing(self._latest, now).get(key):
            self._memory.keep_told({key: (notice.account, insisting.answered(notice, before, answer, now))}, now)
            self._look(self._latest)

    def _again(self, account_id: str) -> None:
        now, last = self._clock(), self._asked.get(account_id)
        if self._latest is None or is_quiet(now, self._settings()):
            return
        if last is not None and timedelta() <= now - last < AGAIN:
            return
        due = reminders(None, self._latest, frozenset(), now)
        if notice := next((notice for notice in due if notice.account == account_id), None):
            self._present(notice, self._latest)

    def _present(self, notice: Notice, picture: Picture) -> None:
        self._asked[notice.account] = self._clock()
        self._safely(self._show, notice, picture)

    @staticmethod
    def _safely(show: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """One that cannot be shown takes none of the others with it: they are marked as shown already."""
        try:
            return show(*args, **kwargs)
        except Exception:
            log.exception("a notice could not be shown or withdrawn")
            return None
