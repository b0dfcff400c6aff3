"""How does the report read? What is wrong and who mends it comes first, the technical part last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tray.texts import Texts

if TYPE_CHECKING:
    from tray.doctor.report import Found, Report

_SIGNS = {"fault": "✗", "note": "!", "ok": "✓"}
_INDENT = "  "


def as_text(report: Report, texts: Texts) -> str:
    """All of it, as it goes into the file for the hotline."""
    lines = [*for_people(report, texts), *_technical(report, texts)]
    return "\n".join(lines) + "\n"


def for_people(report: Report, texts: Texts) -> Iterator[str]:
    """What is worth reading on a screen."""
    yield report.headline
    yield report.next_step
    yield ""
    when = f"{report.made_at.astimezone():%Y-%m-%d %H:%M}"
    yield texts.say("doctor-about", computer=report.computer, when=when, version=report.versions.get("Postwart", ""))
    for section in ("fault", "note", "follows", "ok"):
        if found := [each for each in report.findings if _section(each) == section]:
            yield ""
            yield texts.say(f"doctor-section-{section}", count=len(found))
            for each in found:
                yield from _lines(each, texts)


def _section(found: Found) -> str:
    return "follows" if found.because else found.level


def _lines(found: Found, texts: Texts) -> Iterator[str]:
    subject = f"{found.subject}: " if found.subject and found.subject not in found.title else ""
    yield f"{_INDENT}{_SIGNS[found.level]} {subject}{found.title}"
    if found.level == "ok":
        return
    if found.because:
        yield f"{2 * _INDENT}{texts.say('doctor-because', title=found.because)}"
        return
    yield from (f"{2 * _INDENT}{line}" for line in found.lines)
    if found.next_step:
        yield f"{2 * _INDENT}{found.next_step}"
    if found.admin_help:
        yield f"{2 * _INDENT}{texts.say('cli-admin', help=found.admin_help)}"


def _technical(report: Report, texts: Texts) -> Iterator[str]:
    yield ""
    yield texts.say("doctor-section-details")
    for each in report.findings:
        facts = "; ".join(f"{name}={value}" for name, value in each.facts.items() if value != "")
        yield f"{_INDENT}[{each.level}] {each.check} {each.code} {each.subject}".rstrip() + (
            f": {facts}" if facts else ""
        )
    yield ""
    yield texts.say("doctor-section-versions")
    yield from (f"{_INDENT}{name}: {value}" for name, value in report.versions.items())
    yield ""
    yield texts.say("doctor-section-log", count=len(report.log))
    yield from (f"{_INDENT}{line}" for line in report.log)
