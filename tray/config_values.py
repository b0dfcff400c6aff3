"""Which values may stand in config.toml? Each reader returns what the file's value means, or says why it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from auth.person import plain
from tray.config_faults import Wrong

T = TypeVar("T")
Read = Callable[[object], T]
"""Raises Wrong."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_ADDRESS = re.compile(rf"[^\s@,;:<>()\[\]\"\\\x00-\x1f\x7f]{{1,64}}@(?:{_LABEL}(?:\.{_LABEL})+|localhost)")
_ID = re.compile(r"[a-z0-9_-]{1,64}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SHOWN = 60
_LONGEST_NAME = 60
_OFFERED_ANYWAY = frozenset({"openid", "profile", "offline_access"})
"""Asked for at each sign-in as it is; MSAL raises ValueError where they are among the scopes."""


def shown(value: object) -> str:
    """How a value is quoted in a sentence: short, on one line."""
    text = " ".join((str(value).lower() if isinstance(value, bool) else str(value)).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def typed(value: object, wanted: Any, code: str) -> Any:
    """`value` if it is of the type, by msgspec's strict rules: a bool is no int, a number no text."""
    try:
        return msgspec.convert(value, wanted)
    except msgspec.ValidationError as fault:
        raise Wrong(code, value=shown(value)) from fault


def text(value: object) -> str:
    """Not empty, on one line."""
    said: str = typed(value, str, "fault_not_text").strip()
    if not said:
        raise Wrong("fault_empty")
    if not said.isprintable():
        raise Wrong("fault_unprintable", value=shown(ascii(said)))
    return said


def secret(value: object) -> str:
    """As text, but never quoted in a fault."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise Wrong("fault_secret")
    return value.strip()


def name(value: object) -> str:
    """The main app's, as it stands in tooltips and subjects."""
    said = text(value)
    if len(said) > _LONGEST_NAME:
        raise Wrong("fault_too_long", value=shown(said), longest=str(_LONGEST_NAME))
    return said


def flag(value: object) -> bool:
    return bool(typed(value, bool, "fault_not_flag"))


def one_of(allowed: Iterable[str]) -> Read[str]:
    choices = tuple(allowed)

    def read(value: object) -> str:
        if value not in choices:
            raise Wrong("fault_not_allowed", value=shown(value), allowed=", ".join(choices))
        return str(value)

    return read


def number(lowest: int, highest: int) -> Read[int]:
    def read(value: object) -> int:
        try:
            return int(msgspec.convert(value, Annotated[int, Meta(ge=lowest, le=highest)]))
        except msgspec.ValidationError as fault:
            raise Wrong("fault_number", value=shown(value), lowest=str(lowest), highest=str(highest)) from fault

    return read


def days(value: object) -> tuple[int, ...]:
    """Most days first."""
    listed: list[object] = typed(value, list, "fault_not_list")
    if not listed:
        raise Wrong("fault_empty")
    return tuple(sorted({number(1, 90)(each) for each in listed}, reverse=True))


def duration(lowest: str, highest: str) -> Read[timedelta]:
    def read(value: object) -> timedelta:
        found = re.fullmatch(r"([0-9]{1,9})([smhd])", value) if isinstance(value, str) else None
        if not found:
            raise Wrong("fault_duration", value=shown(value))
        if not _span(lowest) <= (span := _span(found[0])) <= _span(highest):
            raise Wrong("fault_duration_range", value=shown(value), lowest=lowest, highest=highest)
        return span

    return read


def _span(said: str) -> timedelta:
    return timedelta(seconds=min(int(said[:-1]) * _UNITS[said[-1]], 10**10))  # a timedelta ends at 10^9 days


def identifier(value: object) -> str:
    said = text(value)
    if not _ID.fullmatch(said):
        raise Wrong("fault_id", value=shown(said))
    return said


def address(value: object) -> str:
    said = text(value)
    if not _ADDRESS.fullmatch(said):
        raise Wrong("fault_address", value=shown(said))
    return said


def login_name(value: object) -> str:
    """What somebody types to sign in, an address or not."""
    said = text(value)
    if " " in said:
        raise Wrong("fault_login_name", value=shown(said))
    return said


def names(read: Read[str]) -> Read[tuple[str, ...]]:
    """A list of names, each once in whatever spelling."""

    def read_all(value: object) -> tuple[str, ...]:
        listed = tuple(read(each) for each in texts(value))
        spellings = [plain(each) for each in listed]
        if twice := next((each for each in listed if spellings.count(plain(each)) > 1), ""):
            raise Wrong("fault_twice_in_list", value=shown(twice))
        return listed

    return read_all


def host(value: object) -> str:
    said = text(value)
    if not _HOST.fullmatch(said) and not re.fullmatch(r"[0-9a-fA-F:]*:[0-9a-fA-F:.]*", said):
        raise Wrong("fault_host", value=shown(said))
    return said


def application_id(value: object) -> str:
    """The id of a registration in Entra."""
    said = text(value)
    if not _UUID.fullmatch(said):
        raise Wrong("fault_client_id", value=shown(said))
    return said


def tenant(value: object) -> str:
    """`organizations`, or one tenant's id or domain. Not `common`: nobody could approve the program there."""
    said = text(value)
    domain = "." in said and _HOST.fullmatch(said)
    if said != "organizations" and not _UUID.fullmatch(said) and not domain:
        raise Wrong("fault_tenant", value=shown(said))
    return said


def https(value: object, *, with_path: bool) -> str:
    said = text(value)
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError:
        raise Wrong("fault_url", value=shown(said)) from None
    plain = not (parts.query or parts.fragment or parts.username or parts.password or port == 0 or " " in said)
    if parts.scheme != "https" or not parts.hostname or not plain:
        raise Wrong("fault_url", value=shown(said))
    if with_path and not parts.path.strip("/"):
        raise Wrong("fault_url_path", value=shown(said))
    return said


def authority(value: object) -> str:
    return https(value, with_path=True).rstrip("/")


def issuer(value: object) -> str:
    """To the letter: a provider's own name may end with a slash, and the comparison is exact."""
    return https(value, with_path=False)


def texts(value: object) -> tuple[str, ...]:
    """A list with something in it, each once."""
    listed = tuple(text(each) for each in typed(value, list, "fault_not_list"))
    if not listed:
        raise Wrong("fault_empty")
    if len(set(listed)) < len(listed):
        raise Wrong("fault_twice_in_list", value=shown(next(each for each in listed if listed.count(each) > 1)))
    return listed


def scopes(value: object) -> tuple[str, ...]:
    listed = tuple(scope for scope in texts(value) if scope not in _OFFERED_ANYWAY)
    if not listed:
        raise Wrong("fault_no_mail_scope")
    if spaced := next((scope for scope in listed if " " in scope), None):
        raise Wrong("fault_scope_space", value=shown(spaced))
    return listed


def certificate_file(folder: Path) -> Read[Path]:
    """An absolute path, or one relative to the folder of config.toml."""

    def read(value: object) -> Path:
        import ssl  # late: few accounts name a certificate

        path = folder / Path(text(value)).expanduser()
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
        except ssl.SSLError as fault:
            raise Wrong("fault_not_pem", value=str(path)) from fault
        except FileNotFoundError as fault:
            raise Wrong("fault_file_missing", value=str(path)) from fault
        except OSError as fault:
            raise Wrong("fault_file", value=str(path), reason=fault.strerror or str(fault)) from fault
        return path

    return read
