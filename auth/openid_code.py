"""How does an OpenID provider give out a code for a sign-in on another device? RFC 8628, section 3.1 and 3.2."""

from __future__ import annotations

from urllib.parse import urlsplit

from auth.client import CodeRequest, up_to_a_day
from auth.discovery import Metadata
from auth.http import Line, NoToken
from auth.identity import Identity
from auth.outcome import Cure, Refused, Unreachable
from auth.refusals import refusal_in

_USUAL_INTERVAL = 5
"""Seconds, where the provider does not say (RFC 8628 3.2)."""


def ask_for_code(line: Line, metadata: Metadata, identity: Identity, scopes: list[str]) -> CodeRequest:
    """Raises NoToken."""
    endpoint = str(metadata.get("device_authorization_endpoint", ""))
    if urlsplit(endpoint).scheme != "https":
        raise NoToken(Refused("device_code_not_offered", Cure.VENDOR))
    secret = {"client_secret": identity.client_secret} if identity.client_secret else {}
    asks = {"client_id": identity.client_id, "scope": " ".join(scopes), **secret}
    answer = line.post(endpoint, data=asks).json()
    if "error" in answer:
        raise NoToken(refusal_in(answer))
    try:
        url = str(answer["verification_uri"])
        return CodeRequest(
            str(answer["user_code"]),
            url,
            str(answer.get("verification_uri_complete") or url),
            up_to_a_day(answer["expires_in"]),
            up_to_a_day(answer.get("interval", _USUAL_INTERVAL)),
            str(answer["device_code"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NoToken(Unreachable("service_fault", f"device code: {type(error).__name__}")) from None
