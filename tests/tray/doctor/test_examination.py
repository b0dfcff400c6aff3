"""All checks are made at once, in a bounded time, and none of them can spoil the report."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from tray.doctor.examination import Task, examine
from tray.doctor.finding import Finding, Level, note, ok
from tray.health import Who

SILENT = note("mail", "no_answer", "mail.example")


def found(name: str) -> list[Finding]:
    return [ok("dns", name)]


def test_the_answers_come_in_the_order_of_the_questions() -> None:
    first = threading.Event()

    def late() -> list[Finding]:
        assert first.wait(5)
        return found("late")

    def early() -> Iterator[Finding]:
        first.set()
        yield from found("early")

    assert [each.code for each in examine([Task(late, SILENT), Task(early, SILENT)])] == ["doctor-late", "doctor-early"]


def test_whoever_is_silent_at_the_end_is_told_as_such_and_not_waited_for() -> None:
    never = threading.Event()

    def hangs() -> list[Finding]:
        never.wait(30)
        return []

    begun = time.monotonic()
    findings = examine([*[Task(hangs, SILENT)] * 20, Task(lambda: found("quick"), SILENT)], seconds=0.3)
    never.set()
    assert time.monotonic() - begun < 3
    assert findings == [SILENT] * 20 + found("quick")


def test_a_check_that_breaks_is_a_remark_with_its_reason() -> None:
    def breaks() -> list[Finding]:
        raise ValueError("oh")

    (finding,) = examine([Task(breaks, SILENT)])
    assert (finding.code, finding.level, finding.subject) == ("doctor-check_failed", Level.NOTE, "mail.example")
    assert finding.facts == {"reason": "ValueError: oh"}
    assert finding.who is Who.NOBODY
