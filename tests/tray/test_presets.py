"""What each preset fills in, as a table against Microsoft's and Google's documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from mail.mailbox import Protocol, Security, Server
from tests.tray.config_samples import CLIENT
from tray.config import parse
from tray.settings import Account

IMAP = Server(Protocol.IMAP, "outlook.office365.com", 993, Security.TLS)
POP3 = Server(Protocol.POP3, "outlook.office365.com", 995, Security.TLS)
SMTP = Server(Protocol.SMTP, "smtp.office365.com", 587, Security.STARTTLS)
OUTLOOK = "https://outlook.office.com/"


def account(more: str) -> Account:
    text = f'[[account]]\nid = "a"\naddress = "a@firm.example"\nclient_id = "{CLIENT}"\n{more}'
    return parse(text.encode(), Path("config.toml")).accounts[0]


def test_microsoft365_send_only_sends() -> None:
    found = account('preset = "microsoft365-send"')
    assert found.authority == "https://login.microsoftonline.com/organizations"
    assert found.scopes == (f"{OUTLOOK}SMTP.Send",)
    assert found.mailbox.servers == (SMTP,)


@pytest.mark.parametrize(
    ("receive", "scope", "servers"),
    [
        ("imap", ("IMAP.AccessAsUser.All", "SMTP.Send"), (IMAP, SMTP)),
        ("pop3", ("POP.AccessAsUser.All", "SMTP.Send"), (POP3, SMTP)),
        ("none", ("SMTP.Send",), (SMTP,)),
    ],
)
def test_microsoft365_asks_only_for_what_it_uses(
    receive: str, scope: tuple[str, ...], servers: tuple[Server, ...]
) -> None:
    found = account(f'preset = "microsoft365"\nreceive = "{receive}"')
    assert found.scopes == tuple(OUTLOOK + each for each in scope)
    assert found.mailbox.servers == servers


def test_microsoft365_receives_over_imap_unless_told() -> None:
    assert account('preset = "microsoft365"').receive == "imap"


@pytest.mark.parametrize("tenant", ["organizations", "firm.onmicrosoft.com", CLIENT])
def test_the_tenant_goes_into_the_authority(tenant: str) -> None:
    found = account(f'preset = "microsoft365"\ntenant = "{tenant}"')
    assert found.authority == f"https://login.microsoftonline.com/{tenant}"
    assert found.tenant == tenant


def test_google_signs_in_at_an_issuer_and_may_have_a_client_secret() -> None:
    found = account('preset = "google"\nclient_secret = "GOCSPX-abc"')
    assert (found.issuer, found.authority) == ("https://accounts.google.com", "")
    assert found.identity.client_secret == "GOCSPX-abc"
    assert found.scopes == ("https://mail.google.com/",)
    assert [server.host for server in found.mailbox.servers] == ["imap.gmail.com", "smtp.gmail.com"]
    assert "GOCSPX" not in repr(found)
