"""Which hosts does this configuration need, and over which protocols? Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mail.mailbox import Mailbox, Server
from tray.presets import PRESETS
from tray.settings import Account


@dataclass(frozen=True)
class SignInService:
    """One identity provider as some account reaches it. `url` is that of its OpenID metadata."""

    url: str
    ca_file: Path | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 443


@dataclass(frozen=True)
class MailServer:
    """One mail server; `mailbox` is that of the first account that uses it."""

    server: Server
    mailbox: Mailbox

    @property
    def name(self) -> str:
        return f"{self.server.protocol.value.upper()} {self.server.host}:{self.server.port}"


def sign_in_services(accounts: Sequence[Account]) -> list[SignInService]:
    """Each once; Microsoft's where no account is set up yet."""
    found = [SignInService(_metadata(account), account.ca_file) for account in accounts]
    return list(dict.fromkeys(found or [SignInService(_microsoft())]))


def mail_servers(accounts: Sequence[Account]) -> list[MailServer]:
    mailboxes = [account.mailbox for account in accounts] or [_exchange()]
    found: dict[tuple[Server, Path | None], MailServer] = {}
    for mailbox in mailboxes:
        for server in mailbox.servers:
            found.setdefault((server, mailbox.ca_file), MailServer(server, mailbox))
    return list(found.values())


def names(services: Sequence[SignInService], servers: Sequence[MailServer]) -> list[str]:
    """Each host's name once."""
    return list(dict.fromkeys(_names(services, servers)))


def _names(services: Sequence[SignInService], servers: Sequence[MailServer]) -> Iterator[str]:
    yield from (service.host for service in services)
    yield from (each.server.host for each in servers)


def _metadata(account: Account) -> str:
    root = account.issuer or f"{account.authority.rstrip('/')}/v2.0"
    return root.rstrip("/") + "/.well-known/openid-configuration"


def _microsoft() -> str:
    return f"{PRESETS['microsoft365'].authority('organizations')}/v2.0/.well-known/openid-configuration"


def _exchange() -> Mailbox:
    servers = PRESETS["microsoft365"].servers
    return Mailbox("", "", servers["imap"], servers["smtp"])
