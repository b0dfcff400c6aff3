"""The main job on real servers: Chromium signs in, Dovecot checks the tokens, mail comes byte for byte and goes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from auth.sandbox.provider import SandboxProvider
from mail.mailbox import Protocol, Security, Server
from tests.mail.letters import NASTY, letter
from tests.rigs import browser
from tests.rigs.desktop import desktop
from tests.rigs.dovecot import Dovecot
from tests.rigs.postwart import Postwart, postwart
from tests.rigs.smtp_sink import SmtpSink
from tray import config_file

pytestmark = [pytest.mark.needs("dovecot", "chromium", "desktop")]

MESSAGES = 500
ADDRESS = "info@office.example"


class Delivering(SmtpSink):
    """The world outside: what is sent to the office comes back into it."""

    dovecot: Dovecot

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's
        answer = await super().handle_DATA(server, session, envelope)
        for recipient in envelope.rcpt_tos:
            await asyncio.to_thread(self.dovecot.deliver, recipient, envelope.original_content or b"")
        return answer


@dataclass(frozen=True)
class Place:
    provider: SandboxProvider
    dovecot: Dovecot
    program: Postwart


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("place")
    with (
        SandboxProvider(folder) as provider,
        Delivering() as world,
        Dovecot(
            keys={provider.kid: provider.signing_key_pem}, issuer=provider.issuer, relay_port=world.port
        ) as dovecot,
        desktop(keyring=True, BROWSER=browser.command(ADDRESS)) as here,
        postwart(folder / "home", here.env) as program,
    ):
        world.dovecot = dovecot
        provider.add_person(ADDRESS, mfa=True)
        dovecot.fill(ADDRESS, [*NASTY, *(letter(number) for number in range(MESSAGES - len(NASTY)))])
        both = folder / "both-authorities.pem"
        both.write_bytes(provider.ca_file.read_bytes() + dovecot.ca_file.read_bytes())
        program.home.mkdir()
        for account_id, receive in (("over-imap", "imap"), ("over-pop3", "pop3")):
            config_file.add_account(
                program.places.config_file,
                {
                    "id": account_id,
                    "address": ADDRESS,
                    "preset": "microsoft365",
                    "client_id": provider.client_id,
                    "authority": provider.authority,
                    "ca_file": str(both),
                    "receive": receive,
                    "imap": _table(dovecot.server(Protocol.IMAP)),
                    "pop3": _table(dovecot.server(Protocol.POP3)),
                    "smtp": _table(dovecot.server(Protocol.SMTP, Security.STARTTLS)),
                },
            )
        program.start("--no-tray")
        yield Place(provider, dovecot, program)
        program.stop()


def _table(server: Server) -> dict[str, Any]:
    return {"host": server.host, "port": server.port, "security": server.security.value}


def test_1_a_click_opens_chromium_and_after_the_sign_in_the_mailbox_is_healthy(place: Place) -> None:
    for account in ("over-imap", "over-pop3"):
        signed_in = place.program.command("sign-in", account)
        assert signed_in.returncode == 0, signed_in.stderr
    for account, receive in (("over-imap", "imap"), ("over-pop3", "pop3")):
        health = place.program.api.post("accounts", account, "check")
        assert health["state"] == "ok"
        assert {name: check["result"] for name, check in health["checks"].items()} == {
            "token": "ok",
            receive: "ok",
            "smtp": "ok",
        }
        assert health["days_left"] == 90


@pytest.mark.parametrize("account", ["over-imap", "over-pop3"])
def test_2_every_message_comes_once_and_byte_for_byte(place: Place, account: str) -> None:
    place.program.api.post("accounts", account, "fetch")
    expected = place.dovecot.raws(ADDRESS)
    if account == "over-pop3":  # a message ends with a line there (RFC 1939, section 3)
        expected = [raw if raw.endswith(b"\r\n") else raw + b"\r\n" for raw in expected]
    assert len(expected) == MESSAGES
    assert sorted(_fetched(place.program, account)) == sorted(expected)
    assert place.program.api.post("accounts", account, "fetch")["new"] == 0


def test_3_a_sent_letter_goes_out_and_comes_back(place: Place) -> None:
    sent = place.program.command("test-mail", "over-imap")
    assert sent.returncode == 0, sent.stderr
    place.program.until(
        lambda: [each["state"] for each in place.program.api.get("outbox")["letters"]] == ["sent"], "the letter"
    )

    def came_back() -> bool:
        place.program.api.post("accounts", "over-imap", "fetch")
        newest = place.program.api.get("messages", account="over-imap", order="newest", limit=5)["messages"]
        return any("Postwart" in each["subject"] for each in newest)

    place.program.until(came_back, "the letter that came back")


def _fetched(program: Postwart, account: str) -> list[bytes]:
    """Over the API, as the main app would take them."""
    found: list[bytes] = []
    cursor = 0
    while True:
        page = program.api.get("messages", account=account, after=cursor, limit=200)
        if not page["messages"]:
            return found
        found += [program.raw(each["id"]) for each in page["messages"]]
        cursor = page["next"]


def test_4_what_dovecot_logged_names_no_failed_login(place: Place) -> None:
    assert "auth failed" not in place.dovecot.log
    assert Path(place.dovecot.folder).exists()
