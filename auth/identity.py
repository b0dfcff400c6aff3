"""Whose sign-in is it, with which program, at which provider? Pure data, made from the configuration."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    """One account's sign-in.

    `account` is the configuration's id and names the vault entry. `person` is the address that signs in (for a shared
    mailbox not the mailbox's own), `aliases` are that person's other names. Exactly one of `authority` (Microsoft,
    through MSAL) and `issuer` (any other OpenID provider) is set. `scopes` are the mail scopes, without openid,
    profile and offline_access. With `broker`, the operating system is asked to sign in before the browser is.
    """

    account: str
    person: str
    client_id: str
    scopes: tuple[str, ...]
    authority: str = ""
    issuer: str = ""
    client_secret: str = field(default="", repr=False)
    ca_file: Path | None = None
    aliases: tuple[str, ...] = ()
    broker: bool = False
