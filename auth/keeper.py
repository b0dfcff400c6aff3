"""How does one account get, keep and renew its session? The verbs of auth.provider, for any client of one."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from datetime import timedelta

from auth.client import Client, MakeClient
from auth.http import Line, NoToken
from auth.identity import Identity
from auth.in_time import in_time
from auth.kept import Kept, packed, unpacked
from auth.outcome import Cure, Outcome, Refused, Unreachable
from auth.person import Person, right_person
from auth.problems import AccountChanged, SignInProblem, VaultProblem
from auth.provider import Attempt, Clock, Session, SignedIn
from auth.vault import Vault
from auth.way_in import Way, way_in

_log = logging.getLogger(__name__)

SILENT_FOR = timedelta(seconds=15)
"""A provider that did not answer is not asked for each mail program's every try, which would wait as long each time."""


class Keeper:
    """Implements auth.provider.Provider. One lock: whoever waits for a refresh shares its answer."""

    def __init__(self, identity: Identity, vault: Vault, clock: Clock, make_client: MakeClient) -> None:
        self._identity = identity
        self._vault = vault
        self._clock = clock
        self._line = Line(identity.ca_file, clock)
        self._new_client = make_client
        self._lock = threading.Lock()
        self._kept: Kept | None = None
        self._loaded = False
        self._exported = ""
        self._retired = False
        self._rounds = 0
        self._asked_at = clock()
        self._latest: Outcome | None = None  # of the session held now

    def session(self) -> Session | None:
        if not self._loaded:
            with self._lock:
                self._load()
        kept = self._kept
        return None if kept is None else kept.session(self._line.clock_error)

    def token(self) -> Outcome | None:
        rounds = self._rounds
        with self._lock:
            kept = self._load()
            if kept is None:
                return None
            if granted := kept.client.cached():
                return granted
            shared = self._latest if self._rounds != rounds else self._silence()
            return shared or self._renew(kept)

    def refresh(self) -> Outcome | None:
        with self._lock:
            kept = self._load()
            return None if kept is None else self._renew(kept)

    def sign_in(self, attempt: Attempt) -> SignedIn:
        self._vault.ready()
        if ended := self._by_system(attempt):
            return ended
        with way_in(attempt, self._clock) as way:
            client = self._make()
            scopes = () if client.asks_identity_first else self._identity.scopes
            hint = "" if attempt.select_account else self._identity.person
            person = self._let_in(client, way, scopes, hint, self._subject_so_far())
            session = self._adopt(client, person)
            outcome = client.cached() or self.refresh()
            if outcome is None:
                raise SignInProblem("signed out meanwhile", code="sign_in_cancelled")
            if client.asks_identity_first and _browser_may_help(outcome):
                session, outcome = self._ask_for_mail(way, person, session, outcome)
            ended = SignedIn(session, outcome, person.renamed)
            way.close(ended)
        return ended

    def _by_system(self, attempt: Attempt) -> SignedIn | None:
        """None: the operating system is not asked, or it cannot: the usual way has to do."""
        if attempt.by_code or not self._identity.broker:
            return None
        client = self._make()
        hint = "" if attempt.select_account else self._identity.person
        try:
            claims = in_time(lambda: client.by_system(hint), attempt)
        except NoToken:
            return None
        granted = client.cached()
        if claims is None or granted is None:
            return None
        person = right_person(self._identity.person, self._identity.aliases, claims, self._subject_so_far())
        return SignedIn(self._adopt(client, person), granted, person.renamed)

    def sign_out(self) -> None:
        with self._lock:
            self._vault.forget(self._identity.account)
            self._kept, self._loaded, self._exported, self._latest = None, True, "", None

    @property
    def clock_error(self) -> timedelta:
        return self._line.clock_error

    def retire(self) -> None:
        with self._lock:
            self._retired = True
            self._kept, self._loaded = None, False

    def _let_in(self, client: Client, way: Way, scopes: tuple[str, ...], hint: str, before: str) -> Person:
        """The right person, with the tokens in `client`; nothing else has changed. Raises SignInProblem."""
        try:
            return self._ask(client, way, scopes, hint, before)
        except NoToken as none:
            refused = none.outcome if isinstance(none.outcome, Refused) else None
            raise SignInProblem(none.outcome.detail, code=none.outcome.code, refused=refused) from none

    def _ask(self, client: Client, way: Way, scopes: tuple[str, ...], hint: str, before: str) -> Person:
        claims = way.claims(client, scopes, hint)
        return right_person(self._identity.person, self._identity.aliases, claims, before)

    def _subject_so_far(self) -> str:
        """Empty where nobody was signed in, or where that cannot be read: signing in is what mends it."""
        try:
            with self._lock:
                kept = self._load()
        except VaultProblem as problem:
            _log.info("who was signed in cannot be read: %s", problem.code)
            return ""
        return kept.subject if kept else ""

    def _ask_for_mail(self, way: Way, person: Person, session: Session, outcome: Outcome) -> tuple[Session, Outcome]:
        """A second request on the same way in. Without its approval the session stays as it is."""
        client = self._make()
        try:
            again = self._ask(client, way, self._identity.scopes, person.username, person.subject)
        except NoToken as none:
            return session, _more_telling(outcome, none.outcome)
        except SignInProblem as problem:
            _log.info("the request for mail ended without one: %s", problem.code)
            return session, outcome
        if client.held() is not None:
            session = self._adopt(client, again)
        return session, client.cached() or self.refresh() or outcome

    def _make(self, kept: str = "") -> Client:
        return self._new_client(self._identity, self._line, self._clock, kept)

    def _adopt(self, client: Client, person: Person) -> Session:
        """From now on this is the session; the one before is replaced on the disk first."""
        kept = Kept(client, self._clock(), person.subject)
        session = kept.session(self._line.clock_error)
        if session is None:
            raise SignInProblem("the provider gave no refresh token", code="no_refresh_token")
        with self._lock:
            self._save(kept)
            self._kept, self._loaded, self._latest = kept, True, None
        return session

    def _silence(self) -> Outcome | None:
        """That there is no answer, for as long as asking again would only bring the same."""
        if not isinstance(self._latest, Unreachable):
            return None
        patience = max(SILENT_FOR, self._latest.retry_after or SILENT_FOR)
        since = self._clock() - self._asked_at
        if not timedelta() <= since < patience:
            return None
        left = self._latest.retry_after and max(timedelta(), self._latest.retry_after - since)
        return replace(self._latest, retry_after=left)

    def _renew(self, kept: Kept) -> Outcome | None:
        self._latest = kept.client.refresh()
        self._asked_at = self._clock()
        self._rounds += 1
        self._save(kept)
        return self._latest

    def _save(self, kept: Kept) -> None:
        self._still_there()
        exported = kept.client.export()
        if exported == self._exported:
            return
        self._vault.save(self._identity.account, packed(kept, exported, self._identity))
        self._exported = exported

    def _still_there(self) -> None:
        if self._retired:
            raise AccountChanged(account=self._identity.account)

    def _load(self) -> Kept | None:
        self._still_there()
        if not self._loaded:
            data = self._vault.load(self._identity.account)
            self._kept = None if data is None else unpacked(data, self._identity, self._make)
            self._exported = self._kept.client.export() if self._kept else ""
            self._loaded = True
        return self._kept


def _browser_may_help(outcome: Outcome | None) -> bool:
    return isinstance(outcome, Refused) and outcome.cure in {Cure.CONSENT, Cure.SIGN_IN}


def _more_telling(first: Outcome, second: Outcome) -> Outcome:
    """A number says more than `access_denied`, which means cancelled, blocked or waiting."""
    numbered = isinstance(second, Refused) and second.code.startswith("AADSTS")
    return second if numbered else first
