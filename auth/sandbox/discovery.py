"""Where are this provider's endpoints, and with which keys does it sign?"""

from __future__ import annotations

from auth.sandbox.realm import Realm
from auth.sandbox.refusals import Refusal
from auth.sandbox.tenant import Tenant
from auth.sandbox.web import Request, Response, as_json


def discovery(tenant: Tenant, realm: Realm) -> Response:
    if not realm.open and not tenant.knows(realm.path):
        raise Refusal(90002, error="invalid_tenant", tenant=realm.path)
    return as_json(_open(realm) if realm.open else _microsoft(tenant, realm))


def instances(realm: Realm, request: Request) -> Response:
    """Which hosts are one cloud: just this one."""
    host = request.host
    return as_json(
        {
            "tenant_discovery_endpoint": realm.url("discovery"),
            "api-version": "1.1",
            "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
        }
    )


def userinfo(tenant: Tenant, request: Request) -> Response:
    claims = tenant.owner(request.headers.get("authorization", "").removeprefix("Bearer "))
    if claims is None:
        return as_json({"error": "invalid_token"}, 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
    return as_json(
        {"sub": claims["sub"], "name": claims["name"], "email": claims["preferred_username"], "email_verified": True}
    )


def _microsoft(tenant: Tenant, realm: Realm) -> dict[str, object]:
    return _common(realm) | {
        "issuer": realm.issuer if realm.path == tenant.id else f"{realm.base}/{{tenantid}}/v2.0",
        "device_authorization_endpoint": realm.url("device_code"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "tenant_region_scope": "EU",
    }


def _open(realm: Realm) -> dict[str, object]:
    return _common(realm) | {
        "device_authorization_endpoint": realm.url("device_code"),
        "revocation_endpoint": realm.url("revoke"),
        "userinfo_endpoint": realm.url("userinfo"),
        "token_endpoint_auth_methods_supported": ["none", "client_secret_post", "client_secret_basic"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }


def _common(realm: Realm) -> dict[str, object]:
    return {
        "issuer": realm.issuer,
        "authorization_endpoint": realm.url("authorize"),
        "token_endpoint": realm.url("token"),
        "jwks_uri": realm.url("keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }
