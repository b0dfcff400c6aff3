"""What is noted of a request, and what goes out with every answer?"""

from __future__ import annotations

from dataclasses import replace
from email.utils import format_datetime

from auth.sandbox.realm import Route
from auth.sandbox.refusals import Refusal
from auth.sandbox.tenant import Seen, Tenant
from auth.sandbox.web import Request, Response


def whose(tenant: Tenant, found: Route, request: Request) -> str:
    """The address of the person a token request is for; empty where that is not known."""
    if found.endpoint != "token":
        return ""
    with tenant.lock:
        held = tenant.refresh_tokens.get(request.form.get("refresh_token", ""))
    return held.address.casefold() if held else ""


def dated(response: Response, tenant: Tenant, address: str) -> Response:
    """With the tenant's time in the header, which is this PC's unless its clock is to seem wrong."""
    date = format_datetime(tenant.time_shown(address), usegmt=True)
    return replace(response, headers={"Date": date, **response.headers})


def seen(found: Route, request: Request, response: Response, refusal: Refusal | None) -> Seen:
    asks = {**request.query, **request.form}
    return Seen(
        request.method,
        request.path,
        found.endpoint,
        response.status,
        asks.get("grant_type", ""),
        tuple(asks.get("scope", "").split()),
        asks.get("client_id", ""),
        refusal.code if refusal else 0,
    )
