"""May a program be used by everybody? The page behind the link that an administrator gets."""

from __future__ import annotations

from auth.sandbox.clients import registered
from auth.sandbox.mint import new_secret
from auth.sandbox.realm import Realm
from auth.sandbox.refusals import Refusal
from auth.sandbox.scopes import asked_of_microsoft
from auth.sandbox.tenant import Tenant
from auth.sandbox.visits import Visit, begin
from auth.sandbox.web import Request


def admin_consent(tenant: Tenant, realm: Realm, request: Request, browser: str) -> Visit:
    """Raises Refusal, which is shown as a page: nothing may go back to an address that is not registered."""
    asks = request.query
    if realm.path == "common" or not tenant.knows(realm.path):
        raise Refusal(90002, tenant=realm.path)
    for name in ("client_id", "redirect_uri", "scope"):
        if not asks.get(name):
            raise Refusal(900144, parameter=name)
    client = tenant.client(asks["client_id"])
    if not registered(client, asks["redirect_uri"]):
        raise Refusal(50011, redirect=asks["redirect_uri"], client=client.id)
    visit = Visit(
        new_secret(),
        realm,
        client,
        asked_of_microsoft(asks["scope"]),
        asks["scope"],
        tenant.clock(),
        purpose="admin",
        redirect_uri=asks["redirect_uri"],
        state=asks.get("state", ""),
    )
    begin(visit, tenant, browser)
    return visit
