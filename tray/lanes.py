"""Which job may run now? Threads are bounded, and no server gets so many that a silent one keeps the others waiting.

As with TCP's slow start: a server begins with few at once, each good answer lets in one more, a long silence none but
a few.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

ROOM = 12
"""Jobs of one kind at once."""

FEW, MOST = 2, 8
"""Of these towards one server: one that is new or silent, and one that answers."""

SILENT = 5.0
"""Seconds after which a job that fails has cost more than its turn."""

SLICE = 60.0
"""Seconds after which a job that can go on another time makes room for others."""

Job = Callable[[], bool | None]
"""Whether it went well; None: the server was not asked."""


@dataclass(frozen=True)
class Lane:
    """Where a job queues: with those of its kind, and among these with those towards the same server."""

    kind: str
    server: str = ""


class Turn:
    """When a long job is to end: with the program, or to let others in."""

    def __init__(self, stopping: threading.Event, wanted: Callable[[], bool]) -> None:
        self._stopping = stopping
        self._wanted = wanted
        self._ends = time.monotonic() + SLICE
        self.was_cut = False

    def is_set(self) -> bool:
        self.was_cut = self.was_cut or (time.monotonic() > self._ends and self._wanted())
        return self.was_cut or self._stopping.is_set()


class Lanes:
    """Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rooms: dict[str, Room] = defaultdict(Room)
        self._closed = False

    def put(self, lane: Lane, name: str, job: Job) -> None:
        """It runs on a thread of its own as soon as there is room, those that came earlier first."""
        with self._lock:
            self._rooms[lane.kind].waiting.append((lane.server, name, job))
            self._fill(lane.kind)

    def wanted(self, lane: Lane) -> bool:
        """Whether somebody waits for the room of a job that runs in this lane."""
        with self._lock:
            return self._rooms[lane.kind].wanted(lane.server)

    def close(self) -> None:
        """Nothing starts any more; what runs is not waited for."""
        with self._lock:
            self._closed = True
            self._rooms.clear()

    def _fill(self, kind: str) -> None:
        while not self._closed and (found := self._rooms[kind].take()):
            server, name, job = found
            try:
                threading.Thread(target=self._run, args=(kind, server, job), name=name, daemon=True).start()
            except RuntimeError:  # the system gives no thread just now: its turn comes with whatever ends or comes next
                log.exception("%s waits", name)
                self._rooms[kind].give_back(found)
                return

    def _run(self, kind: str, server: str, job: Job) -> None:
        begun = time.monotonic()
        well = job()
        with self._lock:
            self._rooms[kind].ended(server, well, time.monotonic() - begun)
            self._fill(kind)


class Room:
    """Pure: jobs of one kind, those that run and those that wait."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[str, str, Job]] = deque()
        self._running: Counter[str] = Counter()
        self._share: dict[str, int] = {}  # servers that were heard of → how many at once
        self._silent: set[str] = set()

    def take(self) -> tuple[str, str, Job] | None:
        """The next one that may run."""
        for index, found in enumerate(self.waiting):
            if self._admits(found[0]):
                del self.waiting[index]
                self._running[found[0]] += 1
                return found
        return None

    def give_back(self, found: tuple[str, str, Job]) -> None:
        """It could not begin; the next one again."""
        self.waiting.appendleft(found)
        self.ended(found[0], None, 0)

    def ended(self, server: str, well: bool | None, seconds: float) -> None:  # noqa: FBT001  what the job said
        self._running[server] -= 1
        if not self._running[server]:
            del self._running[server]
        if well:
            self._silent.discard(server)
            self._share[server] = min(self._share.get(server, FEW) + 1, MOST)
        elif well is False and seconds >= SILENT:
            self._silent.add(server)
            self._share[server] = FEW

    def wanted(self, server: str) -> bool:
        """Would the end of a job towards `server` let another one in?"""
        full = self._running.total() >= ROOM
        return any(
            other == server or (full and self._running[other] < self._share.get(other, FEW))
            for other, _, _ in self.waiting
        )

    def _admits(self, server: str) -> bool:
        if self._running.total() >= ROOM or self._running[server] >= self._share.get(server, FEW):
            return False
        # several silent servers share one half, the other stays with those that answer
        return server not in self._silent or sum(self._running[each] for each in self._silent) < ROOM // 2
