"""What does each preset set, and what of it may be changed? Pure data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from auth.forecast import GOOGLE_ISSUER
from mail.mailbox import UNLIMITED, Limits, Protocol, Security, Server

MICROSOFT_LOGIN = "https://login.microsoftonline.com"
_OUTLOOK = "https://outlook.office.com"
_RECEIVE_SCOPES = {"imap": (f"{_OUTLOOK}/IMAP.AccessAsUser.All",), "pop3": (f"{_OUTLOOK}/POP.AccessAsUser.All",)}


def _microsoft_scopes(receive: str) -> tuple[str, ...]:
    """Only what is used: each scope is one more line that an administrator has to approve."""
    return (*_RECEIVE_SCOPES.get(receive, ()), f"{_OUTLOOK}/SMTP.Send")


def _google_scopes(_receive: str) -> tuple[str, ...]:
    return ("https://mail.google.com/",)  # the only scope for IMAP, POP3 and SMTP alike


def _no_scopes(_receive: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Preset:
    """Values an account gets without saying so. `locked` names the keys that may not differ from them."""

    name: str
    receive: str = ""  # empty: whatever server the account names
    receives: tuple[str, ...] = ("imap", "pop3", "none")
    microsoft: bool = False  # the authority is made from the tenant; client ids are UUIDs
    issuer: str = ""
    servers: Mapping[str, Server] = field(default_factory=dict)
    scopes: Callable[[str], tuple[str, ...]] = _no_scopes
    locked: frozenset[str] = frozenset()
    limits: Limits = UNLIMITED

    def authority(self, tenant: str) -> str:
        return f"{MICROSOFT_LOGIN}/{tenant}" if self.microsoft else ""


def _servers(imap: str, pop3: str, smtp: str) -> dict[str, Server]:
    return {
        "imap": Server(Protocol.IMAP, imap, 993, Security.TLS),
        "pop3": Server(Protocol.POP3, pop3, 995, Security.TLS),
        "smtp": Server(Protocol.SMTP, smtp, 587, Security.STARTTLS),
    }


_EXCHANGE = _servers("outlook.office365.com", "outlook.office365.com", "smtp.office365.com")

_EXCHANGE_LIMITS = Limits(messages_a_minute=30, recipients_a_day=10_000)
"""Of each mailbox (Microsoft's page *Exchange Online limits*); its third limit, 3 connections, is kept by using one."""

PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "microsoft365-send",
            receive="none",
            receives=("none",),
            microsoft=True,
            servers={"smtp": _EXCHANGE["smtp"]},
            scopes=_microsoft_scopes,
            locked=frozenset({"authority", "issuer", "scopes", "imap", "pop3", "smtp"}),
            limits=_EXCHANGE_LIMITS,
        ),
        Preset(
            "microsoft365",
            receive="imap",
            microsoft=True,
            servers=_EXCHANGE,
            scopes=_microsoft_scopes,
            limits=_EXCHANGE_LIMITS,
        ),
        Preset(
            "google",
            receive="imap",
            issuer=GOOGLE_ISSUER,
            servers=_servers("imap.gmail.com", "pop.gmail.com", "smtp.gmail.com"),
            scopes=_google_scopes,
        ),
        Preset("custom"),
    )
}
