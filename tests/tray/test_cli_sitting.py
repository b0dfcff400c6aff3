"""One command for all accounts that need a sign-in, and what the command line says of itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from auth.sandbox.robot import Person
from tests.office import Office
from tray.cli import main

ROOT = Path(__file__).parents[2]
INFO, RENT = "info@office.example", "rent@office.example"


def test_sign_in_without_an_account_signs_in_all_that_need_it_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Office(tmp_path) as office:
        office.has_account("info")
        office.has_account("rent")
        office.opens()
        office.checks()
        office.sits_down(Person(INFO), Person(RENT))
        monkeypatch.setattr("tray.cli.places", lambda: office.places)
        monkeypatch.setattr("tray.cli_sign_in._LOOK_EVERY", 0.05)
        monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
        assert main(["sign-in"]) == 0
        said = capsys.readouterr()
        assert said.out.splitlines()[1:] == ["info: all well", "rent: all well"]
        assert "info, rent" in said.out
        assert said.err == ""
        assert len(office.opened) == 2
        assert main(["sign-in"]) == 0
        assert "None of your accounts needs a sign-in" in capsys.readouterr().out
        assert len(office.opened) == 2


@pytest.mark.parametrize("switch", ["--device-code", "--other-account"])
def test_a_code_or_another_account_is_for_one_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], switch: str
) -> None:
    monkeypatch.setenv("POSTWART_HOME", str(tmp_path))
    assert main(["sign-in", switch]) == 2
    assert "ID" in capsys.readouterr().err


def test_help_is_in_the_readers_language_to_the_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTWART_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    for command in ([], ["sign-in"], ["accounts", "add"], ["keys"]):
        with pytest.raises(SystemExit):
            main([*command, "--help"])
        said = capsys.readouterr().out
        assert said.startswith("Aufruf: postwart")
        assert "diese Hilfe zeigen" in said
        for english in ("usage", "options:", "positional", "show this", "arguments"):
            assert english not in said


def test_whoever_reads_only_the_first_line_gets_no_complaint(tmp_path: Path) -> None:
    """As with `postwart status | head -1`: nobody reads on, and that is no error."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as nobody_reads:
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "tray", "status"],
            cwd=ROOT,
            env={**os.environ, "POSTWART_HOME": str(tmp_path)},
            stdout=nobody_reads,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")
