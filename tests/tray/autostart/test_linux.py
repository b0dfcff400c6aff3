"""The desktop starts exactly the program that was entered, and what the user or the desktop wrote there counts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tray.autostart import linux
from tray.autostart.standing import AutostartProblem, Standing

ODD = ("a b", 'say "hi"', "50% of $HOME", "back\\slash", "`id`", "Büro")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def entry(tmp_path: Path) -> Path:
    return tmp_path / "autostart" / "postwart.desktop"


def test_it_is_entered_seen_and_taken_out(environ: dict[str, str], tmp_path: Path) -> None:
    assert linux.entered(environ) is Standing.OFF
    linux.write([sys.executable, "-m", "tray"], environ)
    assert linux.entered(environ) is Standing.ON
    assert [file.name for file in entry(tmp_path).parent.iterdir()] == ["postwart.desktop"]
    linux.remove(environ)
    linux.remove(environ)
    assert linux.entered(environ) is Standing.OFF


@pytest.mark.needs("desktop")
def test_glib_starts_the_very_words_that_were_entered(environ: dict[str, str], tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program = f"import sys; open({str(seen)!r}, 'w').write('\\n'.join(sys.argv[1:]))"
    linux.write([sys.executable, "-c", program, *ODD], environ)
    subprocess.run(["gio", "launch", str(entry(tmp_path))], check=True, timeout=30, env=dict(os.environ))
    for _ in range(100):
        if seen.exists() and seen.read_text("utf-8"):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    assert tuple(seen.read_text("utf-8").split("\n")) == ODD


@pytest.mark.parametrize("said", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_who_switched_it_off_in_the_desktops_settings_is_obeyed(
    environ: dict[str, str], tmp_path: Path, said: str
) -> None:
    linux.write([sys.executable], environ)
    text = entry(tmp_path).read_text("utf-8").replace("X-GNOME-Autostart-enabled=true", said)
    entry(tmp_path).write_text(text, "utf-8")
    assert linux.entered(environ) is Standing.OFF


def test_a_program_that_has_moved_away_is_noticed(environ: dict[str, str]) -> None:
    linux.write(["/opt/gone/postwart", "run"], environ)
    assert linux.entered(environ) is Standing.BROKEN


def test_a_folder_that_takes_no_file_is_told_of(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("a file", "utf-8")
    with pytest.raises(AutostartProblem) as told:
        linux.write([sys.executable], environ)
    assert told.value.code == "autostart_failed"
    assert told.value.facts["reason"]
