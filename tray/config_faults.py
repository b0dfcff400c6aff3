"""What is wrong with a configuration? All faults of it in one Problem, each with its line and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auth.problems import Problem
from tray.texts import Texts


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `code` names the sentence, `facts` fill it; neither holds a secret.

    `line` is 0 where no line is to blame: the file as a whole, or values that are not in the file yet.
    """

    code: str
    line: int = 0
    key: str = ""  # account[1].receive; empty: the file as a whole
    facts: Mapping[str, str] = field(default_factory=dict)


class Wrong(Exception):  # noqa: N818  becomes a Fault where the key is known
    """One value cannot be taken. `at` is the part of the value, such as `port`, or empty."""

    def __init__(self, code: str, at: str = "", **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.facts = facts


class ConfigProblem(Problem):
    """config.toml cannot be used as it is, or values for it cannot be taken; nothing was changed.

    Facts: file, count. `config_wrong`: the file; `config_unreadable`: it could not even be looked at;
    `account_values_wrong`: values somebody wants to write into it, where a fault's key is the value's own (`receive`).
    """

    code = "config_wrong"

    def __init__(self, file: Path, faults: tuple[Fault, ...], *, code: str = "") -> None:
        super().__init__(
            "; ".join(f"line {fault.line} {fault.key}: {fault.code}" for fault in faults),
            code=code,
            file=str(file),
            count=len(faults),
        )
        self.file = file
        self.faults = faults


def describe(problem: ConfigProblem, texts: Texts) -> tuple[str, ...]:
    """A line for each fault: the file, the line and the key, what is wrong and what is allowed."""
    return tuple(_sentence(problem.file, fault, texts) for fault in problem.faults)


def _sentence(file: Path, fault: Fault, texts: Texts) -> str:
    said = texts.say(fault.code, **fault.facts)
    place = [str(file) if fault.line or not fault.key else ""]
    place.append(texts.say("config-line", line=str(fault.line)) if fault.line else "")  # as text: no 1.234
    place.append(fault.key)
    return f"{', '.join(part for part in place if part)}: {said}"
