"""What does a client get for a code, a refresh token or a device code?"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, replace

from auth.sandbox.clients import authenticated
from auth.sandbox.people import Client, Code, Person, RefreshToken, SignIn
from auth.sandbox.realm import Realm
from auth.sandbox.refusals import Refusal, long_stamp
from auth.sandbox.scopes import Asked, Permission, asked_of_any, asked_of_microsoft, consented
from auth.sandbox.tenant import Tenant
from auth.sandbox.web import Request, Response, as_json

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass(frozen=True)
class Extras:
    nonce: str = ""
    refresh_token: bool = True


@dataclass(frozen=True)
class Grant:
    """Everything that an answer is made of."""

    client: Client
    person: Person
    asked: Asked
    session: RefreshToken
    extras: Extras


def token(tenant: Tenant, realm: Realm, request: Request) -> Response:
    form = request.form
    if not realm.open and not tenant.knows(realm.path):
        raise Refusal(90002, tenant=realm.path)
    client = authenticated(tenant, realm, request)
    match form.get("grant_type", ""):
        case "authorization_code":
            grant = redeem(tenant, realm, client, request)
        case "refresh_token":
            grant = refresh(tenant, realm, client, request)
        case grant_type if grant_type == DEVICE_GRANT:
            grant = redeem_device(tenant, realm, client, request)
        case other:
            raise Refusal(70003, grant=other)
    return as_json(_answer(tenant, realm, request, grant))


def redeem(tenant: Tenant, realm: Realm, client: Client, request: Request) -> Grant:
    form = request.form
    secret = _needed(form.get("code"), "code")
    if secret not in tenant.codes:
        raise Refusal(70000)
    code = tenant.codes[secret]
    if code is None:
        raise Refusal(54005)
    tenant.codes[secret] = None
    _check_code(tenant, code, client, request)
    asked = _asked(realm, form.get("scope") or code.scope)
    return _first(tenant, client, asked, code.sign_in, Extras(code.nonce, code.offline))


def refresh(tenant: Tenant, realm: Realm, client: Client, request: Request) -> Grant:
    form = request.form
    held = tenant.refresh_tokens.get(_needed(form.get("refresh_token"), "refresh_token"))
    if held is None or held.client_id != client.id or tenant.find(held.address) is None:
        raise Refusal(70000)
    person = tenant.person(held.address)
    tenant.check_session(held, person)
    asked = _asked(realm, form.get("scope") or " ".join(sorted(held.scopes)))
    if realm.open and not set(asked.words()) <= held.scopes:
        raise Refusal(70011, scope=" ".join(asked.words()))
    tenant.check_consent(person, client, asked.keys)
    # Each new one begins its own 90 days of inactivity, while the sign-in it goes back to grows older.
    new = not realm.open or tenant.habits.rotates
    return Grant(client, person, asked, replace(held, issued_at=tenant.clock()), Extras(refresh_token=new))


def redeem_device(tenant: Tenant, realm: Realm, client: Client, request: Request) -> Grant:
    waiting = tenant.devices.get(_needed(request.form.get("device_code"), "device_code"))
    if waiting is None or waiting.client_id != client.id:
        raise Refusal(70018)
    if tenant.clock() >= waiting.expires_at:
        raise Refusal(70019)
    if waiting.declined:
        raise Refusal(65004, error="authorization_declined")
    if tenant.habits.device_slow_downs:
        tenant.habits.device_slow_downs -= 1
        raise Refusal(70016, error="slow_down")
    if waiting.sign_in is None:
        raise Refusal(70016)
    if tenant.habits.device_blocked:
        raise Refusal(530036)
    del tenant.devices[waiting.device_code]
    return _first(tenant, client, _asked(realm, waiting.scope), waiting.sign_in, Extras())


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _first(tenant: Tenant, client: Client, asked: Asked, sign_in: SignIn, extras: Extras) -> Grant:
    """The first grant of a sign-in: from here on the refresh token stands for the person."""
    person = tenant.person(sign_in.address)
    if not person.enabled:
        raise Refusal(50057)
    if sign_in.browser_era < person.browser_era:
        raise Refusal(person.ended_by, issued=long_stamp(sign_in.at), valid_from=long_stamp(person.valid_from))
    tenant.check_consent(person, client, asked.keys)
    scopes = frozenset(asked.words())
    session = RefreshToken(
        client.id, person.address, tenant.clock(), sign_in.at, sign_in.mfa, person.refresh_era, scopes
    )
    return Grant(client, person, asked, session, extras)


def _check_code(tenant: Tenant, code: Code, client: Client, request: Request) -> None:
    form = request.form
    if code.client_id != client.id:
        raise Refusal(70000)
    if tenant.clock() >= code.expires_at:
        raise Refusal(70008)
    if form.get("redirect_uri", "") != code.redirect_uri:
        raise Refusal(500112, redirect=form.get("redirect_uri", ""))
    if code.challenge and not hmac.compare_digest(challenge_of(form.get("code_verifier", "")), code.challenge):
        raise Refusal(501481)


def _answer(tenant: Tenant, realm: Realm, request: Request, grant: Grant) -> dict[str, object]:
    now, asked = tenant.clock(), grant.asked
    resource = "" if realm.open else asked.resource
    permissions = asked.permissions if realm.open else _everything_consented(tenant, grant, resource)
    audience = resource or grant.client.id
    access = tenant.mint.access(grant.person, grant.client.id, audience, permissions, now)
    left_out = tenant.habits.left_out if realm.open else frozenset()
    scopes = [permission.scope for permission in permissions if permission.scope not in left_out]
    answer: dict[str, object] = {
        "token_type": "Bearer",
        "scope": " ".join(scopes or sorted(asked.identity)),
        "expires_in": access.lifetime,
        "access_token": access.token,
    }
    if "openid" in asked.identity:
        person, client = grant.person, grant.client
        answer["id_token"] = tenant.mint.identity(
            person,
            client.id,
            realm.issuer,
            tenant.time_shown(person.address),
            nonce=grant.extras.nonce,
            auth_time=int(grant.session.signed_in_at.timestamp()),
        )
    if grant.extras.refresh_token and (realm.open or "offline_access" in asked.identity):
        answer["refresh_token"] = tenant.new_refresh_token(grant.session)
    if realm.open:
        return answer
    answer["ext_expires_in"] = access.lifetime
    if request.form.get("client_info") == "1":
        answer["client_info"] = _client_info(grant.person, tenant)
    return answer


def _everything_consented(tenant: Tenant, grant: Grant, resource: str) -> tuple[Permission, ...]:
    """Entra puts all that was consented to into each token of a resource, not only what was asked for."""
    allowed = consented(tenant.consented(grant.person, grant.client.id), resource)
    return tuple(dict.fromkeys((*grant.asked.permissions, *allowed)))


def _client_info(person: Person, tenant: Tenant) -> str:
    content = json.dumps({"uid": person.id, "utid": tenant.id}).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _asked(realm: Realm, scope: str) -> Asked:
    """Raises Refusal for an unknown scope, and for scopes of several resources: a token is for one."""
    if realm.open:
        return asked_of_any(scope)
    asked = asked_of_microsoft(scope)
    _ = asked.resource
    return asked


def _needed(value: str | None, name: str) -> str:
    if not value:
        raise Refusal(900144, parameter=name)
    return value
