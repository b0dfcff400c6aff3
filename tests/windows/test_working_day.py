"""The main job on Windows: sign in through the icon's menu, fetch from and send through Dovecot, log off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auth.sandbox.provider import SandboxProvider
from mail.mailbox import Protocol, Security, Server
from tests.mail.letters import NASTY
from tests.rigs.dovecot import Dovecot
from tests.rigs.smtp_sink import SmtpSink
from tests.windows.pc import WindowsPc
from tests.windows.postwart import WindowsPostwart, signs_in_as
from tray import config_file

pytestmark = [pytest.mark.needs("wine", "dovecot"), pytest.mark.timeout(240)]

ADDRESS = "info@office.example"
RED, GREEN = (211, 32, 47), (26, 143, 60)


@dataclass(frozen=True)
class Place:
    pc: WindowsPc
    provider: SandboxProvider
    dovecot: Dovecot
    outside: SmtpSink
    program: WindowsPostwart


@pytest.fixture(scope="module")
def place(pc: WindowsPc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("place")
    with (
        SandboxProvider(folder) as provider,
        SmtpSink() as outside,
        Dovecot(
            keys={provider.kid: provider.signing_key_pem}, issuer=provider.issuer, relay_port=outside.port
        ) as dovecot,
    ):
        provider.add_person(ADDRESS, mfa=True)
        dovecot.fill(ADDRESS, NASTY)
        both = folder / "both-authorities.pem"
        both.write_bytes(provider.ca_file.read_bytes() + dovecot.ca_file.read_bytes())
        program = WindowsPostwart(pc, folder / "home")
        program.home.mkdir()
        config = program.places.config_file
        config_file.add_account(config, _account(provider, dovecot, both))
        config.write_text(config.read_text("utf-8").replace(str(both), f"Z:{both}"), "utf-8")
        signs_in_as(pc, folder, provider.ca_file, ADDRESS)
        program.start()
        yield Place(pc, provider, dovecot, outside, program)


def _account(provider: SandboxProvider, dovecot: Dovecot, ca_file: Path) -> dict[str, Any]:
    return {
        "id": "info",
        "address": ADDRESS,
        "preset": "microsoft365",
        "client_id": provider.client_id,
        "authority": provider.authority,
        "ca_file": str(ca_file),
        "imap": _table(dovecot.server(Protocol.IMAP)),
        "smtp": _table(dovecot.server(Protocol.SMTP, Security.STARTTLS)),
    }


def _table(server: Server) -> dict[str, Any]:
    return {"host": server.host, "port": server.port, "security": server.security.value}


def test_1_the_icon_is_in_the_taskbar_and_its_menu_signs_in(place: Place) -> None:
    place.program.until(lambda: place.program.state("info") == "sign_in_required", "the first check")
    place.program.until(lambda: place.pc.tray_shows(RED), "the red icon")
    place.pc.opens_menu()
    place.pc.screen.keys("Down", "Return")  # the first entry is the most urgent thing: to sign in
    place.program.until(lambda: place.program.state("info") == "ok", "the sign-in")
    place.program.until(lambda: place.pc.tray_shows(GREEN), "the green icon")
    assert "no desktop to notify" not in place.program.log  # it became a balloon, though the icon came later


def test_2_the_key_of_the_sign_ins_is_in_the_credential_manager_and_survives_a_new_start(place: Place) -> None:
    kept = place.pc.python("-c", "import keyring; print(keyring.get_credential('Postwart', 'vault key').username)")
    assert kept.stdout.strip() == "vault key", kept.stderr
    assert place.program.command("stop").returncode == 0
    assert place.program.has_ended() == 0
    place.program.start()
    place.program.until(lambda: place.program.state("info") == "ok", "the check after a new start")


def test_3_mail_comes_byte_for_byte_and_a_letter_goes(place: Place) -> None:
    api = place.program.api
    api.post("accounts", "info", "fetch")
    listed = api.get("messages", account="info", limit=200)["messages"]
    assert sorted(place.program.raw(each["id"]) for each in listed) == sorted(place.dovecot.raws(ADDRESS))
    sent = place.program.command("test-mail", "info")
    assert sent.returncode == 0, sent.stderr
    place.program.until(lambda: place.outside.received, "the letter outside")


def test_4_a_second_start_says_that_it_runs_already(place: Place) -> None:
    again = place.program.command("run", "--no-tray")
    assert "is already running" in again.stdout, again.stderr
    assert place.program.state("info") == "ok"


def test_5_the_doctor_names_windows_and_finds_nothing_wrong_with_the_account(place: Place) -> None:
    report = place.program.command("doctor")
    assert "Windows" in report.stdout
    assert ADDRESS in report.stdout or "info" in report.stdout


def test_6_autostart_is_windows_own_entry_and_goes_again(place: Place) -> None:
    run_key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
    assert place.program.command("autostart", "on").returncode == 0
    assert "tray" in place.pc.run("reg", "query", run_key, "/v", "Postwart").stdout
    assert place.program.command("autostart", "off").returncode == 0
    assert place.pc.run("reg", "query", run_key, "/v", "Postwart").returncode != 0


def test_7_the_end_of_the_session_ends_it_in_order(place: Place) -> None:
    place.pc.ends_session()
    assert place.program.has_ended() == 0


def test_8_quit_in_the_menu_ends_it(place: Place) -> None:
    place.program.start()
    place.program.until(lambda: place.pc.tray_shows(GREEN), "the green icon")
    place.pc.opens_menu()
    place.pc.screen.keys("Up", "Return")
    assert place.program.has_ended() == 0


def test_9_pulling_the_plug_costs_nothing_that_was_there(place: Place) -> None:
    place.program.start("--no-tray")
    before = place.program.api.get("messages", account="info", limit=200)["messages"]
    place.program.loses_power()
    place.program.start("--no-tray")
    assert place.program.api.get("messages", account="info", limit=200)["messages"] == before
