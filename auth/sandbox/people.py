"""Who can sign in, and what was consented to? State of the sandbox's one tenant, without the network."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

Consent = Literal["user", "admin", "granted", "none"]
"""Who may approve a program: the person; an administrator for IMAP and POP; done already; an administrator for all."""

EVERYTHING = "*"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_NAMES = uuid.UUID("7a1b64b4-2b1c-4a55-9d4e-6f4c35c3c8a1")


@dataclass
class Person:
    """Fields may be changed at any time; they hold from the next request on."""

    address: str
    name: str
    password: str = field(default="demo", repr=False)
    mfa: bool = False
    mfa_code: str = field(default="123456", repr=False)
    consent: Consent = "user"
    admin: bool = False
    aliases: set[str] = field(default_factory=set)  # further addresses of the mailbox, in lower case
    claims: dict[str, object] = field(default_factory=dict)  # of id tokens, besides or instead of the usual ones
    first_address: str = ""  # where the address has been changed
    enabled: bool = True
    blocked: int = 0  # an AADSTS number: a policy that lets no tokens out
    grants: set[tuple[str, str]] = field(default_factory=set)  # client id and scope's key; "*" is any
    # Counted, since a test's clock may stand still: what was given in an earlier era is over.
    refresh_era: int = 0
    browser_era: int = 0
    ended_by: int = 50173
    valid_from: datetime = LONG_AGO

    @property
    def id(self) -> str:
        """Stable over restarts, as an object id is."""
        return str(uuid.uuid5(_NAMES, (self.first_address or self.address).casefold()))

    def may_approve(self, key: str, admin_only: frozenset[str]) -> bool:
        if self.admin or self.consent in {"user", "granted"}:
            return True
        return self.consent == "admin" and key not in admin_only

    def end_sessions(self, code: int, *, in_browser: bool) -> None:
        """Every refresh token given so far is refused with this number."""
        self.refresh_era += 1
        self.browser_era += in_browser
        self.ended_by = code


@dataclass(frozen=True)
class Client:
    """A registered program. `http://localhost` stands for any port, as with Entra."""

    id: str
    name: str = "Demo"
    secret: str = field(default="", repr=False)
    redirects: tuple[str, ...] = ("http://localhost", "http://127.0.0.1", "http://[::1]")
    secret_optional: bool = False


@dataclass(frozen=True)
class SignIn:
    """A person showed who they are, in one browser."""

    address: str
    at: datetime
    mfa: bool
    browser_era: int
    kept: bool = False  # survives the browser's end


@dataclass(frozen=True)
class RefreshToken:
    client_id: str
    address: str
    issued_at: datetime
    signed_in_at: datetime
    mfa: bool
    era: int
    scopes: frozenset[str]  # as asked for at the sign-in


@dataclass(frozen=True)
class Code:
    """An authorization code that waits to be redeemed."""

    client_id: str
    redirect_uri: str
    challenge: str
    nonce: str
    scope: str
    sign_in: SignIn
    expires_at: datetime
    offline: bool  # a refresh token belongs to it


@dataclass
class Device:
    """A sign-in that began on a screen without a browser."""

    device_code: str = field(repr=False)
    user_code: str
    client_id: str
    scope: str
    expires_at: datetime
    open: bool
    sign_in: SignIn | None = None
    declined: bool = False
