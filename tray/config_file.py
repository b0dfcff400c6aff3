"""How is config.toml changed? As a whole or not at all, checked before it is written; the user's words in it stay."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from auth.problems import Problem
from tray import config, config_file_edit
from tray.config_account import read_account
from tray.config_faults import ConfigProblem
from tray.config_file_edit import merged
from tray.config_section import Report, Section
from tray.problems import AccountNotFound
from tray.settings import Settings

_MARK = b"\xef\xbb\xbf"
_TRIES = 5
_one_at_a_time = threading.Lock()

Edit = Callable[[str, dict[str, Any]], str]
"""The text and what it means → the text as it is to be; what it means then is changed in place."""


class AccountExists(Problem):
    """Facts: account."""

    code = "account_exists"


class ConfigNotWritable(Problem):
    """Facts: file, reason."""

    code = "config_not_writable"


def add_account(path: Path, values: Mapping[str, Any]) -> Settings:
    """Raises AccountExists, ConfigProblem, ConfigNotWritable; the file is then as it was."""
    said = merged({}, values)
    _check(path, said)

    def edit(text: str, wanted: dict[str, Any]) -> str:
        if any(account["id"] == said["id"] for account in wanted["account"]):
            raise AccountExists(account=said["id"])
        wanted["account"].append(said)
        return config_file_edit.with_account(text, said, _newline(text))

    return _rewrite(path, edit)


def change_account(path: Path, account_id: str, changes: Mapping[str, Any]) -> Settings:
    """None takes a key away, so that the preset's value holds again; a server's values are merged one by one.

    Raises AccountNotFound, ConfigProblem, ConfigNotWritable; the file is then as it was.
    """

    def edit(text: str, wanted: dict[str, Any]) -> str:
        accounts = wanted["account"]
        index = _index(accounts, account_id)
        now, then = accounts[index], merged(accounts[index], changes)
        _check(path, then, fixed_id=account_id)
        accounts[index] = then
        changed = {key: changes[key] for key in changes if now.get(key) != then.get(key)}
        return config_file_edit.with_changes(text, index + 1, now, changed)

    return _rewrite(path, edit)


def remove_account(path: Path, account_id: str) -> Settings:
    """Raises AccountNotFound, ConfigProblem, ConfigNotWritable; the file is then as it was."""

    def edit(text: str, wanted: dict[str, Any]) -> str:
        index = _index(wanted["account"], account_id)
        del wanted["account"][index]
        return config_file_edit.without_account(text, index + 1)

    return _rewrite(path, edit)


def change_settings(path: Path, changes: Mapping[str, Any]) -> Settings:
    """`language` and what is under [notify]; None takes a key away, so that its default holds again.

    Raises ConfigProblem, ConfigNotWritable; the file is then as it was.
    """
    said = {key: _without_none(change) for key, change in changes.items() if change is not None}
    report = Report({})
    config.read_settings(Section(said, "", report), path.parent)
    if report.faults:
        raise ConfigProblem(path, report.faults, code="settings_wrong")

    def edit(text: str, wanted: dict[str, Any]) -> str:
        now, different = dict(wanted), config_file_edit.differing(wanted, changes)
        then = merged(now, different)
        wanted.clear()
        wanted.update(then)
        return config_file_edit.with_settings(text, now, different, _newline(text))

    return _rewrite(path, edit)


def _without_none(change: Any) -> Any:
    if not isinstance(change, Mapping):
        return change
    return {key: value for key, value in change.items() if value is not None}


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n" if text else os.linesep


def _index(accounts: list[dict[str, Any]], account_id: str) -> int:
    for index, account in enumerate(accounts):
        if account["id"] == account_id:
            return index
    raise AccountNotFound(account=account_id)


def _check(path: Path, values: Mapping[str, Any], fixed_id: str = "") -> None:
    """Faults here are of values that are in no file: they have keys but no lines."""
    report = Report({})
    read_account(Section(values, "", report), path.parent)
    if fixed_id and values.get("id") != fixed_id:
        report.add("id", "fault_id_fixed", value=fixed_id)
    if report.faults:
        raise ConfigProblem(path, report.faults, code="account_values_wrong")


def _rewrite(path: Path, edit: Edit) -> Settings:
    """Begin again where somebody saved the file meanwhile, so that both changes are in it."""
    with _one_at_a_time:
        for _ in range(_TRIES):
            raw = config.load(path)
            config.parse(raw or b"", path)  # a file that is wrong is the user's to mend first
            new = _edited(config.decode(raw or b"", path), edit, path)
            after = (_MARK if (raw or b"").startswith(_MARK) else b"") + new.encode()
            settings = config.parse(after, path)
            if _replace(path, raw, after):
                return settings
    raise Problem(code="config_changed_meanwhile", file=str(path))


def _edited(text: str, edit: Edit, path: Path) -> str:
    """The new text, which must mean the change and nothing else."""
    wanted = tomllib.loads(text)
    wanted.setdefault("account", [])
    try:
        new = edit(text, wanted)
        meant = tomllib.loads(new)
    except (config_file_edit.UnusualLayout, tomllib.TOMLDecodeError) as fault:
        raise Problem(str(fault), code="config_layout_unusual", file=str(path)) from fault
    meant.setdefault("account", [])
    if meant != wanted:
        raise Problem("the edit would change more than asked", code="config_layout_unusual", file=str(path))
    return new


def _replace(path: Path, before: bytes | None, after: bytes) -> bool:
    """False: the file is not what it was read as. Raises ConfigNotWritable."""
    target = path.resolve()  # a link stays one
    new = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(new, after, _mode(target))
        if config.load(path) != before:
            return False
        _swap(new, target)
    except OSError as fault:
        code = "disk_full" if fault.errno == errno.ENOSPC else ""
        raise ConfigNotWritable(str(fault), code=code, file=str(path), reason=fault.strerror or str(fault)) from fault
    finally:
        with contextlib.suppress(OSError):  # gone already where all went well; else the first error is the one to tell
            new.unlink()
    return True


def _mode(target: Path) -> int:
    """As the user or an administrator set it; a new file may hold a client secret."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return 0o600
    if not mode & 0o222:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode


def _write(new: Path, content: bytes, mode: int) -> None:
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    new.chmod(mode)


if sys.platform == "win32":

    def _swap(new: Path, target: Path) -> None:
        """Virus scanners and indexers hold a file for a moment after it was written."""
        for _ in range(20):
            with contextlib.suppress(PermissionError):
                new.replace(target)
                return
            time.sleep(0.05)
        new.replace(target)

else:

    def _swap(new: Path, target: Path) -> None:
        new.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # so that the new name, too, survives a power cut
        finally:
            os.close(folder)
