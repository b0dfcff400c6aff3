"""How are all checks made at once and in a bounded time? A thread for each; silence is an answer, too."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from tray.doctor.finding import Finding, note

log = logging.getLogger(__name__)

DEADLINE = 15.0
"""Seconds for all checks together. A firewall that drops packets would keep each of them for a minute."""


@dataclass(frozen=True)
class Task:
    """`look` may take its time; `silence` is what it means if it has not come back by the deadline."""

    look: Callable[[], Iterable[Finding]]
    silence: Finding


def examine(tasks: Sequence[Task], seconds: float = DEADLINE) -> list[Finding]:
    """In the order of the tasks. What still waits for somebody is left behind; it ends by its own time limits."""
    until = time.monotonic() + seconds
    answers: SimpleQueue[tuple[int, list[Finding]]] = SimpleQueue()
    for number, task in enumerate(tasks):
        threading.Thread(target=_look, args=(number, task, answers), name="doctor", daemon=True).start()
    found: dict[int, list[Finding]] = {}
    while len(found) < len(tasks):
        try:
            number, findings = answers.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            break
        found[number] = findings
    return [finding for number, task in enumerate(tasks) for finding in found.get(number, [task.silence])]


def _look(number: int, task: Task, answers: SimpleQueue[tuple[int, list[Finding]]]) -> None:
    try:
        findings = list(task.look())
    except Exception as error:
        log.exception("the check %s failed", task.silence.check)
        reason = f"{type(error).__name__}: {error}"
        findings = [note(task.silence.check, "check_failed", task.silence.subject, reason=reason[:300])]
    answers.put((number, findings))
