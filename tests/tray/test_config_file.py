"""config.toml, written: the user's comments, order, line ends and rights stay as they are."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from tests.tray.config_samples import FILE, NEW, words
from tray import config
from tray.config_file import add_account, change_account, remove_account
from tray.config_file_edit import with_changes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(FILE.encode())
    return path


def test_a_changed_value_changes_nothing_else(file: Path) -> None:
    found = change_account(file, "info", {"receive": "pop3"})
    assert words(file) == FILE.replace('receive = "imap" # or', 'receive = "pop3" # or')
    assert found == config.read(file)


def test_a_new_value_stands_with_its_account_and_not_below_the_next_ones_comment(file: Path) -> None:
    change_account(file, "info", {"folders": ["INBOX", 'Ablage "alt"'], "idle": False})
    line = 'receive = "imap" # or pop3?\n'
    assert words(file) == FILE.replace(line, line + 'folders = ["INBOX", "Ablage \\"alt\\""]\nidle = false\n')


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


def test_a_new_value_follows_the_indentation_of_its_account() -> None:
    text = '[[account]]\n\tid = "a"\n'
    assert with_changes(text, 1, {"id": "a"}, {"idle": True}) == text + "\tidle = true\n"
