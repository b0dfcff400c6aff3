"""When does something run next? One APScheduler job per account and duty; sleep and clock jumps are noticed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from auth.provider import Clock

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=20)
"""How often we look at the clock. A wait does not count the time asleep (Windows 8 and newer, Linux), and APScheduler
waits for ever when the clock is set back (its issues 351 and 752), so long waits alone would oversleep.
"""

JUMP = timedelta(seconds=60)
WORKERS = 8
_ANY_NUMBER = 1_000_000


def jumped(before: datetime, now: datetime) -> bool:
    """Between two beats: has the PC slept, or was the clock set? Both clocks are the wall's, in UTC."""
    return now < before - timedelta(seconds=1) or now - before > BEAT + JUMP


class Clockwork:
    """Runs each named job at its time, on a pool of threads."""

    def __init__(self, clock: Clock, on_jump: Callable[[], None]) -> None:
        """`on_jump` is called within a beat after the PC slept or the clock was set."""
        self._clock = clock
        self._on_jump = on_jump
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._numbers = count()
        self._planned: dict[str, int] = {}  # jobs that are to run → the number of their latest plan
        self._again: dict[str, Callable[[], None] | None] = {}  # jobs that run → what to run after that
        self._scheduler = _scheduler()
        self._heart = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._scheduler.start()
        self._heart.start()

    def stop(self) -> None:
        """Nothing starts any more; what runs is not waited for."""
        with self._lock:
            self._stopping.set()
        self._scheduler.remove_all_jobs()  # a job that is just being begun would not be found at the shutdown
        self._scheduler.shutdown(wait=False)

    def at(self, job: str, when: datetime, run: Callable[[], None]) -> None:
        """Run it once at that time, in place of whatever was planned under that name.

        Where it still runs then, once more afterwards, however often it was asked for meanwhile.
        """
        with self._lock:
            self._plan(job, when, run)

    def follow_up(self, job: str, when: datetime, run: Callable[[], None]) -> None:
        """As `at`, for a job that plans its own next run: what somebody asked for meanwhile is sooner, and stays."""
        with self._lock:
            planned = self.next_run(job)
            if job not in self._planned or (planned is not None and planned > when):
                self._plan(job, when, run)

    def _plan(self, job: str, when: datetime, run: Callable[[], None]) -> None:
        if not self._stopping.is_set():
            self._planned[job] = number = next(self._numbers)
            turn = partial(self._turn, job, number, run)
            self._scheduler.add_job(turn, "date", run_date=when, id=job, name=job, replace_existing=True)

    def _turn(self, job: str, number: int, run: Callable[[], None]) -> None:
        with self._lock:
            if self._planned.get(job) != number:
                return  # planned anew, or cancelled, while this waited for a free worker
            del self._planned[job]
            if job in self._again:
                self._again[job] = run
                return
            self._again[job] = None
        following: Callable[[], None] | None = run
        while following:
            try:
                following()
            except Exception:
                log.exception("%s", job)
            with self._lock:
                following = None if self._stopping.is_set() else self._again[job]
                if following:
                    self._again[job] = None
                else:
                    del self._again[job]

    def cancel(self, job: str) -> None:
        from apscheduler.jobstores.base import JobLookupError

        with self._lock:
            self._planned.pop(job, None)
            with suppress(JobLookupError):  # it has begun already
                self._scheduler.remove_job(job)

    def next_run(self, job: str) -> datetime | None:
        planned = self._scheduler.get_job(job)
        when: datetime | None = getattr(planned, "next_run_time", None)
        return when.astimezone(UTC) if when else None

    def _beat(self) -> None:
        before = self._clock()
        while not self._stopping.wait(BEAT.total_seconds()):
            now = self._clock()
            if jumped(before, now):
                log.info("the clock jumped from %s to %s: looking again at everything", before, now)
                try:
                    self._on_jump()
                except Exception:
                    log.exception("after a clock jump")
            before = now


def _scheduler() -> BackgroundScheduler:
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    return BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(WORKERS)},
        # misfire_grace_time: its default would drop every job that is a second late.
        # max_instances: it would skip what is asked for at the moment when a job ends; we see to it ourselves
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": _ANY_NUMBER},
    )
