"""Somebody is signing in: which page comes next? A visit is one authorization request on its way through the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from auth.sandbox.people import Client, Device, Person, SignIn
from auth.sandbox.realm import Realm
from auth.sandbox.scopes import Asked
from auth.sandbox.tenant import Tenant

LIFE = timedelta(hours=1)


class Step(StrEnum):
    """Each is also the name of its page, in `<main data-page="…">`."""

    EMAIL = "email"
    PICK = "pick"
    PASSWORD = "password"  # noqa: S105  the name of a page
    CODE = "code"
    BLOCKED = "blocked"
    CONSENT = "consent"
    APPROVAL = "approval"  # an administrator has to consent
    NOT_ADMIN = "not-admin"
    DONE = "done"


@dataclass
class Visit:
    """What the program asked for, and how far the person has come."""

    id: str = field(repr=False)
    realm: Realm
    client: Client
    asked: Asked
    scope: str
    began: datetime
    purpose: Literal["authorize", "device", "admin"] = "authorize"
    redirect_uri: str = ""
    response_mode: str = "query"
    state: str = field(default="", repr=False)
    nonce: str = field(default="", repr=False)
    challenge: str = field(default="", repr=False)
    prompts: frozenset[str] = frozenset()
    hint: str = ""
    offline: bool = False
    max_age: timedelta | None = None
    device: Device | None = None
    # so far
    picking: bool = False
    offered: frozenset[str] = frozenset()  # the addresses to pick from
    chosen: str = ""  # an address, as picked or typed
    sign_in: SignIn | None = None
    mfa_passed: bool = False
    accepted: bool = False
    requested_approval: bool = False

    def forget(self) -> None:
        """Begin again with another person."""
        self.picking, self.chosen, self.sign_in, self.hint, self.mfa_passed = False, "", None, "", False


def begin(visit: Visit, tenant: Tenant, browser: str) -> None:
    """Take up what the browser remembers: nobody types a password twice."""
    here = {} if "login" in visit.prompts else tenant.sign_ins(browser)
    fresh = {address: each for address, each in here.items() if _recent(visit, each, tenant.clock())}
    visit.offered = frozenset(here)
    hinted = tenant.find(visit.hint) if visit.hint else None
    if "select_account" in visit.prompts and here:
        visit.picking = True
    elif hinted:
        visit.chosen, visit.sign_in = hinted.address, fresh.get(hinted.address)
    elif not visit.hint and len(here) > 1:
        visit.picking = True
    elif not visit.hint and len(here) == 1:
        visit.chosen = next(iter(here))
        visit.sign_in = fresh.get(visit.chosen)


def choose(visit: Visit, tenant: Tenant, browser: str, address: str) -> bool:
    """The person says who they are. False: nobody has this address."""
    person = tenant.find(address)
    if person is None:
        return False
    remembered = None if "login" in visit.prompts else tenant.sign_ins(browser).get(person.address)
    visit.picking, visit.chosen = False, person.address
    visit.sign_in = remembered if remembered and _recent(visit, remembered, tenant.clock()) else None
    return True


def next_step(visit: Visit, tenant: Tenant) -> Step:
    person = tenant.find(visit.chosen) if visit.chosen else None
    if visit.picking:
        return Step.PICK
    if person is None:
        return Step.EMAIL
    if visit.sign_in is None:
        return Step.PASSWORD
    if person.mfa and not visit.sign_in.mfa:
        return Step.CODE
    if person.blocked or not person.enabled:
        return Step.BLOCKED
    if visit.purpose == "admin":
        return _admin_step(visit, person)
    return _consent_step(visit, tenant, person)


def _admin_step(visit: Visit, person: Person) -> Step:
    if not person.admin:
        return Step.NOT_ADMIN
    return Step.DONE if visit.accepted else Step.CONSENT


def _consent_step(visit: Visit, tenant: Tenant, person: Person) -> Step:
    missing = tenant.missing(person, visit.client.id, visit.asked.keys)
    if tenant.out_of_reach(person, missing):
        return Step.APPROVAL
    if missing or ("consent" in visit.prompts and not visit.accepted):
        return Step.CONSENT
    return Step.DONE


def _recent(visit: Visit, sign_in: SignIn, now: datetime) -> bool:
    return visit.max_age is None or now - sign_in.at < visit.max_age
