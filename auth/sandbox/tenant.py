"""What does the sandbox know? People, programs, codes, refresh tokens and browsers of its one tenant."""

from __future__ import annotations

import threading
import uuid
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from auth.provider import Clock
from auth.sandbox.aadsts import BLOCKED, INACTIVE, TOO_OLD
from auth.sandbox.mint import Mint, new_secret
from auth.sandbox.people import EVERYTHING, Client, Code, Device, Person, RefreshToken, SignIn
from auth.sandbox.refusals import Refusal, long_stamp
from auth.sandbox.scopes import ADMIN_ONLY

TENANT_ID = "72f988bf-0000-4000-8000-2d7cd011db47"
REMEMBERED = 10_000
CLIENT_ID = "11111111-2222-4333-8444-555555555555"


@dataclass
class Habits:
    """How the provider behaves where providers differ. May be changed at any time."""

    inactivity: timedelta = timedelta(days=90)
    sign_in_frequency: timedelta | None = None
    code_life: timedelta = timedelta(minutes=10)
    requires_pkce: bool = True
    refuses_query: bool = False  # AADSTS70007, as Entra has begun to for some programs
    back_says_why: bool = False  # 'return without granting consent': AADSTS90094, or no description at all
    decline_says: Literal["65004", "subcode", "consent_required"] = "65004"
    approval_workflow: bool = False  # 'request approval' instead of 'need admin approval'
    loop_limit: int = 15  # the same failing request so often in 5 minutes brings AADSTS50196; 0: never
    device_interval: int = 5
    device_life: timedelta = timedelta(minutes=15)
    device_slow_downs: int = 0  # how many of the next polls are told to ask more rarely
    device_blocked: bool = False  # a policy on authentication flows: AADSTS530036 for whoever signs in by code
    # of the plain OpenID dialect only
    rotates: bool = True  # False: a refresh brings no new refresh token, as with Google
    offline_by_access_type: bool = False  # True: access_type=offline instead of the scope offline_access
    left_out: frozenset[str] = frozenset()  # scopes that people leave unticked on the consent page, as Google lets them
    offline_once: bool = False  # True: no refresh token at a second sign-in, unless prompt=consent


@dataclass(frozen=True)
class Seen:
    """One request, without its secrets."""

    method: str
    path: str
    endpoint: str
    status: int
    grant: str = ""
    scopes: tuple[str, ...] = ()
    client_id: str = ""
    code: int = 0  # the AADSTS number of the answer, 0 where it was none


@dataclass
class Tenant:
    """Everything that lives. Whoever reads or changes it holds the lock."""

    clock: Clock
    mint: Mint
    id: str = TENANT_ID
    habits: Habits = field(default_factory=Habits)
    people: dict[str, Person] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    granted: set[tuple[str, str]] = field(default_factory=set)
    codes: dict[str, Code | None] = field(default_factory=dict)  # None: redeemed
    refresh_tokens: dict[str, RefreshToken] = field(default_factory=dict)
    browsers: dict[str, dict[str, SignIn]] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    shares: set[tuple[str, str]] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)  # access tokens' ids
    clock_off: dict[str, timedelta] = field(default_factory=dict)  # by address, "" for all: the right time minus ours
    requests: deque[Seen] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    approval_requests: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def person(self, address: str) -> Person:
        """By address or alias. Raises KeyError."""
        if found := self.find(address):
            return found
        raise KeyError(address)

    def find(self, address: str) -> Person | None:
        name = address.strip().casefold()
        found = self.people.get(name)
        return found or next((each for each in self.people.values() if name in each.aliases), None)

    def time_shown(self, address: str) -> datetime:
        """The time by which this PC's clock seems right or wrong to this person's programs."""
        off = self.clock_off.get(address.casefold()) or self.clock_off.get("") or timedelta()
        return self.clock() + off

    def knows(self, tenant: str) -> bool:
        """A request may name the tenant by id, by domain, or leave it open."""
        domains = {address.rpartition("@")[2] for address in self.people}
        return tenant.casefold() in {"organizations", "common", self.id, *domains}

    def client(self, client_id: str) -> Client:
        if client_id not in self.clients:
            raise Refusal(700016, client=client_id, tenant=self.id)
        return self.clients[client_id]

    def consented(self, person: Person, client_id: str) -> frozenset[str]:
        """The keys of the scopes that this program may use for this person."""
        grants = self.granted | person.grants
        if person.consent == "granted":
            grants |= {(EVERYTHING, EVERYTHING)}
        return frozenset(key for client, key in grants if client in {client_id, EVERYTHING})

    def missing(self, person: Person, client_id: str, keys: frozenset[str]) -> frozenset[str]:
        consented = self.consented(person, client_id)
        return frozenset() if EVERYTHING in consented else keys - consented

    def out_of_reach(self, person: Person, missing: frozenset[str]) -> frozenset[str]:
        """What this person may not approve."""
        return frozenset(key for key in missing if not person.may_approve(key, ADMIN_ONLY))

    def check_consent(self, person: Person, client: Client, keys: frozenset[str]) -> None:
        if self.missing(person, client.id, keys):
            raise Refusal(65001, client=client.id, app=client.name)

    def sign_ins(self, browser: str) -> dict[str, SignIn]:
        """Who is signed in in this browser, by address; those whose session is over are left out."""
        return {address: each for address, each in self.browsers.get(browser, {}).items() if self._lives(each)}

    def remember(self, browser: str, sign_in: SignIn) -> None:
        self.browsers.setdefault(browser, {})[sign_in.address] = sign_in

    def new_refresh_token(self, token: RefreshToken) -> str:
        """Old ones stay valid, as with Entra."""
        secret = "1." + new_secret(700)
        self.refresh_tokens[secret] = token
        return secret

    def check_session(self, token: RefreshToken, person: Person) -> None:
        """Raises Refusal where a refresh token is no longer good."""
        now, habits = self.clock(), self.habits
        facts = {"issued": long_stamp(token.issued_at), "limit": _days(habits.inactivity)}
        if not person.enabled:
            raise Refusal(50057)
        if token.era < person.refresh_era:
            frequency = habits.sign_in_frequency or timedelta(hours=12)
            limit = {"limit": _seconds(frequency)} if person.ended_by == TOO_OLD else {}
            raise Refusal(person.ended_by, **facts | limit, valid_from=long_stamp(person.valid_from))
        if now - token.issued_at >= habits.inactivity:
            raise Refusal(INACTIVE, **facts)
        if habits.sign_in_frequency and now - token.signed_in_at >= habits.sign_in_frequency:
            issued = long_stamp(token.signed_in_at)
            raise Refusal(TOO_OLD, issued=issued, limit=_seconds(habits.sign_in_frequency))
        if person.mfa and not token.mfa:
            raise Refusal(50076, resource="00000002-0000-0ff1-ce00-000000000000")
        self.check_policy(person)

    def check_policy(self, person: Person) -> None:
        if person.blocked:
            policy = uuid.uuid5(uuid.NAMESPACE_URL, person.address)
            claims = f'{{"access_token":{{"capolids":{{"essential":true,"values":["{policy}"]}}}}}}'
            raise Refusal(person.blocked, claims=claims if person.blocked == BLOCKED else "")

    def owner(self, access_token: str) -> Mapping[str, object] | None:
        claims = self.mint.read(access_token, self.clock())
        return None if claims is None or claims["jti"] in self.withdrawn else claims

    def _lives(self, sign_in: SignIn) -> bool:
        person = self.find(sign_in.address)
        age = self.clock() - sign_in.at
        limit = timedelta(days=90) if sign_in.kept else timedelta(days=1)
        if self.habits.sign_in_frequency:
            limit = min(limit, self.habits.sign_in_frequency)
        return person is not None and person.enabled and sign_in.browser_era >= person.browser_era and age < limit


def _days(span: timedelta) -> str:
    """90.00:00:00, or 12:00:00 where it is less than a day."""
    hours, rest = divmod(span.seconds, 3600)
    clock = f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    return f"{span.days}.{clock}" if span.days else clock


def _seconds(span: timedelta) -> str:
    return str(int(span.total_seconds()))
