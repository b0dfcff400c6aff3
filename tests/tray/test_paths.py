"""Where files lie: POSTWART_HOME, the platform's folders, and who may read them."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from tray.paths import FolderProblem, places


def test_postwart_home_holds_everything(tmp_path: Path) -> None:
    found = places({"POSTWART_HOME": str(tmp_path)})
    assert found.config_file == tmp_path / "config.toml"
    assert found.api_file == tmp_path / "api.json"
    assert found.data == tmp_path
    assert found.logs.is_relative_to(tmp_path)


def test_a_relative_home_counts_from_here_and_is_kept_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert places({"POSTWART_HOME": "mine"}).data == tmp_path / "mine"


def test_an_empty_postwart_home_is_none() -> None:
    assert places({"POSTWART_HOME": ""}) == places({})


def test_without_it_the_folders_carry_the_programs_name_and_are_absolute() -> None:
    found = places({})
    for folder in (found.config_file.parent, found.data):
        assert folder.is_absolute()
        assert folder.name == "Postwart"


def test_the_runtime_folder_is_the_users_own_where_the_platform_has_one(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    found = places({"XDG_RUNTIME_DIR": str(tmp_path)})
    if sys.platform == "linux":
        assert found.api_file == tmp_path / "Postwart" / "api.json"
    else:
        assert found.runtime == found.data


def test_a_runtime_folder_that_others_can_enter_is_not_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert not places({"XDG_RUNTIME_DIR": str(tmp_path)}).runtime.is_relative_to(tmp_path)


def test_folders_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    found = places({"POSTWART_HOME": str(tmp_path / "a" / "b")})
    found.create()
    found.create()
    assert found.logs.is_dir()
    if sys.platform != "win32":
        assert stat.S_IMODE(found.data.stat().st_mode) == 0o700


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(FolderProblem) as raised:
        places({"POSTWART_HOME": str(tmp_path / "taken")}).create()
    assert raised.value.facts["folder"] == str(tmp_path / "taken")
