"""How do all accounts stand right now, and who wants to hear of changes? The only way news travels upwards."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from tray.health import State
from tray.picture import Picture

log = logging.getLogger(__name__)

Watcher = Callable[[Picture], None]
"""Told of each new picture, on the thread that posted it: it takes note and returns at once."""


class Board:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._picture = Picture(State.UNKNOWN)
        self._watchers: list[Watcher] = []
        self._listeners: list[Callable[[], None]] = []

    @property
    def picture(self) -> Picture:
        return self._picture

    def watch(self, watcher: Watcher) -> None:
        """From now on; the watcher is told of today's picture at once."""
        with self._lock:
            self._watchers.append(watcher)
        self._tell(watcher, self._picture)

    def on_news(self, listener: Callable[[], None]) -> None:
        """Told that something has happened, also where the picture is the same after it: one mail came, one was read.

        It takes note and returns at once.
        """
        with self._lock:
            self._listeners.append(listener)

    def post(self, picture: Picture) -> None:
        with self._lock:
            same = picture == self._picture
            self._picture = picture
            watchers = () if same else tuple(self._watchers)
            listeners = tuple(self._listeners)
        for watcher in watchers:
            self._tell(watcher, picture)
        for listener in listeners:
            listener()

    def _tell(self, watcher: Watcher, picture: Picture) -> None:
        try:
            watcher(picture)
        except Exception:
            # one view that fails must not silence the others
            log.exception("a view could not take the new picture")
