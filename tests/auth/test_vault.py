"""Do the tokens stay secret, and do they survive what happens to files?"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from auth.problems import VaultProblem
from auth.vault import MemoryKey, Vault, key_as_text, key_from_text, new_key


class BrokenStore:
    """A keyring that cannot be read at the moment."""

    def get(self) -> bytes | None:
        raise VaultProblem(code="keyring_locked")

    def create(self) -> bytes:
        raise AssertionError("a key that cannot be read must not be replaced")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


def the_file(tmp_path: Path, account: str = "info") -> Path:
    return tmp_path / "vault" / f"account-{account}.vault"


def test_what_was_saved_comes_back_and_survives_a_restart(tmp_path: Path) -> None:
    key = MemoryKey()
    Vault(tmp_path, key).save("info", b"token \x00")
    assert Vault(tmp_path, key).load("info") == b"token \x00"
    assert Vault(tmp_path, key).load("other") is None


def test_nothing_of_it_can_be_read_in_the_file(vault: Vault, tmp_path: Path) -> None:
    vault.save("info", b"a refresh token")
    assert b"refresh" not in the_file(tmp_path).read_bytes()


def test_only_the_owner_may_read_it(vault: Vault, tmp_path: Path) -> None:
    if sys.platform != "win32":  # there the user's own folder has the right access list
        before = os.umask(0)
        try:
            vault.save("info", b"x")
        finally:
            os.umask(before)
        assert stat.S_IMODE(the_file(tmp_path).stat().st_mode) == 0o600
        assert stat.S_IMODE(the_file(tmp_path).parent.stat().st_mode) == 0o700


def test_the_same_content_never_looks_the_same_twice(vault: Vault, tmp_path: Path) -> None:
    vault.save("info", b"x")
    first = the_file(tmp_path).read_bytes()
    vault.save("info", b"x")
    assert the_file(tmp_path).read_bytes() != first


def test_one_accounts_file_is_of_no_use_under_another_ones_name(vault: Vault, tmp_path: Path) -> None:
    vault.save("info", b"x")
    the_file(tmp_path).rename(the_file(tmp_path, "other"))
    with pytest.raises(VaultProblem) as problem:
        vault.load("other")
    assert problem.value.code == "vault_damaged"


@pytest.mark.parametrize("at", [0, 20, 30, 40, -1])
def test_damage_is_noticed_wherever_it_is_and_the_file_is_kept(vault: Vault, tmp_path: Path, at: int) -> None:
    vault.save("info", b"x" * 50)
    damaged = bytearray(the_file(tmp_path).read_bytes())
    damaged[at] ^= 1
    the_file(tmp_path).write_bytes(damaged)
    with pytest.raises(VaultProblem) as problem:
        vault.load("info")
    assert problem.value.code in {"vault_damaged", "vault_key_missing"}
    assert the_file(tmp_path).read_bytes() == damaged


@pytest.mark.parametrize("length", [0, 5, 17, 25, 37, 60])
def test_a_file_cut_short_is_damaged(vault: Vault, tmp_path: Path, length: int) -> None:
    vault.save("info", b"x" * 50)
    the_file(tmp_path).write_bytes(the_file(tmp_path).read_bytes()[:length])
    with pytest.raises(VaultProblem) as problem:
        vault.load("info")
    assert problem.value.code == "vault_damaged"


def test_a_new_sign_in_sets_a_damaged_file_aside(vault: Vault, tmp_path: Path) -> None:
    vault.save("info", b"old")
    the_file(tmp_path).write_bytes(b"rubbish")
    vault.save("info", b"new")
    assert vault.load("info") == b"new"
    the_file(tmp_path).write_bytes(b"more rubbish")
    vault.save("info", b"newer")
    assert sorted(each.read_bytes() for each in the_file(tmp_path).parent.glob("*.set-aside")) == [
        b"more rubbish",
        b"rubbish",
    ]


def test_a_lost_key_is_told_apart_from_damage_and_a_sign_in_mends_it(tmp_path: Path) -> None:
    Vault(tmp_path, MemoryKey()).save("info", b"old")
    vault = Vault(tmp_path, MemoryKey())
    with pytest.raises(VaultProblem) as problem:
        vault.load("info")
    assert problem.value.code == "vault_key_missing"
    vault.save("info", b"new")
    assert vault.load("info") == b"new"
    with pytest.raises(VaultProblem) as problem:
        Vault(tmp_path, MemoryKey()).load("info")
    assert problem.value.code == "vault_key_missing"


def test_a_keyring_that_cannot_be_read_costs_nothing(tmp_path: Path) -> None:
    key = MemoryKey()
    Vault(tmp_path, key).save("info", b"old")
    broken = Vault(tmp_path, BrokenStore())
    with pytest.raises(VaultProblem, match="keyring_locked"):
        broken.load("info")
    with pytest.raises(VaultProblem, match="keyring_locked"):
        broken.save("info", b"new")
    assert Vault(tmp_path, key).load("info") == b"old"


def test_a_process_killed_while_saving_leaves_the_old_entry_or_the_new_one(tmp_path: Path) -> None:
    key = MemoryKey()
    Vault(tmp_path, key).save("info", b"old")
    (tmp_path / "account-info.new").write_bytes(b"half a fi")
    assert Vault(tmp_path, key).load("info") == b"old"
    Vault(tmp_path, key).save("info", b"new")
    assert Vault(tmp_path, key).load("info") == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["account-info.vault"]


def test_saving_into_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(VaultProblem) as problem:
        Vault(tmp_path / "vault", MemoryKey()).save("info", b"x")
    assert problem.value.code in {"vault_unwritable", "vault_unreadable"}


def test_a_full_disk_is_a_problem_and_the_old_entry_stays(tmp_path: Path) -> None:
    """A file size limit of the system's behaves as a full disk does."""
    if sys.platform != "win32":
        script = (
            "import resource, signal, sys, pathlib\n"
            "from auth.vault import Vault, MemoryKey\n"
            "from auth.problems import VaultProblem\n"
            "vault = Vault(pathlib.Path(sys.argv[1]), MemoryKey())\n"
            "vault.save('info', b'old')\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
            "try:\n    vault.save('info', b'x' * 5000)\n"
            "except VaultProblem as problem:\n    print(problem.code, vault.load('info').decode())\n"
        )
        done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["vault_unwritable", "old"]


def test_forgetting_removes_the_file_and_may_be_repeated(vault: Vault, tmp_path: Path) -> None:
    vault.save("info", b"x")
    vault.forget("info")
    vault.forget("info")
    assert vault.load("info") is None
    assert not the_file(tmp_path).exists()


@pytest.mark.parametrize("name", ["", "../info", "INFO", "a/b", "a.b", "ä"])
def test_only_account_ids_name_files(vault: Vault, name: str) -> None:
    with pytest.raises(ValueError, match="not an account id"):
        vault.save(name, b"x")


def test_a_key_survives_being_written_as_text() -> None:
    key = new_key()
    assert key_from_text(key_as_text(key)) == key
    assert key_from_text("no key") is None
    assert key_from_text("c2hvcnQ=") is None


def test_an_entry_that_cannot_be_deleted_is_said(vault: Vault, tmp_path: Path) -> None:
    the_file(tmp_path).mkdir(parents=True)  # what unlink refuses on every system
    with pytest.raises(VaultProblem) as problem:
        vault.forget("info")
    assert problem.value.code == "vault_not_removed"
