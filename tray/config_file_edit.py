"""How does the text of config.toml look after a change? Pure; what is not changed stays to the letter, comments too.

Where things go is decided here and not by tomlkit, which says how values are spelled: tomlkit 0.15 counts the comment
above an [[account]] to the account before, so it writes new keys below it and takes it along on removal (tried).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tray.config_lines import Statement, statements

_ORDER = (
    *("id", "address", "preset", "client_id", "client_secret", "tenant", "sign_in_as", "aliases", "broker"),
    *("receive", "folders", "fetch_every", "idle", "after_fetch", "keep_days", "export", "sign_in_every"),
    *("authority", "issuer", "scopes", "imap", "pop3", "smtp", "ca_file"),
)
"""As the keys stand in the documentation."""


class UnusualLayout(Exception):  # noqa: N818  a thing this editor does not know how to write
    """The account is not written as a section [[account]]."""


def with_account(text: str, values: Mapping[str, Any], newline: str) -> str:
    """A section more, at the end."""
    lines = [f"{key} = {_spelled(values[key])}" for key in sorted(values, key=_ORDER.index)]
    gap = "" if not text else newline if text.endswith("\n") else newline * 2
    return text + gap + newline.join(["[[account]]", *lines, ""])


def without_account(text: str, number: int) -> str:
    """The section goes with what stands between its lines; comments before and after it stay."""
    prefix = f"account[{number}]"
    _header(statements(text), prefix)
    for run in reversed(_runs(statements(text), prefix)):
        before, after = text[: run[0].start], text[run[-1].end :]
        if re.search(r"(\A|\n)\r?\n\Z", before):
            after = re.sub(r"\A\r?\n", "", after)
        text = before + after
    return text


def with_changes(text: str, number: int, values: Mapping[str, Any], changes: Mapping[str, Any]) -> str:
    """`values`: what the account says now. None in `changes` takes a key away; a table is merged into what is there."""
    prefix = f"account[{number}]"
    _header(statements(text), prefix)
    for key in sorted(changes, key=_ORDER.index):
        text = _changed(text, prefix, key, values.get(key), changes[key])
    return text


def with_settings(text: str, values: Mapping[str, Any], changes: Mapping[str, Any], newline: str) -> str:
    """What stands above and beside the accounts. A table that is new becomes a section at the end."""
    for key, change in changes.items():
        if isinstance(change, Mapping) and key not in values:
            lines = [f"{name} = {_spelled(value)}" for name, value in change.items()]
            gap = "" if not text else newline if text.endswith("\n") else newline * 2
            text += gap + newline.join([f"[{key}]", *lines, ""])
        elif key not in values and not any(each.table == "" and not each.header for each in statements(text)):
            text = f"{key} = {_spelled(change)}{newline}{text}"
        else:
            text = _changed(text, "", key, values.get(key), change)
    return text


def differing(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Of `changes` what changes something in `values`."""
    result: dict[str, Any] = {}
    for key, change in changes.items():
        now = values.get(key)
        if isinstance(change, Mapping):
            if inner := differing(now if isinstance(now, Mapping) else {}, change):
                result[key] = inner
        elif change != now or type(change) is not type(now):
            result[key] = change
    return result


def merged(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`values` after `changes`, as RFC 7396 merges."""
    result = dict(values)
    for key, change in changes.items():
        if change is None:
            result.pop(key, None)
        elif isinstance(change, Mapping):
            known = result.get(key)
            result[key] = merged(known if isinstance(known, Mapping) else {}, change)
        else:
            result[key] = change
    return result


def _changed(text: str, prefix: str, key: str, now: Any, change: Any) -> str:
    path = f"{prefix}.{key}".lstrip(".")
    found = statements(text)
    whole = next((each for each in found if each.path == path and not each.header), None)
    spread = not whole and any(each.path.startswith(f"{path}.") or each.path == path for each in found)
    if change is None:
        return _removed(text, path)
    if isinstance(change, Mapping) and spread:  # a section [account.imap], or imap.host = …
        for inner, value in change.items():
            text = _changed(text, path, inner, (now or {}).get(inner), value)
        return text
    if isinstance(change, Mapping):
        change = merged(now if isinstance(now, Mapping) else {}, change)
    if whole:
        return text[: whole.value_start] + _spelled(change) + text[whole.value_end :]
    return _inserted(text, prefix, key, _spelled(change))


def _removed(text: str, path: str) -> str:
    for run in reversed(_runs(statements(text), path)):
        text = text[: run[0].start] + text[run[-1].end :]
    return text


def _inserted(text: str, prefix: str, key: str, spelled: str) -> str:
    """After the last key of the same table."""
    found = statements(text)
    members = [each for each in found if each.table == prefix]  # the header among them
    if members:
        anchor, name = members[-1], key
    else:
        anchor = [each for each in found if each.path.startswith(f"{prefix}.")][-1]
        name = f"{prefix}.{key}".removeprefix(f"{anchor.table}.").lstrip(".")
    line = text[anchor.start : anchor.end]
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = line[: len(line) - len(line.lstrip())]
    gap = "" if line.endswith("\n") else newline
    return f"{text[: anchor.end]}{gap}{indent}{name} = {spelled}{newline}{text[anchor.end :]}"


def _header(found: list[Statement], prefix: str) -> Statement:
    for each in found:
        if each.header and each.path == prefix:
            return each
    raise UnusualLayout(prefix)


def _runs(found: list[Statement], path: str) -> list[list[Statement]]:
    """The statements about `path` and what is in it; each run has nothing else between its lines."""
    runs: list[list[Statement]] = []
    inside = False
    for each in found:
        mine = each.path == path or each.path.startswith(f"{path}.")
        if mine and inside:
            runs[-1].append(each)
        elif mine:
            runs.append([each])
        inside = mine
    return runs


def _spelled(value: Any) -> str:
    import tomlkit  # late: only writing needs it

    if not isinstance(value, Mapping):
        return str(tomlkit.item(value).as_string())
    table = tomlkit.inline_table()
    table.update(value)
    return table.as_string()
