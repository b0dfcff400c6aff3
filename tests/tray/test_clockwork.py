"""Jobs run at their time; sleep and a set clock are noticed within a beat."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tray import clockwork
from tray.clockwork import Clockwork
from tray.lanes import FEW


class Turned:
    """The real time, turned by as much as a test likes."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


@pytest.fixture
def jumps() -> list[datetime]:
    return []


@pytest.fixture
def clock() -> Turned:
    return Turned()


@pytest.fixture
def works(clock: Turned, jumps: list[datetime], monkeypatch: pytest.MonkeyPatch) -> Iterator[Clockwork]:
    monkeypatch.setattr(clockwork, "BEAT", timedelta(milliseconds=50))
    made = Clockwork(clock, lambda: jumps.append(clock()))
    made.start()
    yield made
    made.stop()


def wait_for(condition: object, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if callable(condition) and condition():
            return True
        time.sleep(0.01)
    return False


def test_a_job_runs_at_its_time_and_once(works: Clockwork) -> None:
    runs: list[float] = []
    begun = time.monotonic()
    works.at("job", datetime.now(UTC) + timedelta(seconds=0.3), lambda: runs.append(time.monotonic() - begun))
    assert works.next_run("job")
    assert wait_for(lambda: runs)
    assert runs[0] >= 0.25
    time.sleep(0.2)
    assert len(runs) == 1
    assert works.next_run("job") is None


def test_planning_again_replaces_what_was_planned(works: Clockwork) -> None:
    runs: list[str] = []
    works.at("job", datetime.now(UTC) + timedelta(hours=1), lambda: runs.append("old"))
    works.at("job", datetime.now(UTC), lambda: runs.append("new"))
    assert wait_for(lambda: runs == ["new"])


def test_a_job_that_is_late_by_hours_still_runs(works: Clockwork) -> None:
    runs: list[int] = []
    works.at("job", datetime.now(UTC) - timedelta(hours=8), lambda: runs.append(1))
    assert wait_for(lambda: runs == [1])


def test_a_job_asked_for_while_it_runs_runs_once_more_afterwards(
    works: Clockwork, caplog: pytest.LogCaptureFixture
) -> None:
    running, go, runs = threading.Event(), threading.Event(), list[int]()
    guard = threading.Lock()

    def job() -> None:
        with guard:
            running.set()
            go.wait(5)
            runs.append(1)

    works.at("job", datetime.now(UTC), job)
    assert running.wait(5)
    for _ in range(10):  # however often
        works.at("job", datetime.now(UTC), job)
        time.sleep(0.01)
    go.set()
    assert wait_for(lambda: len(runs) == 2)
    time.sleep(0.2)
    assert len(runs) == 2
    assert "skipped" not in caplog.text


def test_a_job_that_is_due_while_it_is_reconsidered_runs_once(works: Clockwork) -> None:
    """As a check that is overdue when the PC wakes up, just when all are planned anew."""
    runs: list[int] = []

    def later(begun: datetime | None) -> datetime:
        assert begun is None
        time.sleep(0.3)
        return datetime.now(UTC)

    works.at("job", datetime.now(UTC) + timedelta(seconds=0.1), lambda: runs.append(1))
    assert works.reconsider("job", later, lambda: runs.append(1))
    assert wait_for(lambda: runs)
    time.sleep(0.2)
    assert runs == [1]


def test_a_job_that_has_just_begun_is_known_as_such_when_it_is_reconsidered(works: Clockwork) -> None:
    before, seen = datetime.now(UTC), list[datetime | None]()
    ran = threading.Event()
    works.at("job", before, ran.set)
    assert ran.wait(5)
    assert not works.reconsider("job", seen.append, ran.clear)
    assert seen[0]
    assert seen[0] >= before
    assert ran.is_set()


def test_nothing_that_is_asked_for_while_a_job_ends_is_forgotten(works: Clockwork) -> None:
    """As the letters that are accepted all the time while others are sent."""
    asked, done, seen = 0, 0, list[int]()

    def job() -> None:
        nonlocal done
        done = asked

    for _ in range(300):
        asked += 1
        works.at("job", datetime.now(UTC), job)
        time.sleep(0.001)
        seen.append(done)
    assert wait_for(lambda: done == asked)
    assert len(set(seen)) > 10


def test_a_job_that_plans_its_next_run_pushes_nothing_away_that_was_asked_for(works: Clockwork) -> None:
    now, runs = datetime.now(UTC), list[str]()
    works.at("job", now + timedelta(seconds=0.3), lambda: runs.append("asked for"))
    works.follow_up("job", now + timedelta(hours=1), lambda: runs.append("planned"))
    assert wait_for(lambda: runs == ["asked for"])
    works.follow_up("job", now, lambda: runs.append("planned"))
    assert wait_for(lambda: runs == ["asked for", "planned"])


def test_a_job_that_waits_for_a_worker_and_is_planned_anew_meanwhile_runs_once(works: Clockwork) -> None:
    """As after sleep: what is overdue is begun at once, and then everything gets its turn."""
    go, runs, busy = threading.Event(), list[str](), list[int]()

    def hold() -> None:
        busy.append(1)
        go.wait(10)

    for number in range(FEW):
        works.at(f"busy {number}", datetime.now(UTC), hold)
    assert wait_for(lambda: len(busy) == FEW)
    works.at("job", datetime.now(UTC), lambda: runs.append("overdue"))
    works.at("gone", datetime.now(UTC), lambda: runs.append("gone"))
    assert wait_for(lambda: works.next_run("job") is None and works.next_run("gone") is None)
    works.follow_up("job", datetime.now(UTC) + timedelta(hours=1), lambda: runs.append("much later"))
    assert works.next_run("job") is None  # what was asked for comes first
    works.at("job", datetime.now(UTC) + timedelta(seconds=0.3), lambda: runs.append("its turn"))
    works.cancel("gone")
    go.set()
    assert wait_for(lambda: runs)
    time.sleep(0.5)
    assert runs == ["its turn"]


def test_a_job_that_fails_runs_again_all_the_same(works: Clockwork, caplog: pytest.LogCaptureFixture) -> None:
    runs: list[int] = []

    def job() -> None:
        runs.append(1)
        raise ZeroDivisionError

    works.at("job", datetime.now(UTC), job)
    assert wait_for(lambda: "ZeroDivisionError" in caplog.text)
    works.at("job", datetime.now(UTC), job)
    assert wait_for(lambda: len(runs) == 2)


@pytest.mark.parametrize("jump", [timedelta(hours=8), timedelta(days=3650), timedelta(hours=-2), timedelta(days=-3650)])
def test_sleep_and_a_set_clock_are_noticed_once(
    works: Clockwork, clock: Turned, jumps: list[datetime], jump: timedelta
) -> None:
    assert works.next_run("nothing") is None
    time.sleep(0.2)
    assert not jumps
    clock.by += jump
    assert wait_for(lambda: jumps)
    time.sleep(0.3)
    assert len(jumps) == 1
