"""How does Google, or any other OpenID provider, sign people in? Through Authlib, which no other file knows."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import requests
from authlib.integrations.requests_client.oauth2_session import (
    OAuth2ClientAuth,
)
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE

from auth.by_code import refused_poll
from auth.client import STILL_GOOD_FOR, CodeRequest, Held, Request
from auth.discovery import Discovery, Metadata, supported
from auth.http import Line, NoToken
from auth.identity import Identity
from auth.keeper import Keeper
from auth.loopback import Answer
from auth.openid_code import ask_for_code
from auth.outcome import Cure, Granted, Outcome, Refused, Unreachable
from auth.provider import Clock
from auth.refusals import refusal_in
from auth.vault import Vault

Refuse = Callable[[Mapping[str, Any]], Exception]
"""What is to be raised for an answer that is none."""

_VERIFIER_BYTES = 48
_UNSAID_LIFE = 300
"""Seconds, where a provider does not say how long a token is good for."""


def OpenIdProvider(identity: Identity, vault: Vault, clock: Clock) -> Keeper:  # noqa: N802  reads as a class
    return Keeper(identity, vault, clock, OpenIdClient)


class OpenIdClient:
    """One account's tokens. Implements auth.client.Client."""

    asks_identity_first = False

    def __init__(self, identity: Identity, line: Line, clock: Clock, kept: str = "") -> None:
        self._identity = identity
        self._line = line
        self._clock = clock
        self._discovery = Discovery(identity.issuer, line)
        self._username = ""
        self._refresh_token = ""
        self._refreshed_at: datetime | None = None
        self._granted: Granted | None = None
        if kept:
            self._take_back(json.loads(kept))

    def begin(self, scopes: tuple[str, ...], redirect_uri: str, state: str, login_hint: str) -> Request:
        metadata = self._discovery.metadata()
        redirect_uri = redirect_uri.replace("//localhost:", "//127.0.0.1:")  # any port is fine there (RFC 8252, 7.3)
        flow = {"nonce": secrets.token_urlsafe(32), "verifier": secrets.token_urlsafe(_VERIFIER_BYTES)}
        client = self._client(metadata, redirect_uri)
        url, _ = client.create_authorization_url(
            metadata["authorization_endpoint"],
            state=state,
            code_verifier=flow["verifier"],
            scope=" ".join(_scopes(metadata, scopes)),
            nonce=flow["nonce"],
            **_who(login_hint),
            **_offline(metadata),
        )
        return Request(url, {**flow, "redirect_uri": redirect_uri})

    def redeem(self, request: Request, answer: Answer) -> Mapping[str, object]:
        metadata = self._discovery.metadata()
        if answer.get("iss", _unsaid_issuer(metadata)) != metadata["issuer"]:
            raise NoToken(Refused("provider_not_as_configured", Cure.VENDOR, detail="another issuer answered"))
        if "error" in answer:
            raise NoToken(refusal_in(answer))
        client = self._client(metadata, request.flow["redirect_uri"])
        grant = {"grant_type": "authorization_code", "code_verifier": request.flow["verifier"]}
        return self._first(client, request.flow["nonce"], code=answer.get("code", ""), **grant)

    def begin_code(self, scopes: tuple[str, ...]) -> CodeRequest:
        metadata = self._discovery.metadata()
        return ask_for_code(self._line, metadata, self._identity, _scopes(metadata, scopes))

    def redeem_code(self, request: CodeRequest) -> Mapping[str, object]:
        client = self._client(self._discovery.metadata(), refused=refused_poll)
        return self._first(client, None, grant_type=DEVICE_CODE_GRANT_TYPE, device_code=request.flow)

    def _first(self, client: Any, nonce: str | None, **grant: str) -> Mapping[str, object]:
        """The first tokens of a sign-in; the claims of the person. Raises NoToken, and what `client` raises."""
        endpoint = self._discovery.metadata()["token_endpoint"]
        tokens = _sense(lambda: client.fetch_token(endpoint, **grant))
        _check_scope(tokens, self._identity.scopes)
        id_token = str(tokens.get("id_token", ""))
        claims = self._discovery.claims(id_token, self._identity.client_id, nonce, self._seconds)
        self._username = str(claims.get("preferred_username") or claims.get("email") or "")
        self._take(tokens)
        return claims

    def by_system(self, login_hint: str) -> None:
        """No system has a broker for just any provider."""

    def refresh(self) -> Outcome | None:
        if not self._refresh_token:
            return None
        try:
            metadata = self._discovery.metadata()
            client = self._client(metadata)
            return self._take(_sense(lambda: client.refresh_token(metadata["token_endpoint"], self._refresh_token)))
        except NoToken as none:
            return none.outcome

    def cached(self) -> Granted | None:
        granted = self._granted
        return granted if granted and granted.expires_at - self._clock() >= STILL_GOOD_FOR else None

    def held(self) -> Held | None:
        if not self._refresh_token or self._refreshed_at is None:
            return None
        return Held(self._username, self._refreshed_at)

    def export(self) -> str:
        granted = self._granted
        entry = {
            "username": self._username,
            "refresh_token": self._refresh_token,
            "refreshed_at": self._refreshed_at and self._refreshed_at.isoformat(),
            "access_token": granted and granted.access_token,
            "expires_at": granted and granted.expires_at.isoformat(),
        }
        return json.dumps(entry)

    def _take_back(self, entry: Mapping[str, Any]) -> None:
        self._username, self._refresh_token = str(entry["username"]), str(entry["refresh_token"])
        self._refreshed_at = datetime.fromisoformat(entry["refreshed_at"])
        if entry["access_token"]:
            self._granted = Granted(str(entry["access_token"]), datetime.fromisoformat(entry["expires_at"]))

    def _take(self, tokens: Mapping[str, Any]) -> Granted:
        """A provider that gives no new refresh token prolongs the old one's life with each use."""
        life = str(tokens.get("expires_in", _UNSAID_LIFE))
        if not tokens.get("access_token") or not life.isdigit():
            raise NoToken(Unreachable("service_fault", "an answer without a token"))
        self._refresh_token = str(tokens.get("refresh_token") or self._refresh_token)
        self._refreshed_at = self._clock()
        self._granted = Granted(str(tokens["access_token"]), self._clock() + timedelta(seconds=int(life)))
        return self._granted

    def _client(self, metadata: Metadata, redirect_uri: str = "", refused: Refuse | None = None) -> Any:
        return _Authlib(
            _TokenLine(self._line, refused or _refused),
            self._identity.client_id,
            self._identity.client_secret or None,
            token_endpoint_auth_method=_client_auth(metadata, self._identity.client_secret),
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
        )

    def _seconds(self) -> int:
        """The provider's time: a clock of ours that is wrong is no reason not to believe an id token."""
        return int((self._clock() - self._line.clock_error).timestamp())


class _Authlib(OAuth2Client):  # type: ignore[misc]  # Authlib has no annotations
    """Its protocol, over our line instead of its own session."""

    client_auth_class = OAuth2ClientAuth


def _refused(answer: Mapping[str, Any]) -> Exception:
    return NoToken(refusal_in(answer))


class _TokenLine:
    """The token endpoint, whose refusals are raised with all of their words: Authlib keeps two of them."""

    def __init__(self, line: Line, refused: Refuse) -> None:
        self._line = line
        self._refused = refused

    def post(self, url: str, **options: Any) -> requests.Response:
        response = self._line.post(url, **options)
        content = response.json()
        if "error" in content or not response.ok:
            raise self._refused(content)
        return response


def _sense(ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Raises NoToken alone, also for an answer that is JSON and makes no sense to Authlib."""
    try:
        return ask()
    except (ValueError, KeyError, TypeError) as error:
        raise NoToken(Unreachable("service_fault", f"Authlib: {type(error).__name__}")) from None


def _unsaid_issuer(metadata: Metadata) -> str:
    """Whoever announces to say so in each answer has to (RFC 9207, section 2.4)."""
    return "" if metadata.get("authorization_response_iss_parameter_supported") is True else str(metadata["issuer"])


def _check_scope(tokens: Mapping[str, Any], mail: tuple[str, ...]) -> None:
    """People may leave boxes unticked, at Google's for one; what differs from the request is said (RFC 6749, 3.3)."""
    granted = str(tokens.get("scope") or "").split()
    if left_out := [scope for scope in mail if granted and scope not in granted]:
        raise NoToken(Refused("scope_left_out", Cure.SIGN_IN, detail=f"not granted: {' '.join(left_out)}"))


def _scopes(metadata: Metadata, mail: tuple[str, ...]) -> list[str]:
    """With what names the person, and what outlives the hour; each once, and none that the provider does not know."""
    known = supported(metadata, "scopes_supported")
    wanted = ("openid", "email", "profile", "offline_access")
    usable = [scope for scope in wanted if known is None or scope in known or scope == "openid"]
    return list(dict.fromkeys([*usable, *mail]))


def _who(login_hint: str) -> dict[str, str]:
    """Without `consent` a second sign-in may bring no refresh token."""
    return {"login_hint": login_hint, "prompt": "consent"} if login_hint else {"prompt": "select_account consent"}


def _offline(metadata: Metadata) -> dict[str, str]:
    """Google's way to ask for a refresh token."""
    known = supported(metadata, "scopes_supported")
    return {} if known is not None and "offline_access" in known else {"access_type": "offline"}


def _client_auth(metadata: Metadata, secret: str) -> str:
    if not secret:
        return "none"
    offered = supported(metadata, "token_endpoint_auth_methods_supported") or []
    return "client_secret_post" if "client_secret_post" in offered else "client_secret_basic"
