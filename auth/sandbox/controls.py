"""What can be made to happen to people, to their sign-ins and to the service? For tests and for the demo's menu."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from auth.sandbox.aadsts import BLOCKED, INACTIVE, LOOP, REVOKED, TABLE, TOO_OLD
from auth.sandbox.aadsts_rare import MENDED_BY_SIGN_IN
from auth.sandbox.people import EVERYTHING, Client, Consent, Person
from auth.sandbox.refusals import Refusal
from auth.sandbox.scopes import IDENTITY, asked_of_any, asked_of_microsoft
from auth.sandbox.tenant import Habits, Seen
from auth.sandbox.weather import Weather


class Controls(Weather):
    """Any thread may call these at any time. Addresses that nobody has raise KeyError."""

    # people

    def add_person(
        self,
        address: str,
        *,
        name: str = "",
        password: str = "demo",  # noqa: S107  shown on the page; it protects nothing
        mfa: bool = False,
        consent: Consent = "user",
        admin: bool = False,
    ) -> Person:
        """Somebody who can sign in. Fields of the answer may be changed at any time."""
        made_up = address.partition("@")[0].replace(".", " ").title()
        person = Person(address, name or made_up, password, mfa, consent=consent, admin=admin)
        with self.tenant.lock:
            self.tenant.people[address.casefold()] = person
        return person

    def person(self, address: str) -> Person:
        with self.tenant.lock:
            return self.tenant.person(address)

    def rename(self, address: str, to: str) -> Person:
        """Somebody marries. The old address stays an alias of the mailbox, the sessions stay, too."""
        with self.tenant.lock:
            person = self.tenant.person(address)
            del self.tenant.people[person.address.casefold()]
            person.aliases.add(person.address.casefold())
            person.first_address = person.first_address or person.address
            person.address = to
            self.tenant.people[to.casefold()] = person
        return person

    def share(self, mailbox: str, *, with_person: str) -> None:
        """A shared mailbox: this person may work in it, and cannot sign in as it."""
        with self.tenant.lock:
            self.tenant.shares.add((with_person.casefold(), mailbox.casefold()))

    def add_client(
        self, client_id: str, *, name: str = "Demo", secret: str = "", redirects: tuple[str, ...] = (), **more: bool
    ) -> Client:
        """Register a program. With a `secret` it must send it, unless `secret_optional=True`."""
        usual = Client(client_id)
        client = Client(client_id, name, secret, redirects or usual.redirects, more.get("secret_optional", False))
        with self.tenant.lock:
            self.tenant.clients[client_id] = client
        return client

    # sign-ins that end

    def revoke(self, address: str) -> None:
        """AADSTS50173: an administrator revoked the sessions, or the password was changed."""
        self._end(address, REVOKED, in_browser=True)

    def expire_inactive(self, address: str) -> None:
        """AADSTS700082, although less time has passed than the limit says."""
        self._end(address, INACTIVE, in_browser=False)

    def end_by_frequency(self, address: str) -> None:
        """AADSTS70043: the tenant wants people to sign in afresh."""
        self._end(address, TOO_OLD, in_browser=True)

    def refuse(self, address: str, number: int) -> None:
        """From now on this person's refreshes are answered so: until they sign in, or, where a sign-in would not mend
        it, until `unblock`. A number that passes lasts until `calm`.
        """
        words = TABLE.get(number)
        if number in MENDED_BY_SIGN_IN:
            self._end(address, number, in_browser=True)
        elif number == LOOP or (words and words.status > 400):  # noqa: PLR2004  the service's fault, not a refusal
            self.fail_next(number, -1, address=address)
        else:
            self.block(address, number)

    def _end(self, address: str, code: int, *, in_browser: bool) -> None:
        with self.tenant.lock:
            person = self.tenant.person(address)
            person.end_sessions(code, in_browser=in_browser)
            person.valid_from = self.tenant.clock()

    def disable(self, address: str) -> None:
        """AADSTS50057 until `enable`."""
        with self.tenant.lock:
            self.tenant.person(address).enabled = False

    def enable(self, address: str) -> None:
        with self.tenant.lock:
            self.tenant.person(address).enabled = True

    def block(self, address: str, code: int = BLOCKED) -> None:
        """A policy lets no token out for this person, silently or in the browser, until `unblock`."""
        with self.tenant.lock:
            self.tenant.person(address).blocked = code

    def unblock(self, address: str) -> None:
        self.block(address, 0)

    def withdraw_access_token(self, access_token: str) -> None:
        """From now on it has no owner. Revoking a session does not do that: access tokens outlive it."""
        with self.tenant.lock:
            claims = self.tenant.owner(access_token)
            if claims:
                self.tenant.withdrawn.add(str(claims["jti"]))

    # consent

    def require_admin_consent(self) -> None:
        """From now on people cannot approve IMAP and POP themselves. What was approved stays so."""
        with self.tenant.lock:
            for person in self.tenant.people.values():
                if person.consent in {"user", "granted"}:
                    person.grants |= {(EVERYTHING, EVERYTHING)} if person.consent == "granted" else set()
                    person.consent = "admin"

    def grant_consent(self, address: str | None = None, scopes: Iterable[str] = (EVERYTHING,)) -> None:
        """An administrator approves every program: for one person, or for everybody. Scopes as programs write them."""
        grants = {(EVERYTHING, key) for scope in scopes for key in self._keys(scope)}
        with self.tenant.lock:
            held = self.tenant.person(address).grants if address else self.tenant.granted
            held |= grants

    def withdraw_consent(self, address: str | None = None) -> None:
        """Nothing is approved any more: for one person, or for anybody. Whoever was `granted` now is `admin`."""
        with self.tenant.lock:
            everybody = list(self.tenant.people.values())
            people = [self.tenant.person(address)] if address else everybody
            for other in everybody:  # what was approved for all stays approved for the others
                other.grants |= self.tenant.granted
            self.tenant.granted.clear()
            for person in people:
                person.grants.clear()
                person.consent = "admin" if person.consent == "granted" else person.consent

    @staticmethod
    def _keys(scope: str) -> frozenset[str]:
        if scope == EVERYTHING or scope in IDENTITY:
            return frozenset({scope})
        try:
            return asked_of_microsoft(scope).keys
        except Refusal:  # not one of Microsoft's
            return asked_of_any(scope).keys

    # how it behaves, and what it saw

    @property
    def habits(self) -> Habits:
        return self.tenant.habits

    def sign_in_every(self, every: timedelta | None) -> None:
        """The tenant's sign-in frequency, by the clock: AADSTS70043 once a sign-in is older."""
        self.tenant.habits.sign_in_frequency = every

    def act_like_google(self) -> None:
        """In the plain OpenID dialect: no new refresh token at a refresh, and none without access_type=offline."""
        habits = self.tenant.habits
        habits.rotates, habits.offline_by_access_type, habits.offline_once = False, True, True

    @property
    def requests(self) -> tuple[Seen, ...]:
        with self.tenant.lock:
            return tuple(self.tenant.requests)

    @property
    def approval_requests(self) -> tuple[str, ...]:
        """Who asked an administrator for approval, by the page's button."""
        with self.tenant.lock:
            return tuple(self.tenant.approval_requests)
