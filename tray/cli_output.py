"""What does the command line show? Plain lines for people, and one sentence on stderr where something failed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from auth.problems import Problem
from tray.api.client import ApiRefused
from tray.cli_call import Exit
from tray.texts import Advice, Texts

_EXIT_OF_STATE = {
    "sign_in_required": Exit.SIGN_IN_REQUIRED,
    "consent_pending": Exit.CONSENT_PENDING,
    "offline": Exit.OFFLINE,
    "mailbox_refused": Exit.FAILED,
}

_OUR_OWN_WORDS = {"", "expiring", "not_signed_in"}
"""Codes that tell a hotline no more than the sentence beside them."""


def never_fail_on_a_character() -> None:
    """A Windows console knows few of them; one it does not know must not end the program. Where there is no console,
    as at log-on, there is no stream either.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  open until the end
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


class NobodyReads(Exception):  # noqa: N818  no error: `head` has seen enough
    """Whoever stdout was piped to has ended."""


def say(line: str) -> None:
    """Raises NobodyReads."""
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError) and not (sys.platform == "win32" and error.errno == errno.EINVAL):
            raise
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  else the interpreter complains at its end
        raise NobodyReads from None


def remark(line: str) -> None:
    """For people; not part of what the next program in a pipe reads."""
    sys.stderr.write(f"{line}\n")


def complain(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def exit_of_state(state: str) -> Exit:
    return _EXIT_OF_STATE.get(state, Exit.DONE)


def first_to_act_on(ends: Iterable[Exit]) -> Exit:
    """Of several accounts' ends the one that somebody can do something about: the user before the administrator, what
    is not understood before a network that comes back by itself.
    """
    order = (Exit.SIGN_IN_REQUIRED, Exit.CONSENT_PENDING, Exit.FAILED, Exit.OFFLINE, Exit.DONE)
    return min(ends, key=order.index, default=Exit.DONE)


def exit_of(problem: Problem) -> Exit:
    if isinstance(problem, ApiRefused):
        return _EXIT_OF_STATE.get(problem.state, Exit.FAILED)
    return Exit.FAILED


def sentence(problem: Problem, texts: Texts) -> str:
    """What happened and what to do, in one line; below it faults of a configuration or of values one by one, and
    what the administrator can do: who is asked to pass a message on has to have it.
    """
    if isinstance(problem, ApiRefused):
        advice: Advice | ApiRefused = problem
        faults = [f"  {each['field']}: {each['message']}" for each in problem.errors]
    else:
        advice = texts.problem(problem)
        faults = _faults(problem, texts)
    return "\n".join([f"{advice.title}. {advice.next_step}", *faults, *_for_admin(advice.admin_help, texts)])


def _for_admin(help_: str, texts: Texts) -> list[str]:
    return [f"    {texts.say('cli-admin', help=help_)}"] if help_ else []


def advice_lines(advice: Mapping[str, Any], texts: Texts) -> list[str]:
    """What the API says of something that is wrong."""
    return [f"{advice['title']}. {advice['next_step']}", *_for_admin(advice.get("admin_help", ""), texts)]


def _faults(problem: Problem, texts: Texts) -> list[str]:
    from tray.config_faults import ConfigProblem, describe

    return [f"  {line}" for line in describe(problem, texts)] if isinstance(problem, ConfigProblem) else []


def account_lines(account: Mapping[str, Any], texts: Texts) -> list[str]:
    """One account of the status: how it is, and what to do where something is wrong."""
    health = account["health"]
    lines = [f"{account['id']:<16} {account['address']:<36} {state(health, texts)}"]
    if "title" in health:
        code = f" ({health['code']})" if health.get("code", "") not in _OUR_OWN_WORDS else ""
        lines.append(f"    {health['title']}{code}. {health['next_step']}")
        lines += _for_admin(health.get("admin_help", ""), texts)
    elif health["sign_in_due"]:
        due = datetime.fromisoformat(health["sign_in_due"])
        line = "cli-due-assumed" if health.get("due_confidence") == "assumed" else "cli-due"
        lines.append(f"    {texts.say(line, date=due, days=health['days_left'])}")
    elif account.get("renewed_by_system"):
        lines.append(f"    {texts.say('cli-due-unseen')}")
    return lines


def state(health: Mapping[str, Any], texts: Texts) -> str:
    """One that cannot be checked, as where the keyring is locked, has a code."""
    stuck = health["state"] == "unknown" and health.get("code")
    return texts.say("cli-state", state="stuck" if stuck else health["state"])
