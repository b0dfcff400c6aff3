"""`postwart demo` on a PC with nothing: no display, no session bus, no keyring. Everything it promises can be tried."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from auth.sandbox.robot import Person, Robot
from tests.office import wait_until
from tests.rigs.desktop import ROOT
from tests.rigs.postwart import Postwart

FOREIGN = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"}


@dataclass(frozen=True)
class Demo:
    program: Postwart
    output: Path
    process: subprocess.Popen[bytes]

    def states(self) -> dict[str, str]:
        return {each["id"]: each["health"]["state"] for each in self.program.api.get("status")["accounts"]}

    @property
    def text(self) -> str:
        return self.output.read_text("utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    env |= {"LANG": "en_US.UTF-8", "BROWSER": "false", "XDG_RUNTIME_DIR": str(folder)}
    program = Postwart(folder / "demo", env)
    output = folder / "output.txt"
    with output.open("wb") as target:
        process = subprocess.Popen(
            [sys.executable, "-m", "tray", "demo"],
            env={**env, "POSTWART_HOME": str(folder)},
            cwd=ROOT,
            stdout=target,
            stderr=subprocess.STDOUT,
        )
    try:
        program.until(lambda: "postwart status" in output.read_text("utf-8"), "the programme")
        yield Demo(program, output, process)
    finally:
        process.terminate()
        process.wait(60)


def test_it_says_what_is_missing_and_what_to_try(demo: Demo) -> None:
    assert "keeps its key in memory" in demo.text
    assert wait_until(lambda: "no taskbar for the icon here" in demo.text)
    assert f"export POSTWART_HOME='{demo.program.home}'" in demo.text


def test_the_control_page_is_printed_and_there(demo: Demo) -> None:
    link = re.search(r"control page:\s+(http://localhost:\d+/)", demo.text)
    assert link
    page = requests.get(link[1], headers={"Accept-Language": "de"}, timeout=10)
    assert "Steuerseite der Vorführung" in page.text
    assert page.text.count("<form") == 5
    assert "<script" not in page.text


def test_five_accounts_stand_in_five_ways(demo: Demo) -> None:
    expected = {
        "info": "ok",
        "vermietung": "expiring",
        "buchhaltung": "sign_in_required",
        "technik": "consent_pending",
        "rechnungen": "sign_in_required",
    }
    assert wait_until(lambda: demo.states() == expected, 20), demo.states()


def test_mail_arrives_and_what_it_prints_can_be_typed(demo: Demo) -> None:
    assert wait_until(lambda: demo.program.api.get("status")["unread"] > 7, 30)
    for command in ("status", "test-mail info", "token info --for imap", "fetch vermietung", "accounts"):
        done = demo.program.command(*command.split())
        assert done.returncode == (3 if command == "status" else 0), (command, done.stdout, done.stderr)
        assert done.stdout


def test_the_administrator_approves_at_the_link_that_is_printed(demo: Demo) -> None:
    link = re.search(r"http://localhost:\d+/\S*adminconsent\S*", demo.text)
    assert link
    # the approval is recorded; that nobody listens at the redirect's address is as it is in real life
    with pytest.raises(requests.ConnectionError):
        Robot(demo.program.home / "sandbox" / "ca.pem").walk(link[0], Person("admin@hausverwaltung.example"))
    assert demo.program.command("check", "technik").returncode == 0
    assert demo.states()["technik"] == "ok"


def test_a_second_demo_says_that_one_runs(demo: Demo) -> None:
    env = {**demo.program.env, "POSTWART_HOME": str(demo.program.home.parent)}
    second = subprocess.run(
        [sys.executable, "-m", "tray", "demo"],
        env=env,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert second.returncode == 1
    assert "already" in second.stderr
    assert demo.states()


def test_it_ends_when_it_is_told_to(demo: Demo) -> None:
    assert demo.program.command("stop").returncode == 0
    assert demo.process.wait(60) == 0
    assert not demo.program.places.api_file.exists()
    assert "Traceback" not in demo.text
