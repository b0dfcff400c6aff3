"""Which mailbox, on which servers? Pure data, made from the configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

TokenSource = Callable[[], str]
"""Returns a valid access token, asked for at each connect. Raises a Problem where there is none to be had."""


class Security(StrEnum):
    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"  # loopback only; the configuration sees to that


class Protocol(StrEnum):
    IMAP = "imap"
    POP3 = "pop3"
    SMTP = "smtp"


@dataclass(frozen=True)
class Server:
    protocol: Protocol
    host: str
    port: int
    security: Security


@dataclass(frozen=True)
class Limits:
    """What a server lets one mailbox send; 0: as much as it likes."""

    messages_a_minute: int = 0
    recipients_a_day: int = 0


UNLIMITED = Limits()


@dataclass(frozen=True)
class Mailbox:
    """One account's mailbox. `address` is the user of XOAUTH2, for a shared mailbox the mailbox's own address.

    `receive` is the IMAP or the POP3 server, None for a send-only account. `sharing`: for each count of the server's
    that the `limits` are about, the accounts whose letters are in it; empty: this account's alone are.
    """

    account: str
    address: str
    receive: Server | None
    smtp: Server | None
    folders: tuple[str, ...] = ("INBOX",)
    delete_after_fetch: bool = False
    ca_file: Path | None = None
    limits: Limits = UNLIMITED
    sharing: tuple[frozenset[str], ...] = ()

    @property
    def place(self) -> str:
        """Whose mailbox on which server: UIDs mean something there alone, whatever the account is called."""
        return f"{self.receive.host.lower()}/{self.address.lower()}" if self.receive else ""

    @property
    def servers(self) -> tuple[Server, ...]:
        return tuple(server for server in (self.receive, self.smtp) if server)
