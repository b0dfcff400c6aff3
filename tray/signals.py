"""Who wants the program to end? The system, the terminal or another program, by a signal."""

from __future__ import annotations

import signal
import threading
from typing import Self


class Signals:
    """The system's and the terminal's wish to end, which may also come while Postwart starts."""

    def __init__(self) -> None:
        self._came = False
        self._stopping: threading.Event | None = None

    def __enter__(self) -> Self:
        numbers = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")]
        self._before = {number: signal.signal(number, self._come) for number in numbers if number is not None}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def end(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        if self._came:
            stopping.set()

    def _come(self, *_: object) -> None:
        self._came = True
        if self._stopping:
            self._stopping.set()
