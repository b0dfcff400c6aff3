"""Does a program ask for a sign-in as one may? The authorization endpoint, up to the first page."""

from __future__ import annotations

from datetime import timedelta

from auth.sandbox.answers import refused, to_program
from auth.sandbox.clients import registered
from auth.sandbox.mint import new_secret
from auth.sandbox.people import Client
from auth.sandbox.realm import Realm
from auth.sandbox.refusals import Refusal
from auth.sandbox.scopes import Asked, asked_of_any, asked_of_microsoft
from auth.sandbox.tenant import Tenant
from auth.sandbox.texts import words_for
from auth.sandbox.visits import Step, Visit, begin, next_step
from auth.sandbox.web import Request, Response

_SILENT = {  # what `prompt=none` says where a page would be needed
    Step.CODE: (50076, "interaction_required"),
    Step.CONSENT: (65001, "consent_required"),
    Step.APPROVAL: (65001, "consent_required"),
    Step.BLOCKED: (53003, "access_denied"),
}


def authorize(tenant: Tenant, realm: Realm, request: Request, browser: str) -> Visit | Response:
    """A visit, for which a page is to be shown; or a refusal that goes straight back to the program.

    Raises Refusal where nothing may go back: the program is unknown, or this is no address of its.
    """
    asks = {**request.query, **request.form}
    client = _trusted(tenant, realm, asks)
    visit = Visit(new_secret(), realm, client, Asked(), asks.get("scope", ""), tenant.clock())
    visit.redirect_uri, visit.state = asks["redirect_uri"], asks.get("state", "")
    mode = asks.get("response_mode") or "query"
    visit.response_mode = mode if mode in {"query", "fragment", "form_post"} else "query"
    try:
        _fill(visit, tenant, asks)
        begin(visit, tenant, browser)
        _check_silent(visit, tenant)
    except Refusal as refusal:
        words = words_for(request.headers.get("accept-language", ""))
        return to_program(visit, words, refused(visit, tenant, refusal))
    return visit


def _trusted(tenant: Tenant, realm: Realm, asks: dict[str, str]) -> Client:
    if not realm.open and not tenant.knows(realm.path):
        raise Refusal(90002, tenant=realm.path)
    for name in ("client_id", "redirect_uri"):
        if not asks.get(name):
            raise Refusal(900144, parameter=name)
    client = tenant.client(asks["client_id"])
    if not registered(client, asks["redirect_uri"]):
        raise Refusal(50011, redirect=asks["redirect_uri"], client=client.id)
    return client


def _fill(visit: Visit, tenant: Tenant, asks: dict[str, str]) -> None:
    _check_form(tenant, visit, asks)
    visit.asked = asked_of_any(visit.scope) if visit.realm.open else asked_of_microsoft(visit.scope)
    visit.nonce, visit.challenge = asks.get("nonce", ""), asks.get("code_challenge", "")
    visit.prompts, visit.hint = frozenset(asks.get("prompt", "").split()), asks.get("login_hint", "")
    visit.offline = "offline_access" in visit.asked.identity
    if visit.realm.open and tenant.habits.offline_by_access_type:
        visit.offline = asks.get("access_type") == "offline"
    if asks.get("max_age", "").isdecimal():
        visit.max_age = timedelta(seconds=int(asks["max_age"]))


def _check_form(tenant: Tenant, visit: Visit, asks: dict[str, str]) -> None:
    if asks.get("response_type") != "code":
        raise Refusal(70005, wanted=asks.get("response_type", ""))
    mode = asks.get("response_mode", "query")
    if mode != visit.response_mode or (mode == "query" and tenant.habits.refuses_query and not visit.realm.open):
        raise Refusal(70007, wanted=mode)
    if not visit.scope.split():
        raise Refusal(900144, parameter="scope")
    challenge, method = asks.get("code_challenge", ""), asks.get("code_challenge_method", "plain")
    if (challenge or tenant.habits.requires_pkce) and not (challenge and method == "S256"):
        raise Refusal(9002325)


def _check_silent(visit: Visit, tenant: Tenant) -> None:
    step = next_step(visit, tenant)
    if "none" in visit.prompts and step is not Step.DONE:
        code, error = _SILENT.get(step, (50058, "login_required"))
        raise Refusal(code, error=error, client=visit.client.id, app=visit.client.name)
