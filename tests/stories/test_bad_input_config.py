"""A wrong config.toml, a port that is taken, a second start: said clearly, and nothing is changed."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import ExitStack

import pytest

from tests.rigs.desktop import ROOT, wait_until
from tests.stories.mishaps import Place

pytestmark = pytest.mark.needs("desktop")

WRONG = """\
lang = "de"
[checks]
every = "15 minutes"
[api]
port = 70000
[[account]]
id = "In fo"
address = "nobody"
preset = "microsoft366"
receive = "imep"
[[account]]
id = "twice"
address = "a@b.example"
preset = "microsoft365"
client_id = "11111111-2222-3333-4444-555555555555"
imap = { host = "http://x", port = "993" }
idle = "yes"
ca_file = "missing.pem"
[[account]]
id = "twice"
address = "c@b.example"
preset = "microsoft365-send"
client_id = "11111111-2222-3333-4444-555555555555"
smtp = { host = "x", port = 1, security = "tls" }
[[account]]
id = "own"
address = "d@b.example"
preset = "custom"
client_id = "x"
"""

FAULTS = [
    (1, "lang", "Allowed: account, api, app, checks, gateway, language, notify.", "Meinten Sie „language“?"),
    (3, "checks.every", '"15m"', "ist keine Dauer"),
    (5, "api.port", "from 0 to 65535", "von 0 bis 65.535"),
    (6, "account[1].client_id", "is missing", "fehlt"),
    (7, "account[1].id", "a-z, 0-9, hyphen", "a-z, 0-9, Bindestrich"),
    (8, "account[1].address", "is no e-mail address", "ist keine E-Mail-Adresse"),
    (9, "account[1].preset", "microsoft365-send, microsoft365, google, custom", "Erlaubt: microsoft365-send"),
    (10, "account[1].receive", "Allowed: imap, pop3, none.", "Erlaubt: imap, pop3, none."),
    (16, "account[2].imap.host", "without https://", "ohne https://"),
    (16, "account[2].imap.port", "from 1 to 65535", "von 1 bis 65535"),
    (17, "account[2].idle", "Allowed: true, false", "Erlaubt: true, false"),
    (18, "account[2].ca_file", "There is no file", "gibt es nicht"),
    (20, "account[3].id", "taken already, by account[2]", "schon vergeben, an account[2]"),
    (24, "account[3].smtp", "fixed by the preset", "fest eingestellt"),
    (25, "account[4].authority", "Set “authority”", "Setzen Sie „authority“"),
    (25, "account[4].scopes", "is missing", "fehlt"),
    (25, "account[4].smtp", "is missing", "fehlt"),
]


@pytest.mark.parametrize("command", [("run", "--no-tray"), ("status",), ("token", "twice")])
def test_a_wrong_configuration_is_refused_with_every_fault_of_it(place: Place, command: tuple[str, ...]) -> None:
    place.config.write_text(WRONG, "utf-8")
    for language in ("en", "de"):
        code, said = place.types(*command, language=language)
        first, *lines = said.rstrip("\n").split("\n")
        assert code == 1
        assert str(len(FAULTS)) in first
        assert str(place.config) in first
        assert len(lines) == len(FAULTS)
        for (number, key, en, de), line in zip(FAULTS, sorted(lines, key=_place_of), strict=True):
            words = de if language == "de" else en
            assert line.startswith(f"  {place.config}, {'Zeile' if language == 'de' else 'line'} {number}, {key}: ")
            assert words.replace("65.535", "65535") in line
    assert place.config.read_text("utf-8") == WRONG
    assert {file.name for file in place.program.home.iterdir()} == {"config.toml", "logs", "postwart.lock"}


def _place_of(line: str) -> tuple[int, str]:
    _, number, rest = line.split(", ", 2)
    return int(number.split(" ")[1]), rest.split(":")[0]


@pytest.mark.parametrize(
    ("content", "en", "de"),
    [
        (b'# ok\nlanguage = "fr\n', "line 2: From column 15", "Zeile 2: Ab Spalte 15"),
        (b"# ok\n# \xe4\n", "line 2: The file is not saved as UTF-8", "Zeile 2: Die Datei ist nicht als UTF-8"),
        (b"[api]\nport=0\n[api]\n", "line 3: This is said further up", "Zeile 3: Diese Angabe steht schon"),
        (b'[[account]]\nca_file = "C:\\Users"\n', "single backslash", "einzelner Rückstrich"),
    ],
    ids=["no TOML", "Latin-1", "twice", "backslash"],
)
def test_a_file_that_is_no_toml_is_told_by_line_and_kept(place: Place, content: bytes, en: str, de: str) -> None:
    place.config.write_bytes(content)
    place.says("run", "--no-tray", code=1, en=en, de=de)
    assert place.config.read_bytes() == content


def test_a_file_that_cannot_be_opened_is_not_called_wrong(place: Place) -> None:
    place.config.mkdir()  # rights would stop no administrator
    place.says(*("run", "--no-tray"), code=1, en="See whether you may open", de="Prüfen Sie, ob Sie")
    assert "correct the lines" not in place.types("status")[1]
    assert list(place.config.iterdir()) == []


def test_a_folder_that_cannot_be_used_is_named(place: Place) -> None:
    place.program.home.rmdir()
    place.program.home.write_text("a file", "utf-8")
    place.says("run", "--no-tray", code=1, en=f"may write in {place.program.home}", de="Prüfen Sie, ob Sie in")
    place.program.home.unlink()


def test_a_port_that_is_taken_is_named_and_never_silently_another(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        place.config.write_text(f"[api]\nport = {port}\n", "utf-8")
        en, de = f"Port {port} is already in use. Close the program", f"Der Port {port} ist schon belegt. Beenden Sie"
        place.says("run", "--no-tray", code=1, en=en, de=de)
        assert "port = 0" in place.types("run", "--no-tray")[1]
    assert not place.program.places.api_file.exists()
    place.program.start("--no-tray")
    assert place.program.api.get("status")["accounts"] == []


def test_a_second_start_says_that_postwart_runs_and_is_no_failure(place: Place) -> None:
    place.program.start("--no-tray")
    secret = place.program.places.api_file.read_bytes()
    for command in ((), ("run",), ("run", "--no-tray")):
        place.says(*command, code=0, en="Postwart is already running.", de="Postwart läuft schon.")
    assert place.program.places.api_file.read_bytes() == secret


def test_of_two_that_start_at_once_one_runs_and_the_other_says_so(place: Place) -> None:
    command = [sys.executable, "-m", "tray", "run", "--no-tray"]
    with ExitStack() as running:
        both = [
            running.enter_context(
                subprocess.Popen(
                    command, env=place.environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
                )
            )
            for _ in range(2)
        ]
        for each in both:
            running.callback(each.kill)
        (second,) = wait_until(lambda: [each for each in both if each.poll() is not None], "neither has given way", 60)
        assert second.stdout
        assert b"already running" in second.stdout.read()
        assert second.returncode == 0
        place.program.until(place.program.places.api_file.exists, "api.json")
        assert json.loads(place.program.places.api_file.read_bytes())["pid"] in {each.pid for each in both} - {
            second.pid
        }


def test_what_a_killed_postwart_left_behind_does_not_hinder_the_next_one(place: Place) -> None:
    place.program.start("--no-tray")
    old = json.loads(place.program.places.api_file.read_text("ascii"))
    place.program.kill()
    assert place.program.places.api_file.exists()
    place.says("stop", code=0, en="is not running", de="läuft nicht")
    place.says("open", code=1, en="Start Postwart first.", de="Starten Sie zuerst Postwart.")
    place.program.start("--no-tray")
    new = json.loads(place.program.places.api_file.read_text("ascii"))
    assert new["secret"] != old["secret"]
    assert new["pid"] != old["pid"]
    assert place.program.stop() == 0
    assert not place.program.places.api_file.exists()
