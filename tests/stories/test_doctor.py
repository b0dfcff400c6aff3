"""`postwart doctor` on a PC where all is well, and where Postwart hangs, is not there, or has nobody signed in."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office
from tests.rigs import robot_browser
from tests.rigs.desktop import Desktop, desktop
from tests.rigs.postwart import Postwart, postwart
from tray import config_file
from tray.app import utc_now
from tray.clicks import Clicks
from tray.demo_world import World
from tray.desktop import report_shown
from tray.doctor.doctor import examined
from tray.menu import Action
from tray.texts import Texts

pytestmark = [pytest.mark.needs("desktop")]

ADDRESS = "info@office.example"
LETTER = b"Subject: The very private subject\r\n\r\nThe very private words\r\n"


@dataclass(frozen=True)
class Place:
    world: World
    desk: Desktop
    program: Postwart

    def doctor(self, *more: str) -> subprocess.CompletedProcess[str]:
        return self.program.command("doctor", *more)

    def report(self) -> Any:
        return json.loads(self.doctor("--json").stdout)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("doctor")
    with (
        World(folder / "world", utc_now) as world,
        desktop(keyring=True, BROWSER=robot_browser.command(world.ca_file, ADDRESS), LC_ALL="de_DE.UTF-8") as desk,
        postwart(folder / "home", desk.env) as program,
    ):
        world.provider.add_person(ADDRESS)
        world.post.deliver(ADDRESS, LETTER)
        program.home.mkdir()
        config_file.add_account(program.places.config_file, world.account("info", ADDRESS, receive="imap"))
        program.start("--no-tray")
        assert program.command("sign-in", "info").returncode == 0
        program.api.post("accounts", "info", "check")
        program.api.post("accounts", "info", "fetch")
        yield Place(world, desk, program)


def level(report: Any, check: str) -> set[str]:
    return {found["level"] for found in report["findings"] if found["check"] == check}


def codes(report: Any) -> set[str]:
    return {found["code"] for found in report["findings"]}


def test_where_all_is_well_two_lines_say_so_and_a_file_for_the_hotline_is_named(place: Place) -> None:
    done = place.doctor()
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[:2] == ["Auf diesem PC ist alles in Ordnung.", "Sie müssen nichts tun."]
    assert done.stderr == ""
    (file,) = (place.program.home / "reports").iterdir()
    assert f"Der Bericht für die Hotline liegt hier: {file}" in done.stdout
    written = file.read_text("utf-8-sig")
    assert ADDRESS in written
    assert "[ok] keyring doctor-keyring-ok" in written
    assert not file.stat().st_mode & 0o077


def test_everything_that_was_promised_is_looked_at_and_nobody_s_mail_is_in_it(place: Place) -> None:
    report = place.report()
    looked_at = {found["check"] for found in report["findings"]}
    assert looked_at == {
        *("config", "disk", "folder", "database", "clock", "dns", "proxy", "provider", "tls", "mail", "keyring"),
        *("loopback", "postwart", "account", "tray", "notifications", "browser"),
    }
    assert (report["level"], report["faults"], report["notes"]) == ("ok", 0, 0)
    assert report["versions"]["Postwart"]
    assert report["log"]
    assert "private" not in json.dumps(report)


def test_the_running_postwart_says_the_same_over_its_api_in_either_language(place: Place) -> None:
    answered = place.program.api.post("doctor")
    assert answered["headline"] == "Nothing is wrong on this PC."
    assert codes(answered) == codes(place.report())


def test_nothing_is_changed_by_looking(place: Place) -> None:
    before = place.program.places.config_file.read_bytes(), place.program.health("info")
    place.report()
    assert (place.program.places.config_file.read_bytes(), place.program.health("info")) == before


def test_a_postwart_that_hangs_is_found_out_and_its_accounts_are_read_from_the_disk(place: Place) -> None:
    assert place.program.process
    place.program.process.send_signal(signal.SIGSTOP)
    try:
        begun = time.monotonic()
        done = place.doctor()
        assert time.monotonic() - begun < 20
    finally:
        place.program.process.send_signal(signal.SIGCONT)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "Etwas stimmt nicht: Postwart läuft, antwortet aber nicht."
    assert f"{ADDRESS}: Das Postfach funktioniert" in done.stdout


def test_an_account_without_a_sign_in_is_the_one_thing_wrong_and_gives_the_exit_code(place: Place) -> None:
    place.world.provider.revoke(ADDRESS)
    try:
        place.program.api.post("accounts", "info", "check")
        done = place.doctor()
        assert done.returncode == 3
        assert ADDRESS in done.stdout.splitlines()[0]
        assert done.stdout.splitlines()[1].startswith("Das können Sie selbst beheben.")
    finally:
        assert place.program.command("sign-in", "info").returncode == 0


def test_wrong_settings_are_named_line_by_line(place: Place) -> None:
    file = place.program.places.config_file
    right = file.read_bytes()
    file.write_bytes(b"[checks]\nevery = 'soon'\n" + right)
    try:
        done = place.doctor()
    finally:
        file.write_bytes(right)
    assert done.returncode == 1
    assert "Zeile 2, checks.every:" in done.stdout


def test_a_mail_server_that_says_nothing_does_not_make_it_last(place: Place, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        there = {"host": "localhost", "port": silent.getsockname()[1], "security": "tls"}
        values = {**place.world.account("slow", "slow@office.example", receive="imap"), "imap": there}
        config_file.add_account(tmp_path / "config.toml", values)
        where = type(place.program.places)(tmp_path / "config.toml", tmp_path, tmp_path, tmp_path)
        begun = time.monotonic()
        report = examined(where, Texts("en"), seconds=6)
        assert time.monotonic() - begun < 15
    (wrong,) = [found for found in report.findings if found.check == "mail" and found.level == "fault"]
    assert wrong.title == "The mail server localhost does not answer"


def test_where_postwart_does_not_run_that_is_what_is_wrong_and_the_accounts_are_known(
    place: Place,
) -> None:
    place.program.stop()
    report = place.report()
    assert "doctor-postwart-not_running" in codes(report)
    assert level(report, "account") == {"ok"}
    assert (report["headline"], report["faults"]) == ("Etwas stimmt nicht: Postwart läuft gerade nicht.", 1)
    place.program.start("--no-tray")


def test_the_menu_s_report_lies_in_a_folder_that_is_shown(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.has_account("info")
        office.opens()
        shown: list[str] = []

        def browse(url: str) -> bool:
            shown.append(url)
            return True

        clicks = Clicks(office.helper, office.app.rounds, str, browse, partial(report_shown, office.app, browse))
        clicks(Action.REPORT)
        (file,) = (office.places.data / "reports").iterdir()
    assert shown == [file.parent.as_uri()]
    assert "info@office.example" in file.read_text("utf-8-sig")
