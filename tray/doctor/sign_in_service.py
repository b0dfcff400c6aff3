"""Does the sign-in service say where its endpoints are, and does this PC's clock agree with it?"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import unquote, urlsplit

from auth.http import Line, NoToken
from auth.outcome import Unreachable
from auth.provider import Clock
from mail.certificates import looking
from tray.doctor import proxy
from tray.doctor.finding import Finding, Level, fault, ok
from tray.doctor.hosts import SignInService
from tray.health import Who

TOLERANCE = timedelta(minutes=5)
"""As much as Kerberos and most sign-in services put up with."""

_SECONDS = 8.0
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_MENDED_BY = {"network": Who.USER, "captive_portal": Who.USER, "certificate": Who.ADMIN}


def discovery(service: SignInService, clock: Clock) -> Iterator[Finding]:
    """On the very line that Postwart itself uses."""
    try:
        response = Line(service.ca_file).get(service.url)
    except NoToken as trouble:
        yield _failed(service, trouble.outcome.code, trouble.outcome.detail)
        if isinstance(trouble.outcome, Unreachable) and trouble.outcome.code == "certificate":
            yield from _clock(_date_unchecked(service), clock())
        return
    yield from _clock(response.headers.get("Date", ""), clock())
    yield _metadata(service, response.json())


def silence(service: SignInService) -> Finding:
    return _failed(service, "network", "no answer in time")


def certificate_of(service: SignInService, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Through the proxy, if one is to be used. Raises OSError."""
    connection = _connection(service, context)
    try:
        connection.connect()
    except HTTPException as refusal:  # the proxy's
        raise ConnectionError(str(refusal)) from refusal
    sock = connection.sock
    if not isinstance(sock, ssl.SSLSocket):
        raise ConnectionError("not encrypted")
    return sock


def clock_verdict(theirs: datetime, ours: datetime) -> Finding:
    """Pure."""
    off = ours - theirs
    minutes = round(abs(off) / timedelta(minutes=1))
    if abs(off) <= TOLERANCE:
        return ok("clock", "clock-ok", seconds=round(abs(off).total_seconds()))
    name = "clock-ahead" if off > timedelta() else "clock-behind"
    return fault("clock", name, who=Who.USER, minutes=minutes, here=f"{ours:%Y-%m-%d %H:%M} UTC")


def _clock(date: str, ours: datetime) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return  # it does not say what time it is
    if theirs.tzinfo is not None:
        yield clock_verdict(theirs, ours)


def _metadata(service: SignInService, said: dict[str, object]) -> Finding:
    facts = {"host": service.host, "issuer": str(said.get("issuer", ""))}
    missing = [name for name in _ENDPOINTS if not _is_safe(str(said.get(name, "")))]
    if missing:
        lacking = ", ".join(missing)
        return fault("provider", "provider-incomplete", service.host, who=Who.VENDOR, missing=lacking, **facts)
    token = str(said["token_endpoint"])
    return ok("provider", "provider-ok", service.host, token_endpoint=token, **facts)


def _is_safe(url: str) -> bool:
    """As the demo's pages on this PC are, too."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"})


def _failed(service: SignInService, code: str, detail: str) -> Finding:
    codes = (f"doctor-provider-{code}", code, "doctor-provider-refused")
    facts = {"host": service.host, "url": service.url, "code": code, "reason": detail}
    return Finding("provider", Level.FAULT, codes, service.host, _MENDED_BY.get(code, Who.NOBODY), facts)


def _date_unchecked(service: SignInService) -> str:
    """A wrong clock makes each certificate look invalid. Nothing is sent over this line but the question."""
    connection = _connection(service, looking())
    with closing(connection):
        try:
            connection.request("HEAD", "/")
            return connection.getresponse().getheader("Date") or ""
        except (OSError, HTTPException):
            return ""


def _connection(service: SignInService, context: ssl.SSLContext) -> HTTPConnection:
    via = proxy.for_url(service.url)
    if via is None or not via.scheme.startswith("http"):
        return HTTPSConnection(service.host, service.port, context=context, timeout=_SECONDS)
    connection = HTTPSConnection(via.hostname or "", via.port or 80, context=context, timeout=_SECONDS)
    connection.set_tunnel(service.host, service.port, _proxy_login(via.username, via.password))
    return connection


def _proxy_login(name: str | None, password: str | None) -> dict[str, str]:
    from urllib3.util import make_headers

    return dict(make_headers(proxy_basic_auth=f"{unquote(name)}:{unquote(password or '')}")) if name else {}
