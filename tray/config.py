"""What is configured? config.toml, read and checked: complete Settings, or all faults at once with line and key."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path

from mail.mailbox import Protocol
from tray import config_values as values
from tray.config_account import read_account
from tray.config_faults import ConfigProblem, Fault
from tray.config_lines import lines
from tray.config_notify import read_notify
from tray.config_section import Report, Section
from tray.settings import Account, Settings
from tray.texts import LANGUAGES, system_language


def read(path: Path) -> Settings:
    """What the file says; no file: no accounts yet. Raises ConfigProblem."""
    raw = load(path)
    return Settings(system_language()) if raw is None else parse(raw, path)


def load(path: Path) -> bytes | None:
    """The file as it is; None: there is none. Raises ConfigProblem."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        unreadable = Fault("fault_unreadable", facts={"reason": fault.strerror or str(fault)})
        raise ConfigProblem(path, (unreadable,), code="config_unreadable") from fault


def parse(raw: bytes, path: Path) -> Settings:
    """`path` is only for the words and for what a relative ca_file is relative to. Raises ConfigProblem."""
    text = decode(raw, path)
    values_ = _toml(text, path)
    report = Report(lines(text))
    settings = read_settings(Section(values_, "", report), path.parent)
    if report.faults:
        raise ConfigProblem(path, report.faults)
    return settings


def decode(raw: bytes, path: Path) -> str:
    """UTF-8, with or without the mark that some editors put before it. Raises ConfigProblem."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise ConfigProblem(path, (Fault("fault_encoding", line),)) from fault


def _toml(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigProblem(path, (_syntax_fault(str(fault), text),)) from fault


def _syntax_fault(said: str, text: str) -> Fault:
    """The parser's words, with what helps for the mistakes people make most."""
    reason, line, column = said, text.count("\n") + 1, 1
    if found := re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", said, re.DOTALL):
        reason, line, column = found[1], int(found[2]), int(found[3])
    elif found := re.fullmatch(r"(.*) \(at end of document\)", said, re.DOTALL):
        reason, column = found[1], len(text.rpartition("\n")[2]) + 1
    code = "fault_syntax"
    if reason.startswith(("Cannot overwrite", "Cannot declare", "Duplicate inline table key")):
        code = "fault_duplicate"
    elif reason.startswith(("Unescaped '\\'", "Invalid hex value")):
        code = "fault_backslash"
    return Fault(code, line, facts={"column": str(column), "reason": reason})


def read_settings(root: Section, folder: Path) -> Settings:
    """Faults go into the section's report."""
    language_said = root.has("language")
    language = root.take("language", values.one_of(LANGUAGES), system_language())
    check_every = timedelta(minutes=15)
    remind_days: tuple[int, ...] = (14, 7, 3, 1)
    if checks := root.inside("checks"):
        check_every = checks.take("every", values.duration("1m", "1d"), check_every)
        remind_days = checks.take("remind_days", values.days, remind_days)
        checks.end()
    port, default_key, name = 0, True, ""
    if api := root.inside("api"):
        port = api.take("port", values.number(0, 65535), port)
        default_key = api.take("default_key", values.flag, default_key)
        api.end()
    if app := root.inside("app"):
        name = app.take("name", values.name, name)
        app.end()
    notify = read_notify(root.inside("notify"))
    doors = {}
    if gateway := root.inside("gateway"):
        for protocol in Protocol:
            if door := gateway.take(protocol.value, values.number(1024, 65535), None):
                doors[protocol] = door
        gateway.end()
    accounts = tuple(read_account(section, folder) for section in root.each("account"))
    _unique(accounts, root.report)
    root.end()
    return Settings(language, language_said, check_every, remind_days, port, default_key, name, doors, notify, accounts)


def _unique(accounts: tuple[Account, ...], report: Report) -> None:
    first: dict[str, int] = {}
    for number, account in enumerate(accounts, 1):
        if account.id and account.id in first:
            report.add(
                f"account[{number}].id", "fault_id_twice", value=account.id, other=f"account[{first[account.id]}]"
            )
        first.setdefault(account.id, number)
