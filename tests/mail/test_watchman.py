"""What if something goes wrong on the thread that watches all connections?"""

from __future__ import annotations

import errno
import os
import queue
import selectors
from typing import NoReturn

import pytest

from mail import watchman
from mail.bell import Bell
from tests.office import wait_until

ANEW = "begins anew"


def without_files() -> NoReturn:
    raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))


def test_a_fault_that_stays_fills_no_log_and_ends_no_listening(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchman, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(watchman, "RECOVERY_SECONDS", 0.1)
    asked: queue.Queue[str] = queue.Queue()

    def wake(account: str) -> None:
        if account == "gone":
            raise KeyError(account)
        asked.put(account)

    found = watchman.Watchman(wake)
    found.start()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(selectors, "DefaultSelector", without_files)
        found.retry("gone")
        assert wait_until(lambda: caplog.text.count(ANEW) >= 3)
    found.retry("info")
    assert asked.get(timeout=5) == "info"
    assert caplog.text.count(ANEW) < 50
    found.stop()


def test_whoever_rings_when_the_listening_has_ended_is_told_nothing() -> None:
    """A round that ends in this moment, or stop() itself where the thread was faster."""
    bell = Bell()
    bell.close()
    bell.ring()
