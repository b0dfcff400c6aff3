"""What does an account look like on the wire? The same names and values as in config.toml."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, cast

import msgspec
from msgspec import UNSET, UnsetType

from mail.mailbox import Server
from tray.api.types import Health
from tray.settings import Account as Configured

SecurityName = Literal["tls", "starttls", "none"]
PresetName = Literal["microsoft365-send", "microsoft365", "google", "custom"]
ReceiveName = Literal["imap", "pop3", "none"]
AfterFetchName = Literal["keep", "delete"]


class ServerPlace(msgspec.Struct, frozen=True):
    host: str
    port: int
    security: SecurityName


class Account(msgspec.Struct, frozen=True):
    """One account with its preset's values filled in. `managed` names what the administrator has fixed."""

    id: str
    address: str
    preset: PresetName
    client_id: str
    tenant: str
    sign_in_as: str
    aliases: list[str]
    broker: bool
    receive: ReceiveName
    folders: list[str]
    fetch_every: str
    idle: bool
    after_fetch: AfterFetchName
    sign_in_every: str | None
    keep_days: int | None
    export: str | None
    authority: str | None
    issuer: str | None
    scopes: list[str]
    imap: ServerPlace | None
    pop3: ServerPlace | None
    smtp: ServerPlace | None
    ca_file: str | None
    managed: list[str]
    health: Health


class AccountList(msgspec.Struct, frozen=True):
    accounts: list[Account]


class ServerIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is; null takes a value away, so that the preset's holds again."""

    host: str | UnsetType | None = UNSET
    port: int | UnsetType | None = UNSET
    security: SecurityName | UnsetType | None = UNSET


class AccountChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Only what is to change. null takes a value away, so that the preset's holds again."""

    address: str | UnsetType = UNSET
    preset: PresetName | UnsetType = UNSET
    client_id: str | UnsetType = UNSET
    tenant: str | UnsetType | None = UNSET
    sign_in_as: str | UnsetType | None = UNSET
    aliases: list[str] | UnsetType | None = UNSET
    broker: bool | UnsetType | None = UNSET
    receive: ReceiveName | UnsetType | None = UNSET
    folders: list[str] | UnsetType | None = UNSET
    fetch_every: str | UnsetType | None = UNSET
    idle: bool | UnsetType | None = UNSET
    after_fetch: AfterFetchName | UnsetType | None = UNSET
    sign_in_every: str | UnsetType | None = UNSET
    keep_days: int | UnsetType | None = UNSET
    export: str | UnsetType | None = UNSET
    authority: str | UnsetType | None = UNSET
    issuer: str | UnsetType | None = UNSET
    client_secret: str | UnsetType | None = UNSET
    scopes: list[str] | UnsetType | None = UNSET
    imap: ServerIn | UnsetType | None = UNSET
    pop3: ServerIn | UnsetType | None = UNSET
    smtp: ServerIn | UnsetType | None = UNSET
    ca_file: str | UnsetType | None = UNSET


class AccountIn(AccountChange, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new account. What the preset sets may be left out."""

    id: str
    address: str
    preset: PresetName
    client_id: str


def account(configured: Configured, health: Health) -> Account:
    """Everything but the client secret, which is only ever written."""
    return Account(
        id=configured.id,
        address=configured.address,
        preset=cast(PresetName, configured.preset),
        client_id=configured.client_id,
        tenant=configured.tenant,
        sign_in_as=configured.sign_in_as,
        aliases=list(configured.aliases),
        broker=configured.broker,
        receive=cast(ReceiveName, configured.receive),
        folders=list(configured.folders),
        fetch_every=duration(configured.fetch_every),
        idle=configured.idle,
        after_fetch=cast(AfterFetchName, configured.after_fetch),
        sign_in_every=duration(configured.sign_in_every) if configured.sign_in_every else None,
        keep_days=configured.keep_days,
        export=str(configured.export) if configured.export else None,
        authority=configured.authority or None,
        issuer=configured.issuer or None,
        scopes=list(configured.scopes),
        imap=_place(configured.imap),
        pop3=_place(configured.pop3),
        smtp=_place(configured.smtp),
        ca_file=str(configured.ca_file) if configured.ca_file else None,
        managed=[],
        health=health,
    )


def duration(every: timedelta) -> str:
    """As config.toml has it: `30s`, `15m`, `6h`, `1d`."""
    seconds = int(every.total_seconds())
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds and seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds}s"


def _place(server: Server | None) -> ServerPlace | None:
    return ServerPlace(server.host, server.port, server.security.value) if server else None
