"""What config.toml is not changed by: wrong values, a file that is wrong, somebody else who writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auth.problems import Problem
from tests.tray.config_samples import CLIENT, FILE, NEW, words
from tray.config_faults import ConfigProblem
from tray.config_file import AccountExists, ConfigNotWritable, add_account, change_account, remove_account
from tray.problems import AccountNotFound


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(FILE.encode())
    return path


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"receive": "imep"}, [("receive", "fault_not_allowed")]),
        (
            {"address": "x", "folders": [None], "imap": {"port": 0}, "foo": 1},
            [
                ("imap.port", "fault_number"),
                ("address", "fault_address"),
                ("folders", "fault_not_text"),
                ("foo", "fault_unknown_key"),
            ],
        ),
        ({"preset": None}, [("preset", "fault_missing")]),
        ({"id": "other"}, [("id", "fault_id_fixed")]),
    ],
)
def test_wrong_values_are_reported_by_field_and_nothing_is_written(
    file: Path, values: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    with pytest.raises(ConfigProblem) as raised:
        change_account(file, "info", values)
    assert [(fault.key, fault.code) for fault in raised.value.faults] == faults
    assert (raised.value.code, {fault.line for fault in raised.value.faults}) == ("account_values_wrong", {0})
    assert words(file) == FILE


def test_an_account_that_is_there_cannot_be_added_and_one_that_is_not_cannot_be_changed(file: Path) -> None:
    with pytest.raises(AccountExists):
        add_account(file, {**NEW, "id": "info"})
    with pytest.raises(AccountNotFound):
        change_account(file, "nobody", {"idle": False})
    with pytest.raises(AccountNotFound):
        remove_account(file, "nobody")
    assert words(file) == FILE


def test_a_file_that_is_wrong_is_not_touched(file: Path) -> None:
    file.write_bytes(f"{FILE}nmae = 1\n".encode())
    with pytest.raises(ConfigProblem) as raised:
        add_account(file, NEW)
    assert raised.value.code == "config_wrong"
    assert words(file) == f"{FILE}nmae = 1\n"


def test_accounts_written_as_an_inline_list_are_left_to_the_user(file: Path) -> None:
    text = f'account = [{{ id = "a", address = "a@b.example", preset = "microsoft365", client_id = "{CLIENT}" }}]\n'
    file.write_bytes(text.encode())
    with pytest.raises(Problem) as adding:
        add_account(file, NEW)
    with pytest.raises(Problem) as removing:
        remove_account(file, "a")
    assert adding.value.code == removing.value.code == "config_layout_unusual"
    assert words(file) == text


class SavedMeanwhile(dict[str, Any]):
    """Values during whose use somebody saves the file in an editor, `times` times."""

    def __init__(self, file: Path, times: int) -> None:
        super().__init__(idle=False)
        self.file, self.times = file, times

    def items(self) -> Any:
        if self.times:
            self.times -= 1
            self.file.write_bytes(self.file.read_bytes() + b"# saved by the user\n")
        return super().items()


def test_what_the_user_saves_meanwhile_is_kept(file: Path) -> None:
    change_account(file, "info", SavedMeanwhile(file, times=1))
    assert words(file).endswith("# saved by the user\n")
    assert "idle = false\n" in words(file)


def test_who_loses_against_an_editor_that_saves_all_the_time_is_told(file: Path) -> None:
    with pytest.raises(Problem) as raised:
        change_account(file, "info", SavedMeanwhile(file, times=99))
    assert raised.value.code == "config_changed_meanwhile"
    assert "idle = false" not in words(file)
    assert [each.name for each in file.parent.iterdir()] == ["config.toml"]


def test_a_write_protected_file_is_respected(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(ConfigNotWritable) as raised:
        change_account(file, "info", {"idle": False})
    assert raised.value.facts["file"] == str(file)
    assert words(file) == FILE
