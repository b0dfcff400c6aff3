"""The examples for main apps' developers: each finds Postwart and does its whole work, as its file stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mail.inbox import Arrival
from tests.tray.api.office import Office, running
from tests.tray.api.test_messages import mail

HERE = Path(__file__).parent
SAID = [
    "status: sign_in_required",
    "token: imap.example 993",
    "sent: queued",
    "mail: Nebenkosten 7 <img src=x",
    "event: message",
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with running(tmp_path) as office:
        office.hub.inbox.add("info", [Arrival("INBOX", 1, "7", mail(7))])
        yield office


def run(office: Office, *command: str, account: str = "info") -> subprocess.CompletedProcess[str]:
    """As its user starts it. The proxy of the environment must not be asked."""
    env = os.environ | {
        "POSTWART_HOME": str(office.places.runtime),
        "http_proxy": "http://127.0.0.1:1",
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        [*command, account, "mieter@example.org"], env=env, capture_output=True, text=True, timeout=60, check=False
    )


def works(office: Office, *command: str) -> None:
    done = run(office, *command)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == len(SAID), done.stdout + done.stderr
    assert all(line.startswith(said) for line, said in zip(lines, SAID, strict=True)), lines
    (letter,) = office.hub.outbox.list()
    assert letter.recipients == ("mieter@example.org",)
    assert letter.idempotency_key
    assert office.hub.inbox.unread() == {}


def shows_what_to_do(office: Office, *command: str) -> None:
    """The two sentences, for an account that has to be signed in to."""
    done = run(office, *command, account="rent")
    assert done.returncode != 0
    problem = office.call("GET", "/v1/accounts/rent/token", headers={"Accept-Language": "de"}).json
    assert problem["title"] in done.stdout + done.stderr
    assert problem["next_step"] in done.stdout + done.stderr


def test_python(office: Office) -> None:
    works(office, sys.executable, str(HERE / "client.py"))
    shows_what_to_do(office, sys.executable, str(HERE / "client.py"))


@pytest.mark.needs("curl")
def test_curl(office: Office) -> None:
    works(office, "sh", str(HERE / "client.sh"))


@pytest.mark.needs("free-pascal")
def test_delphi_as_free_pascal(office: Office, tmp_path: Path) -> None:
    shutil.copy(HERE / "client.pas", tmp_path)
    made = subprocess.run(["fpc", "-v0", "client.pas"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    works(office, str(tmp_path / "client"))
    shows_what_to_do(office, str(tmp_path / "client"))


@pytest.mark.needs("mono")
def test_c_sharp(office: Office, tmp_path: Path) -> None:
    program = str(tmp_path / "client.exe")
    libraries = ["-r:System.Net.Http", "-r:System.Runtime.Serialization", "-r:System.Xml.Linq"]
    made = subprocess.run(
        ["mcs", f"-out:{program}", *libraries, str(HERE / "client.cs")], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    works(office, "mono", program)
    shows_what_to_do(office, "mono", program)


@pytest.mark.parametrize("name", ["client.ps1", "client.bas"])
def test_what_is_not_run_asks_for_calls_that_exist(name: str) -> None:
    text = (HERE / name).read_text("utf-8")
    for part in (
        "/v1/status",
        "/token?for=imap",
        "/outbox",
        "/v1/messages?account=",
        "/done",
        "Idempotency-Key",
        "api.json",
    ):
        assert part in text
    assert "Not run by the tests" in text
