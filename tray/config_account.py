"""Is one [[account]] right, and what does it mean with its preset's values filled in?"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from auth.person import plain
from mail.mailbox import Protocol, Security, Server
from tray import config_values as values
from tray.config_section import Section
from tray.presets import PRESETS, Preset
from tray.settings import Account

_UNKNOWN = Preset("")
"""Where the file names no preset of ours: every value is still looked at, but nothing is said about what is missing."""


@dataclass(frozen=True)
class _Login:
    """Where the person signs in."""

    tenant: str
    authority: str
    issuer: str
    client_secret: str


def read_account(section: Section, folder: Path) -> Account:
    """Complete only where the section's report stayed empty. `folder` is what a relative ca_file is relative to."""
    preset = PRESETS.get(section.need("preset", values.one_of(PRESETS), ""), _UNKNOWN)
    login = _login(section, preset)
    servers = {protocol: _server(section, protocol, preset) for protocol in Protocol}
    receive = _receive(section, preset, servers)
    address = section.need("address", values.address, "")
    person = _sign_in_as(section, address)
    account = Account(
        id=section.need("id", values.identifier, ""),
        address=address,
        preset=preset.name,
        client_id=section.need("client_id", values.application_id if preset.microsoft else values.text, ""),
        scopes=_scopes(section, preset, receive),
        tenant=login.tenant,
        sign_in_as=person,
        aliases=_aliases(section, person or address, login),
        broker=_broker(section, login),
        receive=receive,
        folders=section.take("folders", values.texts, ("INBOX",)),
        fetch_every=section.take("fetch_every", values.duration("5s", "7d"), timedelta(minutes=5)),
        idle=section.take("idle", values.flag, True),
        after_fetch=section.take("after_fetch", values.one_of(("keep", "delete")), "keep"),
        sign_in_every=section.take("sign_in_every", _sign_in_every, None),
        keep_days=section.take("keep_days", _keep_days, None),
        export=section.take("export", _folder(folder), None),
        authority=login.authority,
        issuer=login.issuer,
        client_secret=login.client_secret,
        imap=servers[Protocol.IMAP],
        pop3=servers[Protocol.POP3],
        smtp=servers[Protocol.SMTP],
        ca_file=section.take("ca_file", _certificate_file(folder), None),
        limits=preset.limits,
    )
    section.end()
    return account


def _sign_in_every(value: object) -> timedelta | None:
    return values.duration("1h", "365d")(value)


def _keep_days(value: object) -> int | None:
    return values.number(1, 36_500)(value)


def _folder(folder: Path) -> values.Read[Path | None]:
    """An absolute path, or one relative to the folder of config.toml."""
    return lambda value: folder / Path(values.text(value)).expanduser()


def _certificate_file(folder: Path) -> values.Read[Path | None]:
    return values.certificate_file(folder)


def _sign_in_as(section: Section, address: str) -> str:
    person = section.take("sign_in_as", values.address, "")
    if person and plain(person) == plain(address):
        section.fault("sign_in_as", "fault_same_address", value=person)
    return person


def _aliases(section: Section, person: str, login: _Login) -> tuple[str, ...]:
    """Microsoft's people have addresses; other providers may call theirs anything."""
    nobody_else: tuple[str, ...] = ()
    read = values.names(values.login_name if login.issuer else values.address)
    aliases = section.take("aliases", read, nobody_else)
    if said_already := next((alias for alias in aliases if person and plain(alias) == plain(person)), ""):
        section.fault("aliases", "fault_alias_is_person", value=said_already)
    return aliases


def _broker(section: Section, login: _Login) -> bool:
    wanted = section.take("broker", values.flag, False)
    if wanted and login.issuer:
        section.fault("broker", "fault_broker_not_used")
    return wanted


def _login(section: Section, preset: Preset) -> _Login:
    tenant = section.take("tenant", values.tenant, "")
    standard = preset.authority(tenant or "organizations")
    authority = section.take("authority", values.authority, standard)
    issuer = section.take("issuer", values.issuer, preset.issuer)
    _keep_lock(section, preset, "authority", changed=authority != standard)
    _keep_lock(section, preset, "issuer", changed=section.has("issuer"))
    if preset.name and not preset.locked:
        _one_provider(section, preset)
    if tenant and preset.name:
        _same_tenant(section, preset, tenant, authority)
    secret = section.take("client_secret", values.secret, "")
    if secret and authority:
        section.fault("client_secret", "fault_secret_not_used")
    return _Login(tenant or _tenant_of(authority), authority, issuer, secret)


def _one_provider(section: Section, preset: Preset) -> None:
    """Microsoft's presets sign in at an authority, Google's at an issuer, custom at either."""
    if preset.microsoft and section.has("issuer"):
        section.fault("issuer", "fault_not_for_preset", word="issuer", preset=preset.name)
    elif preset.issuer and section.has("authority"):
        section.fault("authority", "fault_not_for_preset", word="authority", preset=preset.name)
    elif section.has("authority") and section.has("issuer"):
        section.fault("issuer", "fault_authority_and_issuer")
    elif not (preset.microsoft or preset.issuer or section.has("authority") or section.has("issuer")):
        section.fault("authority", "fault_no_provider")


def _same_tenant(section: Section, preset: Preset, tenant: str, authority: str) -> None:
    if not authority:
        section.fault("tenant", "fault_not_for_preset", word="tenant", preset=preset.name)
    elif _tenant_of(authority).casefold() != tenant.casefold():
        section.fault("tenant", "fault_tenant_contradicts", value=tenant, authority=authority)


def _tenant_of(authority: str) -> str:
    return urlsplit(authority).path.strip("/").partition("/")[0] or "organizations"


def _receive(section: Section, preset: Preset, servers: dict[Protocol, Server | None]) -> str:
    named = next((each.value for each in (Protocol.IMAP, Protocol.POP3) if servers[each]), "none")
    receive = section.take("receive", values.one_of(preset.receives), preset.receive or named)
    if preset.name and receive != "none" and not section.has(receive) and not servers[Protocol(receive)]:
        section.missing(receive)
    if preset.name and receive == "none" and not section.has("smtp") and not servers[Protocol.SMTP]:
        section.missing("smtp")  # neither received nor sent: the account would do nothing
    return receive


def _scopes(section: Section, preset: Preset, receive: str) -> tuple[str, ...]:
    standard = preset.scopes(receive)
    scopes = section.take("scopes", values.scopes, standard)
    _keep_lock(section, preset, "scopes", changed=scopes != standard)
    if preset.name and not scopes and not section.has("scopes"):
        section.missing("scopes")
    return scopes


def _server(section: Section, protocol: Protocol, preset: Preset) -> Server | None:
    """What the file leaves out is the preset's; without a preset's server all three values are needed."""
    standard = preset.servers.get(protocol)
    inner = section.inside(protocol)
    if inner is None:
        return standard
    faults = len(section.report)
    take = inner.take if standard or not preset.name else inner.need
    host = take("host", values.host, standard.host if standard else "")
    port = take("port", values.number(1, 65535), standard.port if standard else 0)
    security = take("security", values.one_of(Security), standard.security.value if standard else "tls")
    if host and security == Security.NONE and not _is_loopback(host):
        inner.fault("security", "fault_unprotected", host=host)
    inner.end()
    if len(section.report) > faults:
        return standard
    server = Server(protocol, host, port, Security(security))
    _keep_lock(section, preset, protocol, changed=server != standard)
    return server


def _keep_lock(section: Section, preset: Preset, key: str, *, changed: bool) -> None:
    if changed and key in preset.locked and section.has(key):
        section.fault(key, "fault_locked", word=key, preset=preset.name)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold().rstrip(".") == "localhost"
