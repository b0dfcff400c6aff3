"""What does the report look like, as JSON and for people? Every text in it has gone through the redaction."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from auth.problems import Fact
from tray.doctor.finding import Finding
from tray.redaction import redact
from tray.texts import Advice, Texts

LevelName = Literal["ok", "note", "fault"]


class Found(msgspec.Struct, frozen=True):
    """What one check found. `because` is the title of the fault that this one only follows from."""

    check: str
    subject: str
    level: LevelName
    code: str
    title: str
    next_step: str
    admin_help: str
    who: Literal["user", "admin", "vendor", "nobody"]
    because: str
    lines: list[str]
    facts: dict[str, str | int | float]


class Report(msgspec.Struct, frozen=True):
    """`headline` and `next_step` say whether something is wrong, and who mends it; `text` is all of it for people."""

    made_at: Annotated[datetime, msgspec.Meta(tz=True)]
    computer: str
    level: LevelName
    headline: str
    next_step: str
    faults: int
    notes: int
    findings: list[Found]
    versions: dict[str, str]
    log: list[str]
    text: str = ""


def report(
    findings: Sequence[Finding], texts: Texts, now: datetime, versions: Mapping[str, str], log: Sequence[str]
) -> Report:
    """`findings` are in the order in which they are to be read."""
    from tray.doctor.wording import as_text

    found = [_found(finding, texts) for finding in findings]
    faults = [each for each in found if each.level == "fault"]
    notes = [each for each in found if each.level == "note"]
    headline, next_step = _first_lines(faults, notes, texts)
    made = Report(
        made_at=now,
        computer=socket.gethostname(),
        level="fault" if faults else "note" if notes else "ok",
        headline=headline,
        next_step=next_step,
        faults=len(faults),
        notes=len(notes),
        findings=found,
        versions={name: redact(value) for name, value in versions.items()},
        log=[redact(line) for line in log],
    )
    return msgspec.structs.replace(made, text=as_text(made, texts))


def _first_lines(faults: Sequence[Found], notes: Sequence[Found], texts: Texts) -> tuple[str, str]:
    if not faults:
        if not notes:
            return texts.say("doctor-headline-ok"), texts.say("doctor-what-nothing")
        first = next((each for each in notes if each.check == "account"), notes[0])
        return texts.say("doctor-headline-ok"), texts.say("doctor-what-notes", count=len(notes), title=_about(first))
    first = faults[0]
    headline = texts.say("doctor-headline-faults", count=len(faults), title=_about(first))
    return headline, texts.say(f"doctor-who-{first.who}", step=first.next_step)


def _about(found: Found) -> str:
    """The title alone, with the account's address where it does not say it."""
    if found.check == "account" and found.subject not in found.title:
        return f"{found.subject}: {found.title}"
    return found.title


def _found(finding: Finding, texts: Texts) -> Found:
    advice = _advice(finding, texts)
    because = _advice(finding.explained_by, texts).title if finding.explained_by else ""
    return Found(
        check=finding.check,
        subject=redact(finding.subject),
        level=finding.level.value,
        code=finding.code,
        title=redact(advice.title),
        next_step=redact(advice.next_step),
        admin_help=redact(advice.admin_help),
        who=finding.who.value,
        because=redact(because),
        lines=[redact(line) for line in finding.lines],
        facts={name: _fact(fact) for name, fact in finding.facts.items()},
    )


def _advice(finding: Finding, texts: Texts) -> Advice:
    return finding.advice or texts.advise(finding.codes, finding.facts)


def _fact(fact: Fact) -> str | int | float:
    return fact if isinstance(fact, int | float) else redact(str(fact))
