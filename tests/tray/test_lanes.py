"""Threads are bounded, and a silent server keeps nobody waiting but those who need it."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from tests.office import wait_until
from tray import lanes
from tray.lanes import FEW, MOST, ROOM, SILENT, Lane, Lanes, Room, Turn


def queue(room: Room, server: str, count: int) -> None:
    room.waiting.extend((server, server, lambda: True) for _ in range(count))


def begun(room: Room) -> list[str]:
    """All that may start now."""
    servers = []
    while found := room.take():
        servers.append(found[0])
    return servers


def test_a_server_begins_with_few_and_gets_one_more_for_each_good_answer() -> None:
    room = Room()
    queue(room, "good", 50)
    assert begun(room) == ["good"] * FEW
    for allowed in range(FEW + 1, MOST + 1):
        room.ended("good", True, 0.1)
        assert begun(room) == ["good"] * 2  # the one that ended, and one more
        assert room._running["good"] == allowed
    room.ended("good", True, 0.1)
    assert begun(room) == ["good"]


def test_a_long_silence_leaves_a_server_but_few() -> None:
    room = Room()
    queue(room, "once good", 30)
    for _ in range(10):
        begun(room)
        room.ended("once good", True, 0.1)
    assert len(begun(room)) > 0
    for _ in range(MOST):
        room.ended("once good", False, SILENT)
    queue(room, "once good", 30)
    assert begun(room) == ["once good"] * FEW


@pytest.mark.parametrize("said", [(False, 0.1), (None, 0.0), (None, SILENT)])
def test_a_quick_refusal_or_no_question_at_all_says_nothing_about_the_server(said: tuple[bool | None, float]) -> None:
    room = Room()
    queue(room, "server", 10)
    begun(room)
    room.ended("server", *said)
    assert begun(room) == ["server"]


def test_silent_servers_together_leave_half_the_room_to_the_others() -> None:
    room = Room()
    for number in range(10):
        queue(room, f"silent {number}", 2)
    for server in begun(room):
        room.ended(server, False, SILENT)
    while room.waiting:  # all have had their first turn
        for server in begun(room):
            room.ended(server, False, SILENT)
    for number in range(10):
        queue(room, f"silent {number}", 2)
    assert len(begun(room)) == ROOM // 2
    queue(room, "good", 5)
    assert begun(room) == ["good"] * FEW


def test_who_came_first_goes_first() -> None:
    room = Room()
    queue(room, "a", 3)
    queue(room, "b", 3)
    assert begun(room) == ["a", "a", "b", "b"]
    room.ended("b", None, 0)
    room.ended("a", None, 0)
    assert begun(room) == ["a", "b"]


def test_room_is_wanted_by_whoever_would_get_in() -> None:
    room = Room()
    queue(room, "a", FEW)
    begun(room)
    assert not room.wanted("a")
    queue(room, "b", FEW + 1)
    begun(room)
    assert not room.wanted("a")  # another one towards b would not get in by that
    assert room.wanted("b")


@pytest.fixture
def hall() -> Lanes:
    return Lanes()


def test_kinds_of_jobs_have_rooms_of_their_own(hall: Lanes) -> None:
    go, ended = threading.Event(), list[str]()
    for number in range(2 * ROOM):
        hall.put(Lane("check", str(number)), "check", lambda: bool(go.wait(10)))
    hall.put(Lane("fetch", "1"), "fetch", lambda: ended.append("fetch"))
    assert wait_until(lambda: ended == ["fetch"])
    assert sum(thread.name == "check" for thread in threading.enumerate()) == ROOM
    go.set()
    assert wait_until(lambda: not any(thread.name == "check" for thread in threading.enumerate()))


def test_what_waits_when_all_is_closed_never_runs(hall: Lanes) -> None:
    go, ran = threading.Event(), list[int]()
    for _ in range(FEW):
        hall.put(Lane("fetch", "a"), "fetch", lambda: bool(go.wait(10)))
    hall.put(Lane("fetch", "a"), "late", lambda: ran.append(1))
    hall.close()
    go.set()
    hall.put(Lane("fetch", "a"), "later", lambda: ran.append(2))
    assert wait_until(lambda: not any(thread.name == "fetch" for thread in threading.enumerate()))
    assert not ran


def test_a_job_for_which_the_system_has_no_thread_runs_when_the_next_comes(
    hall: Lanes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[str] = []

    def none_left(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as short:
        short.setattr(threading.Thread, "start", none_left)
        for name in ("first", "second"):
            hall.put(Lane("fetch", "a"), name, partial(ran.append, name))
    assert "first waits" in caplog.text
    hall.put(Lane("fetch", "b"), "third", lambda: ran.append("third"))
    assert wait_until(lambda: sorted(ran) == ["first", "second", "third"])


@pytest.mark.parametrize("wanted", [True, False])
def test_a_long_job_makes_room_only_where_somebody_waits(monkeypatch: pytest.MonkeyPatch, *, wanted: bool) -> None:
    assert not Turn(threading.Event(), lambda: wanted).is_set()
    monkeypatch.setattr(lanes, "SLICE", -1.0)
    turn = Turn(threading.Event(), lambda: wanted)
    assert (turn.is_set(), turn.was_cut) == (wanted, wanted)


def test_a_turn_ends_with_the_program() -> None:
    stopping = threading.Event()
    turn = Turn(stopping, lambda: True)
    stopping.set()
    assert turn.is_set()
    assert not turn.was_cut
