"""config.toml, written: whole or not at all, the user's comments, order and line ends kept."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from auth.problems import Problem
from tests.tray.config_samples import CLIENT
from tray import config
from tray.config_edit import with_changes
from tray.config_faults import ConfigProblem
from tray.config_file import AccountExists, ConfigNotWritable, add_account, change_account, remove_account
from tray.problems import AccountNotFound

FILE = f"""# ours, please keep
language = "de" # German

# --- accounts ---

# the office
[[account]]
id = "info"   # everybody's
address = "info@firm.example"
preset = "microsoft365"
client_id = "{CLIENT}"
receive = "imap" # or pop3?
# folders = ["INBOX", "Archive"]

# the boss
[[account]]
id = "boss"
address = "boss@firm.example"
preset = "microsoft365-send"
client_id = "{CLIENT}"

# the program
[app]
name = "WIN-OFFICE"
"""
NEW: dict[str, Any] = {
    "id": "new",
    "address": "new@firm.example",
    "preset": "custom",
    "client_id": "postwart",
    "issuer": "https://issuer.example",
    "scopes": ["mail"],
    "smtp": {"host": "smtp.example", "port": 465, "security": "tls"},
    "sign_in_as": None,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(FILE.encode())
    return path


def words(path: Path) -> str:
    return path.read_bytes().decode()


def test_a_changed_value_changes_nothing_else(file: Path) -> None:
    found = change_account(file, "info", {"receive": "pop3"})
    assert words(file) == FILE.replace('receive = "imap" # or', 'receive = "pop3" # or')
    assert found == config.read(file)


def test_a_new_value_stands_with_its_account_and_not_below_the_next_ones_comment(file: Path) -> None:
    change_account(file, "info", {"folders": ["INBOX", 'Ablage "alt"'], "idle": False})
    line = 'receive = "imap" # or pop3?\n'
    assert words(file) == FILE.replace(line, line + 'folders = ["INBOX", \'Ablage "alt"\']\nidle = false\n') or (
        words(file) == FILE.replace(line, line + 'folders = ["INBOX", "Ablage \\"alt\\""]\nidle = false\n')
    )


def test_none_gives_a_value_back_to_the_preset(file: Path) -> None:
    assert change_account(file, "info", {"receive": None, "idle": None}).accounts[0].receive == "imap"
    assert words(file) == FILE.replace('receive = "imap" # or pop3?\n', "")


def test_a_server_is_merged_value_by_value(file: Path) -> None:
    change_account(file, "info", {"imap": {"host": "imap.firm.example"}})
    change_account(file, "info", {"imap": {"port": 1993}})
    assert 'imap = {host = "imap.firm.example", port = 1993}\n' in words(file)
    change_account(file, "info", {"imap": None})
    assert words(file) == FILE


@pytest.mark.parametrize(
    ("spelled", "after"),
    [
        ('imap.host = "h.example" # h\n', 'imap.host = "i.example" # h\nimap.port = 1993\n'),
        ('[account.imap] # own\nhost = "h.example"\n', '[account.imap] # own\nhost = "i.example"\nport = 1993\n'),
        ("[account.imap] # own\n", '[account.imap] # own\nhost = "i.example"\nport = 1993\n'),
        ('  imap = { host = "h.example" } # h\n', '  imap = {host = "i.example", port = 1993} # h\n'),
    ],
)
def test_however_a_server_is_spelled_its_comments_stay(file: Path, spelled: str, after: str) -> None:
    line = 'receive = "imap" # or pop3?\n'
    file.write_bytes(FILE.replace(line, line + spelled).encode())
    change_account(file, "info", {"imap": {"host": "i.example", "port": 1993}})
    assert words(file) == FILE.replace(line, line + after)


def test_a_removed_account_leaves_all_comments_around_it(file: Path) -> None:
    assert [account.id for account in remove_account(file, "info").accounts] == ["boss"]
    start, end = FILE.index("[[account]]\nid"), FILE.index("# folders")
    assert words(file) == FILE[:start] + FILE[end:]


def test_an_account_in_pieces_is_removed_in_all_its_pieces(file: Path) -> None:
    file.write_bytes(f"{FILE}[account.smtp]\n[api]\nport = 0\n".replace("-send", "").encode())
    remove_account(file, "boss")
    assert "[account.smtp]" not in words(file)
    assert words(file).endswith('name = "WIN-OFFICE"\n[api]\nport = 0\n')


def test_an_added_account_stands_at_the_end(file: Path) -> None:
    found = add_account(file, NEW)
    assert words(file) == (
        f'{FILE}\n[[account]]\nid = "new"\naddress = "new@firm.example"\npreset = "custom"\nclient_id = "postwart"\n'
        'issuer = "https://issuer.example"\nscopes = ["mail"]\n'
        'smtp = {host = "smtp.example", port = 465, security = "tls"}\n'
    )
    assert found.accounts[-1].issuer == "https://issuer.example"


def test_the_first_account_makes_the_file_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    add_account(path, NEW)
    assert config.read(path).accounts[0].id == "new"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_windows_line_ends_and_a_byte_order_mark_stay(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    change_account(file, "info", {"idle": False})
    add_account(file, NEW)
    remove_account(file, "boss")
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# ours")
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_the_files_rights_stay_as_they_were_set(file: Path) -> None:
    if sys.platform != "win32":
        file.chmod(0o640)
        change_account(file, "info", {"idle": False})
        assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_to_the_file_stays_one(file: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "config.toml"
    link.symlink_to(file)
    change_account(link, "info", {"idle": False})
    assert link.is_symlink()
    assert "idle = false" in words(file)


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
    for change in (lambda: add_account(file, NEW), lambda: remove_account(file, "a")):
        with pytest.raises(Problem) as raised:
            change()
        assert raised.value.code == "config_layout_unusual"
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


def test_a_new_value_follows_the_indentation_of_its_account() -> None:
    text = '[[account]]\n\tid = "a"\n'
    assert with_changes(text, 1, {"id": "a"}, {"idle": True}) == text + "\tidle = true\n"
