"""What does `postwart doctor` do? It looks for itself, since a Postwart that runs may be what is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from auth.problems import Problem
from tray.cli_call import Call, Exit
from tray.cli_output import complain, remark, say, sentence

if TYPE_CHECKING:
    from tray.doctor.report import Report


def doctor(call: Call) -> int:
    """0 nothing is wrong; where something is, 3, 4 or 5 if that is all that is wrong, else 1."""
    import msgspec

    from tray.doctor.doctor import examined
    from tray.doctor.examination import DEADLINE
    from tray.doctor.wording import for_people

    if sys.stderr is not None and sys.stderr.isatty():
        remark(call.texts.say("doctor-looking", seconds=round(DEADLINE)))
    report = examined(call.places, call.texts)
    if call.said.json:
        say(msgspec.json.format(msgspec.json.encode(report)).decode("utf-8"))
        return exit_of(report)
    for line in for_people(report, call.texts):
        say(line)
    _write(report, call)
    return exit_of(report)


def _write(report: Report, call: Call) -> None:
    """On a disk that is full the report is still on the screen."""
    from tray.doctor.file import write

    try:
        file = write(report, call.texts, call.places)
    except Problem as problem:
        complain(sentence(problem, call.texts))
        return
    say("")
    say(call.texts.say("doctor-written", file=str(file)))
    say(call.texts.say("doctor-written-hint"))


def exit_of(report: Report) -> Exit:
    """Pure. What all faults have in common."""
    exits = {
        _exit_of(each.check, str(each.facts.get("state", ""))) for each in report.findings if each.level == "fault"
    }
    if not exits:
        return Exit.DONE
    return exits.pop() if len(exits) == 1 else Exit.FAILED


def _exit_of(check: str, state: str) -> Exit:
    if check == "network":
        return Exit.OFFLINE
    return {"sign_in_required": Exit.SIGN_IN_REQUIRED, "consent_pending": Exit.CONSENT_PENDING}.get(state, Exit.FAILED)
