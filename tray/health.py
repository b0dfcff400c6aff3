"""How is an account? Pure: what was seen of it in, how it stands out. No I/O, no sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from auth.experience import Experience
from auth.outcome import Cure, Refused
from auth.problems import Fact
from auth.provider import Session
from auth.wording import facts_of, words_of


class State(StrEnum):
    OK = "ok"
    EXPIRING = "expiring"
    SIGN_IN_REQUIRED = "sign_in_required"
    CONSENT_PENDING = "consent_pending"
    MAILBOX_REFUSED = "mailbox_refused"
    OFFLINE = "offline"
    UNKNOWN = "unknown"

    @property
    def waits_for_a_person(self) -> bool:
        """There is no use in asking the mailbox before somebody has signed in or approved."""
        return self in {State.SIGN_IN_REQUIRED, State.CONSENT_PENDING}


SEVERITY = (
    State.OK,
    State.UNKNOWN,
    State.OFFLINE,
    State.EXPIRING,
    State.CONSENT_PENDING,
    State.MAILBOX_REFUSED,
    State.SIGN_IN_REQUIRED,
)
"""From best to worst: the overall state is the worst account's."""


class Who(StrEnum):
    """Who can mend it."""

    USER = "user"
    ADMIN = "admin"
    VENDOR = "vendor"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Check:
    """One login tried. `code` is what a hotline asks for, `text` the catalogue's key, both empty where it went well."""

    ok: bool
    code: str = ""
    text: str = ""
    reachable: bool = True  # False: no definite answer, so nothing is said about the mailbox
    facts: Mapping[str, str] = field(default_factory=dict)
    retry_after: timedelta | None = None  # what a silent server asked for


@dataclass(frozen=True)
class Outage:
    """Who gives no definite answer, and why. `text` is the catalogue's key, `facts` fill its places."""

    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    not_before: datetime | None = None  # the end of the pause that it asked for


MENDED_BY_SIGN_IN = frozenset({"vault_damaged", "vault_key_missing"})
"""What was stored is lost; the session may live on, but nobody can use it."""

OFFLINE_GRACE = timedelta(minutes=2)
"""A shorter outage is not shown: a laptop lid, a router that restarts, the first minute after sleep."""


@dataclass(frozen=True)
class Facts:
    """What was seen of one account. Observations only, no opinion. Times are aware UTC, by this PC's clock but for
    `held`, which is in the provider's time: what it decides on does not move when somebody sets this clock.
    """

    session: int = 0  # counts sign-ins and sign-outs; an answer about an earlier session is dropped
    held: Session | None = None
    experience: Experience = field(default_factory=Experience)  # outlives the sessions it was made with
    checked_at: datetime | None = None  # the last round with a definite answer
    vault: str = ""  # the code of what keeps us from reading the stored sign-in
    refused: Refused | None = None
    outages: Mapping[str, Outage] = field(default_factory=dict)  # token, imap, pop3, smtp: who does not answer
    outage_since: datetime | None = None
    checks: Mapping[str, Check] = field(default_factory=dict)  # imap, pop3, smtp: the last definite answer

    @property
    def outage(self) -> Outage | None:
        """One of them, the identity provider first: without it nothing else can be asked."""
        return self.outages.get("token") or next(iter(self.outages.values()), None)


@dataclass(frozen=True)
class Verdict:
    """How it stands: the root cause alone, its consequences stay unsaid. `texts` are the catalogue's keys, most
    specific first.
    """

    state: State
    who: Who = Who.NOBODY
    code: str = ""
    texts: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)


_STATE_OF_CURE = {
    Cure.SIGN_IN: (State.SIGN_IN_REQUIRED, Who.USER),
    Cure.CONSENT: (State.CONSENT_PENDING, Who.ADMIN),
    Cure.ADMIN: (State.SIGN_IN_REQUIRED, Who.ADMIN),
    Cure.VENDOR: (State.SIGN_IN_REQUIRED, Who.VENDOR),
}

_DECLINED_PERHAPS = {"access_denied", "consent_required"}
"""What is also said where the person clicked Cancel."""

_WHO_MENDS = {
    "keyring_missing": Who.ADMIN,
    "captive_portal": Who.USER,
    "clock_wrong": Who.USER,
    "certificate": Who.ADMIN,
    "server_certificate": Who.ADMIN,
    "server_certificate_name": Who.ADMIN,
    "server_certificate_date": Who.USER,
    "server_tls": Who.ADMIN,
    "starttls_missing": Who.ADMIN,
    "protocol_disabled": Who.USER,
    "google_refused": Who.USER,
    "google_browser_wanted": Who.USER,
    "folder_missing": Who.USER,
    "pop3_uidl_missing": Who.USER,
    "oauth_missing": Who.USER,
}
"""What lasts until somebody does something: an outage that does not pass, a stuck keyring, a refusing mailbox."""


def assess(facts: Facts, now: datetime, *, expiring: bool) -> Verdict:
    """The first line that applies is the root cause. `expiring`: the next sign-in is near enough to be told."""
    if facts.vault:
        state = State.SIGN_IN_REQUIRED if facts.vault in MENDED_BY_SIGN_IN else State.UNKNOWN
        return Verdict(state, _WHO_MENDS.get(facts.vault, Who.USER), facts.vault, (facts.vault, "vault_unusable"))
    if facts.refused:
        state, who = _STATE_OF_CURE[facts.refused.cure]
        return Verdict(state, who, facts.refused.code, _words_for(facts.refused, facts.held), facts_of(facts.refused))
    if facts.checked_at is not None and facts.held is None:
        return Verdict(State.SIGN_IN_REQUIRED, Who.USER, "not_signed_in", ("not_signed_in",))
    outage, since = facts.outage, facts.outage_since
    if outage and since and (facts.checked_at is None or now - since >= OFFLINE_GRACE or since > now):
        who = _WHO_MENDS.get(outage.text, Who.NOBODY)
        return Verdict(State.OFFLINE, who, outage.text, (outage.text, "offline"), outage.facts)
    if facts.checked_at is None:
        return Verdict(State.UNKNOWN)
    if bad := next((check for check in facts.checks.values() if not check.ok and check.reachable), None):
        who = _WHO_MENDS.get(bad.text, Who.ADMIN)
        return Verdict(State.MAILBOX_REFUSED, who, bad.code or bad.text, (bad.text, "mailbox_refused"), bad.facts)
    if expiring:
        return Verdict(State.EXPIRING, Who.USER, "expiring", ("expiring",))
    return Verdict(State.OK)


def _words_for(refused: Refused, held: Session | None) -> tuple[str, ...]:
    """Without a session nobody can ask silently whether approval has come: the person has to hear that."""
    usual = words_of(refused)
    if refused.cure is not Cure.CONSENT or held is not None:
        return usual
    told = refused.code not in _DECLINED_PERHAPS
    return ("consent_unknown" if told else "consent_unknown_or_declined", *usual)


def worst(states: list[State]) -> State:
    """The overall state; `unknown` where there is no account yet."""
    return max(states, key=SEVERITY.index, default=State.UNKNOWN)
