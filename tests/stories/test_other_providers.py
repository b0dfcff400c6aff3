"""An account whose sign-in is not Microsoft's, from the configuration to mail on servers that know OAUTHBEARER only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auth.sandbox.robot import Person
from mail.mailbox import Protocol, Security, Server
from tests.mail.letters import letter
from tests.office import Office
from tests.rigs.dovecot import Dovecot
from tests.rigs.smtp_sink import SmtpSink
from tray import config_file
from tray.health import State
from tray.sign_ins import Stage

pytestmark = pytest.mark.needs("dovecot")

ADDRESS = "info@verein.example"
SECRET = "s3cret-of-this-program:+%"
MESSAGES = 5
JSON = "application/json"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        opened.tenant.add_person(ADDRESS)
        opened.tenant.add_client("with-secret", secret=SECRET)
        yield opened


@pytest.fixture
def dovecot(office: Office) -> Iterator[Dovecot]:
    keys = {office.tenant.kid: office.tenant.signing_key_pem}
    with (
        SmtpSink() as world,
        Dovecot(
            keys=keys,
            issuer=office.tenant.issuer,
            relay_port=world.port,
            extra="auth_mechanisms = plain oauthbearer\n",
        ) as servers,
    ):
        servers.fill(ADDRESS, [letter(number) for number in range(MESSAGES)])
        yield servers


def has_account(office: Office, dovecot: Dovecot, tmp_path: Path, account_id: str, **values: Any) -> None:
    both = tmp_path / "both-authorities.pem"
    both.write_bytes(office.tenant.ca_file.read_bytes() + dovecot.ca_file.read_bytes())
    config_file.add_account(
        office.places.config_file,
        {
            "id": account_id,
            "address": ADDRESS,
            "preset": "custom",
            "client_id": "with-secret",
            "client_secret": SECRET,
            "issuer": office.tenant.issuer,
            "scopes": ["https://mail.verein.example/"],
            "ca_file": str(both),
            "imap": table(dovecot.server(Protocol.IMAP)),
            "pop3": table(dovecot.server(Protocol.POP3, Security.STARTTLS)),
            "smtp": table(dovecot.server(Protocol.SMTP, Security.STARTTLS)),
            **values,
        },
    )


def table(server: Server) -> dict[str, Any]:
    return {"host": server.host, "port": server.port, "security": server.security.value}


@pytest.mark.parametrize("receive", ["imap", "pop3"])
@pytest.mark.parametrize("google", [True, False])
def test_mail_works_over_oauthbearer_with_and_without_new_refresh_tokens(
    office: Office, dovecot: Dovecot, tmp_path: Path, receive: str, *, google: bool
) -> None:
    if google:
        office.tenant.act_like_google()
    has_account(office, dovecot, tmp_path, "verein", receive=receive)
    office.opens()
    assert office.signs_in("verein", by=Person(ADDRESS)) is Stage.SIGNED_IN
    for _ in range(3):
        office.checks()
        health = office.health("verein")
        assert health.state is State.OK, health
        assert {name: check.ok for name, check in health.checks.items()} == {"token": True, receive: True, "smtp": True}
    assert office.helper.fetch("verein").new == MESSAGES
    office.helper.send("verein", office.letter("verein", "somebody@else.example"))
    office.app.rounds._send(office.helper.account("verein"))
    assert office.helper.outbox.counts()["sent"] == 1
    office.tenant.revoke(ADDRESS)
    office.checks()
    health = office.health("verein")
    assert (health.state, health.who) == (State.SIGN_IN_REQUIRED, "user")


def test_the_secret_of_the_program_is_told_to_nobody_but_the_provider(
    office: Office, dovecot: Dovecot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    has_account(office, dovecot, tmp_path, "verein")
    office.opens()
    office.signs_in("verein", by=Person(ADDRESS))
    office.checks()
    office.tenant.add_client("with-secret", secret="another")
    office.checks()
    assert office.health("verein").state is State.SIGN_IN_REQUIRED
    api = office.api
    answers = [
        api.get("accounts"),
        api.get("accounts", "verein"),
        api.get("status"),
        api.get("accounts", "verein", "journal"),
        api.get("accounts", "verein", "sign-in"),
        api.call("PATCH", ("accounts", "verein"), body=b'{"idle": false}', kind=JSON),
    ]
    told = json.dumps(answers) + caplog.text + repr(office.helper.settings) + "".join(office.opened)
    assert "with-secret" in told
    assert SECRET not in told
    assert SECRET in office.places.config_file.read_text("utf-8"), "a change of something else leaves it there"
