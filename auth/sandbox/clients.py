"""Is this a registered program, and does it ask as one may? Client authentication and redirect addresses."""

from __future__ import annotations

import base64
import binascii
import hmac
from urllib.parse import unquote, urlsplit

from auth.sandbox.people import Client
from auth.sandbox.realm import Realm
from auth.sandbox.refusals import Refusal
from auth.sandbox.tenant import Tenant
from auth.sandbox.web import Request


def authenticated(tenant: Tenant, realm: Realm, request: Request) -> Client:
    """The client of a token request. Raises Refusal where its secret is wrong, missing, or one too many."""
    client_id, secret = _credentials(request)
    if not client_id:
        raise Refusal(900144, parameter="client_id")
    client = tenant.client(client_id)
    if not client.secret:
        if secret and not realm.open:
            raise Refusal(700025)
        return client
    if not secret and not client.secret_optional:
        raise Refusal(7000218)
    if secret and not hmac.compare_digest(secret.encode(), client.secret.encode()):
        raise Refusal(7000215)
    return client


def registered(client: Client, redirect_uri: str) -> bool:
    """A loopback address is registered without its port; everything else must be the same, as RFC 8252 has it."""
    return redirect_uri in client.redirects or any(_same_but_port(redirect_uri, each) for each in client.redirects)


def _same_but_port(uri: str, registered_uri: str) -> bool:
    try:
        one, other = urlsplit(uri), urlsplit(registered_uri)
        _ = one.port
    except ValueError:
        return False
    loopback = other.scheme == "http" and other.hostname in {"localhost", "127.0.0.1", "::1"}
    return loopback and (one.scheme, one.hostname, one.path.rstrip("/"), one.username, one.fragment) == (
        "http",
        other.hostname,
        other.path.rstrip("/"),
        None,
        "",
    )


def _credentials(request: Request) -> tuple[str, str]:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "basic":
        return request.form.get("client_id", ""), request.form.get("client_secret", "")
    try:
        client_id, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote(client_id), unquote(secret)
