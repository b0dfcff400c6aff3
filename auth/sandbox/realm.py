"""Which endpoint does a path name, in which dialect? Pure."""

from __future__ import annotations

from dataclasses import dataclass

MICROSOFT = {
    "/v2.0/.well-known/openid-configuration": "discovery",
    "/oauth2/v2.0/authorize": "authorize",
    "/oauth2/v2.0/token": "token",
    "/oauth2/v2.0/devicecode": "device_code",
    "/discovery/v2.0/keys": "keys",
    "/v2.0/adminconsent": "admin_consent",
    "/discovery/instance": "instances",
}
OPEN = {
    "/.well-known/openid-configuration": "discovery",
    "/connect/authorize": "authorize",
    "/connect/token": "token",
    "/connect/device": "device_code",
    "/connect/keys": "keys",
    "/connect/revoke": "revoke",
    "/connect/userinfo": "userinfo",
}
PAGES = {"/sign-in": "sign_in", "/device": "device", "/": "welcome"}
BROWSED = frozenset({"authorize", "admin_consent", *PAGES.values()})  # what a person's browser opens


@dataclass(frozen=True)
class Realm:
    """`open` is the dialect of any OpenID provider; otherwise it is Microsoft's, and `path` names the tenant.

    `pages` is the server that browsers are sent to, `base` the one that was asked.
    """

    open: bool
    path: str
    base: str
    pages: str
    tenant_id: str

    @property
    def root(self) -> str:
        return f"{self.base}/{self.path}".rstrip("/")

    @property
    def issuer(self) -> str:
        return self.root if self.open else f"{self.base}/{self.tenant_id}/v2.0"

    def url(self, endpoint: str) -> str:
        paths = OPEN if self.open else MICROSOFT
        path = next(path for path, name in paths.items() if name == endpoint)
        # Only MSAL goes where there is no TLS: a careful OpenID client refuses to.
        return f"{self.pages}/{self.path}{path}" if endpoint == "authorize" and not self.open else self.root + path


@dataclass(frozen=True)
class Route:
    endpoint: str
    realm: Realm


def route(path: str, base: str, pages: str, tenant_id: str) -> Route | None:
    if path in PAGES:
        return Route(PAGES[path], Realm(False, "organizations", base, pages, tenant_id))
    for end, endpoint in MICROSOFT.items():
        tenant = path.removesuffix(end).strip("/")
        if path.endswith(end) and tenant and "/" not in tenant:
            return Route(endpoint, Realm(False, tenant, base, pages, tenant_id))
    for end, endpoint in OPEN.items():
        if path.endswith(end):
            return Route(endpoint, Realm(True, path.removesuffix(end).strip("/"), base, pages, tenant_id))
    return None
