"""What did a check find? A verdict with a code and facts, no sentences; the words are in doctor.ftl."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auth.problems import Fact
from tray.health import Who
from tray.texts import Advice


class Level(StrEnum):
    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """`check` is what was looked at, `subject` which one of them: a host, a file, an account.

    `codes` are the catalogue's keys, most specific first. `advice` is set where another process has put it into words
    already, `lines` are more of such. `explained_by` is the fault that this one only follows from.
    """

    check: str
    level: Level
    codes: tuple[str, ...]
    subject: str = ""
    who: Who = Who.NOBODY
    facts: Mapping[str, Fact] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    advice: Advice | None = None
    explained_by: Finding | None = None

    @property
    def code(self) -> str:
        return self.codes[0]


def ok(check: str, name: str, subject: str = "", **facts: Fact) -> Finding:
    """`name` is the message of doctor.ftl, without its prefix."""
    return Finding(check, Level.OK, (f"doctor-{name}",), subject, facts=facts)


def note(check: str, name: str, subject: str = "", *, who: Who = Who.NOBODY, **facts: Fact) -> Finding:
    """Worth knowing; nothing is broken by it."""
    return Finding(check, Level.NOTE, (f"doctor-{name}",), subject, who, facts)


def fault(check: str, name: str, subject: str = "", *, who: Who, **facts: Fact) -> Finding:
    """Something does not work until `who` has mended it."""
    return Finding(check, Level.FAULT, (f"doctor-{name}",), subject, who, facts)
