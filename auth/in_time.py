"""How is an answer waited for that nobody can cut short? On a thread of its own, which is left alone at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillWaiting
from contextlib import suppress
from typing import TypeVar

from auth.problems import SignInProblem
from auth.provider import Attempt

T = TypeVar("T")
_POLL_SECONDS = 0.1


def in_time(ask: Callable[[], T], attempt: Attempt) -> T:
    """What `ask` returns or raises. SignInProblem where the attempt is cancelled or its time is up before.

    An answer that comes later is dropped; `ask` must change nothing that others see.
    """
    answer: Future[T] = Future()
    threading.Thread(target=_answer, args=(ask, answer), name="sign-in by the system", daemon=True).start()
    until = time.monotonic() + attempt.time_limit.total_seconds()
    while not attempt.cancelled.is_set() and time.monotonic() < until:
        with suppress(StillWaiting):
            return answer.result(timeout=_POLL_SECONDS)
    raise SignInProblem(code="sign_in_cancelled" if attempt.cancelled.is_set() else "sign_in_timed_out")


def _answer(ask: Callable[[], T], answer: Future[T]) -> None:
    try:
        answer.set_result(ask())
    except BaseException as error:  # noqa: BLE001  raised again where it is waited for
        answer.set_exception(error)
