"""What happens to mail once it is here? Into the folder the main app watches, and out when it was kept long enough."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from auth.provider import Clock
from mail.export import export
from mail.problems import StoreProblem
from mail.retention import prune
from tray.journal import Happened
from tray.settings import Account
from tray.stores import Stores

log = logging.getLogger(__name__)


class Filing:
    def __init__(self, stores: Stores, clock: Clock, stop: threading.Event, changed: Callable[[], None]) -> None:
        self._stores = stores
        self._clock = clock
        self._stop = stop
        self._changed = changed
        self._failing: dict[str, str] = {}  # account → code

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what keeps mail from getting where it belongs."""
        return tuple(dict.fromkeys(self._failing.values()))

    def file(self, account: Account) -> None:
        """To be run once at a time for an account. What goes wrong is told, and tried again after the next round."""
        try:
            count = self._file(account)
        except StoreProblem as problem:
            log.warning("%s: not filed: %s (%s)", account.id, problem.code, problem.detail)
            self._tell(account, problem.code)
            return
        if self._failing.pop(account.id, None) or count:
            self._changed()

    def _file(self, account: Account) -> int:
        stores, now, count = self._stores, self._clock(), 0
        if account.export:
            count = export(stores.post, stores.inbox, account.id, account.export, now, self._stop)
        if account.keep_days and not self._stop.is_set():
            prune(stores.post, account.id, now - timedelta(days=account.keep_days))
        return count

    def _tell(self, account: Account, code: str) -> None:
        """Once, and not at each round."""
        if self._failing.get(account.id) != code:
            self._failing[account.id] = code
            try:
                self._stores.journal.note(account.id, Happened.FETCH_FAILED, code)
                self._changed()
            except StoreProblem as problem:
                log.warning("not noted: %s (%s)", problem.code, problem.detail)
