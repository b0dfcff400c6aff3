"""Quiet hours, weekends and the contact: read strictly, and written without touching anything else."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path

import pytest

from tray import config, config_file
from tray.config_faults import ConfigProblem
from tray.config_notify import spelled
from tray.settings import Notify

FULL = '[notify]\nquiet = "18:00-07:00"\nweekends = false\ncontact = "chef@haus.example"\n'


def read(tmp_path: Path, text: str) -> Notify:
    file = tmp_path / "config.toml"
    file.write_bytes(text.encode())
    return config.read(file).notify


def test_it_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Notify(None, weekends=True, contact="")
    assert read(tmp_path, FULL) == Notify((time(18), time(7)), weekends=False, contact="chef@haus.example")


@pytest.mark.parametrize(("said", "meant"), [("8:30 - 12:05", "08:30-12:05"), ("18:00-24:00", "18:00-00:00")])
def test_times_may_be_written_as_people_do(tmp_path: Path, said: str, meant: str) -> None:
    assert spelled(read(tmp_path, f'[notify]\nquiet = "{said}"\n').quiet) == meant


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('quiet = "25:00-07:00"', "fault_quiet"),
        ('quiet = "18:00"', "fault_quiet"),
        ('quiet = "18:00-24:30"', "fault_quiet"),
        ("quiet = true", "fault_not_text"),
        ('quiet = "00:00-24:00"', "fault_quiet_always"),
        ("weekends = 1", "fault_not_flag"),
        ('contact = "chef"', "fault_address"),
        ('quite = "18:00-07:00"', "fault_unknown_key_near"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, line: str, code: str) -> None:
    with pytest.raises(ConfigProblem) as told:
        read(tmp_path, f"[notify]\n{line}\n")
    assert [(fault.code, fault.line) for fault in told.value.faults] == [(code, 2)]


ACCOUNT = """
# the mailbox
[[account]]
id = "info"
address = "info@haus.example"
preset = "microsoft365"
client_id = "11111111-2222-4333-8444-555555555555"
"""


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ("", {"language": "de"}, f'language = "de"{os.linesep}'),
        ("# mine\n[app]\nname = 'X'\n", {"language": "de"}, "language = \"de\"\n# mine\n[app]\nname = 'X'\n"),
        ('language = "en"  # for Jim\n', {"language": "de"}, 'language = "de"  # for Jim\n'),
        ('language = "en"\n', {"language": None}, ""),
        ('language = "en"\n', {"language": "en"}, 'language = "en"\n'),
        ("", {"language": None, "notify": {"quiet": None}}, ""),
        (ACCOUNT, {"notify": {"quiet": "18:00-07:00"}}, f'{ACCOUNT}\n[notify]\nquiet = "18:00-07:00"\n'),
        (
            f"[notify]  # at night\nweekends = false # ours\n{ACCOUNT}",
            {"notify": {"quiet": "18:00-07:00", "weekends": None}},
            f'[notify]  # at night\nquiet = "18:00-07:00"\n{ACCOUNT}',
        ),
        ('notify.quiet = "1:00-2:00"\n', {"notify": {"contact": "a@b.example"}}, None),
        ('notify = {quiet = "1:00-2:00"}\n', {"notify": {"contact": "a@b.example", "quiet": None}}, None),
        ("[notify]\r\nweekends = true\r\n", {"notify": {"weekends": False}}, "[notify]\r\nweekends = false\r\n"),
    ],
)
def test_only_what_is_changed_changes(
    tmp_path: Path, before: str, changes: dict[str, object], after: str | None
) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(before.encode())
    settings = config_file.change_settings(file, changes)
    assert settings == config.read(file)
    if after is not None:
        assert (file.read_bytes().decode() if file.exists() else "") == after
    else:
        assert settings.notify.contact == "a@b.example"


def test_a_wrong_value_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(FULL, "utf-8")
    with pytest.raises(ConfigProblem) as told:
        config_file.change_settings(file, {"language": "de", "notify": {"quiet": "late"}})
    assert told.value.code == "settings_wrong"
    assert [fault.key for fault in told.value.faults] == ["notify.quiet"]
    assert file.read_text("utf-8") == FULL
