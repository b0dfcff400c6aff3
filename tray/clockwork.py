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
from tray.lanes import Job, Lane, Lanes

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=20)
"""How often we look at the clock. A wait does not count the time asleep (Windows 8 and newer, Linux), and APScheduler
waits for ever when the clock is set back (its issues 351 and 752), so long waits alone would oversleep.
"""

JUMP = timedelta(seconds=60)
ANYWHERE = Lane("")

When = Callable[[datetime | None], datetime | None]
"""When did it last begin, if ever → when shall it run, if at all."""


def jumped(before: datetime, now: datetime) -> bool:
    """Between two beats: has the PC slept, or was the clock set? Both clocks are the wall's, in UTC."""
    return now < before - timedelta(seconds=1) or now - before > BEAT + JUMP


class Clockwork:
    """Runs each named job at its time, or as soon after it as its lane has room."""

    def __init__(self, clock: Clock, on_jump: Callable[[], None]) -> None:
        """`on_jump` is called within a beat after the PC slept or the clock was set."""
        self._clock = clock
        self._on_jump = on_jump
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._numbers = count()
        self._planned: dict[str, int] = {}  # jobs that are to run → the number of their latest plan
        self._again: dict[str, tuple[Lane, Job] | None] = {}  # jobs that run → what to run after that
        self._begun: dict[str, datetime] = {}
        self._lanes = Lanes()
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
        self._lanes.close()

    def at(self, job: str, when: datetime, run: Job, lane: Lane = ANYWHERE) -> None:
        """Run it once at that time, in place of whatever was planned under that name.

        Where it still runs then, once more afterwards, however often it was asked for meanwhile.
        """
        with self._lock:
            self._plan(job, when, run, lane)

    def follow_up(self, job: str, when: datetime, run: Job, lane: Lane = ANYWHERE) -> None:
        """As `at`, for a job that plans its own next run: what somebody asked for meanwhile is sooner, and stays."""
        with self._lock:
            planned = self.next_run(job)
            if job not in self._planned or (planned is not None and planned > when):
                self._plan(job, when, run, lane)

    def reconsider(self, job: str, when: When, run: Job, lane: Lane = ANYWHERE) -> bool:
        """As `at`, where `when` says a time, knowing when the job last began: none begins while it thinks."""
        with self._lock:
            chosen = when(self._begun.get(job))
            if chosen:
                self._plan(job, chosen, run, lane)
            return chosen is not None

    def wanted(self, lane: Lane) -> bool:
        """Whether somebody waits for the room of a job that runs in this lane."""
        return self._lanes.wanted(lane)

    def _plan(self, job: str, when: datetime, run: Job, lane: Lane) -> None:
        if not self._stopping.is_set():
            self._planned[job] = number = next(self._numbers)
            turn = partial(self._turn, job, number, run, lane)
            queue = partial(self._lanes.put, lane, job, turn)
            self._scheduler.add_job(queue, "date", run_date=when, id=job, name=job, replace_existing=True)

    def _turn(self, job: str, number: int, run: Job, lane: Lane) -> bool | None:
        with self._lock:
            if self._stopping.is_set() or self._planned.get(job) != number:
                return None  # planned anew, or cancelled, while this waited for room
            del self._planned[job]
            if job in self._again:
                self._again[job] = lane, run
                return None
            self._again[job] = None
            self._begun[job] = self._clock()
        try:
            return run()
        except Exception:
            log.exception("%s", job)
            return None
        finally:
            with self._lock:
                following = self._again.pop(job)
                if following:  # queues anew: others may have waited longer
                    self._plan(job, datetime.now(UTC), following[1], following[0])

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
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    return BackgroundScheduler(
        timezone=UTC,
        executors={"default": DebugExecutor()},  # on its own thread: a job only queues there
        # its default misfire_grace_time would drop every job that is a second late
        job_defaults={"misfire_grace_time": None, "coalesce": True},
    )
