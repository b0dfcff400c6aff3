"""Where does what blocks run? In small pools by what it may wait for, so that none waits for what it does not need."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    def __init__(self, size: int = 8) -> None:
        self._quick = _Pool("api-quick", size)
        self._token = _Pool("api-token", size)
        self._change = _Pool("api-change", size)
        self._slow = _Pool("api-slow", size)

    async def quick(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What reads or writes the databases on this PC."""
        return await asyncio.wrap_future(self._quick.submit(lambda: work(*args, **kwargs)))

    async def token(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What asks the keyring and the identity provider now and then."""
        return await asyncio.wrap_future(self._token.submit(lambda: work(*args, **kwargs)))

    async def change(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ends something: a sign-in, a session, an account. It may wait for the provider's last answer."""
        return await asyncio.wrap_future(self._change.submit(lambda: work(*args, **kwargs)))

    async def slow(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What talks to mail servers."""
        return await asyncio.wrap_future(self._slow.submit(lambda: work(*args, **kwargs)))

    def begin(self, work: Callable[[], None]) -> None:
        """What nobody waits for; that it failed stands in the log."""
        self._quick.submit(work).add_done_callback(_log_fault)

    def stop(self) -> None:
        """What runs comes to its end by itself; nothing new begins."""
        for pool in (self._quick, self._token, self._change, self._slow):
            pool.stop()


class _Pool:
    """Daemon threads, begun when needed, asleep when idle. ThreadPoolExecutor's would hold up the program's end until
    the last server has answered.
    """

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._threads = 0
        self._idle = 0
        self._waiting = 0

    def submit(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        with self._lock:
            self._work.put(lambda: _fulfil(future, work))
            self._waiting += 1
            if self._waiting > self._idle and self._threads < self._size:
                self._threads += 1
                threading.Thread(target=self._run, name=f"{self._name}-{self._threads}", daemon=True).start()
        return future

    def stop(self) -> None:
        for _ in range(self._size):
            self._work.put(None)

    def _run(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            work = self._work.get()
            if work is None:
                return
            with self._lock:
                self._idle -= 1
                self._waiting -= 1
            work()
            del work  # what it returned is not kept until the next call


def _log_fault(future: Future[None]) -> None:
    if not future.cancelled() and (fault := future.exception()):
        log.error("work that nobody waits for has failed", exc_info=fault)


def _fulfil(future: Future[T], work: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return  # the caller has gone
    try:
        future.set_result(work())
    except BaseException as fault:  # noqa: BLE001  handed on to the one who waits for it
        future.set_exception(fault)
