"""How does one sign in where there is no browser? The device code flow."""

from __future__ import annotations

import secrets

from auth.sandbox.clients import authenticated
from auth.sandbox.mint import new_secret
from auth.sandbox.pages import device_page
from auth.sandbox.people import Device
from auth.sandbox.realm import Realm
from auth.sandbox.refusals import Refusal
from auth.sandbox.scopes import asked_of_any, asked_of_microsoft
from auth.sandbox.tenant import Tenant
from auth.sandbox.texts import Words
from auth.sandbox.visits import Visit, begin
from auth.sandbox.web import Request, Response, as_json, page

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # none that are mistaken for another


def device_code(tenant: Tenant, realm: Realm, request: Request) -> Response:
    if not realm.open and not tenant.knows(realm.path):
        raise Refusal(90002, tenant=realm.path)
    client = authenticated(tenant, realm, request)
    scope = request.form.get("scope", "")
    _ = asked_of_any(scope) if realm.open else asked_of_microsoft(scope)
    code = "".join(secrets.choice(_LETTERS) for _ in range(9))
    habits = tenant.habits
    device = Device(new_secret(96), code, client.id, scope, tenant.clock() + habits.device_life, realm.open)
    tenant.devices[device.device_code] = device
    where = f"{realm.pages}/device"
    return as_json(
        {
            "device_code": device.device_code,
            "user_code": code,
            "verification_uri": where,
            "expires_in": int(habits.device_life.total_seconds()),
            "interval": habits.device_interval,
            "message": f"To sign in, use a web browser to open the page {where} and enter the code {code} "
            "to authenticate.",
        }
    )


def device_visit(tenant: Tenant, realm: Realm, request: Request, browser: str, words: Words) -> Visit | Response:
    """The page that asks for the code, or the sign-in that belongs to a right one."""
    typed = request.form.get("code", "").strip().upper()
    if request.method != "POST":
        return page(device_page(words, "", request.query.get("code", "")))
    now = tenant.clock()
    device = next((each for each in tenant.devices.values() if each.user_code == typed), None)
    if device is None or device.declined or device.sign_in or now >= device.expires_at:
        return page(device_page(words, "device_wrong", typed))
    client = tenant.client(device.client_id)
    asked = asked_of_any(device.scope) if device.open else asked_of_microsoft(device.scope)
    visit = Visit(new_secret(), realm, client, asked, device.scope, now, purpose="device", device=device)
    begin(visit, tenant, browser)
    return visit
