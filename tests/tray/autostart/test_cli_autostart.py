"""`postwart autostart` works with and without a running Postwart, and says how it stands afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray.cli import main

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the file of a Linux desktop")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("POSTWART_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "en")
    return tmp_path


def test_it_is_switched_on_and_off_also_with_a_wrong_configuration(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "home").mkdir()
    (home / "home" / "config.toml").write_text("nonsense", "utf-8")
    said = []
    for words in ([], ["on"], ["status"], ["off"]):
        assert main(["autostart", *words]) == 0
        said.append("does not start" not in capsys.readouterr().out)
    assert said == [False, True, True, False]


def test_another_word_is_a_wrong_call(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["autostart", "maybe"])
    assert ended.value.code == 2
    assert "on, off, status" in capsys.readouterr().err
    assert not (home / "config").exists()
