"""How is an account? Pure: learn() takes in what was just seen, assess() says how it stands. No I/O, no sentences."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from auth.experience import Experience
from auth.outcome import Cure, Granted, Outcome, Refused, Unreachable
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


_DECLINED, _NOT_APPROVED = "AADSTS65004", "AADSTS65001"
"""The second says that nobody has approved: after the first, that is no news and nobody else's turn."""


def learn(facts: Facts, outcome: Outcome | None, held: Session | None, now: datetime) -> Facts:
    """What the provider answered. None: nobody is signed in."""
    facts = replace(facts, vault="", held=held)
    match outcome:
        case None:
            # where not even the sign-in was allowed without approval, that stays so until somebody tries again
            waiting = facts.refused if facts.refused and facts.refused.cure is Cure.CONSENT and held is None else None
            return _outages(replace(facts, refused=waiting, checks={}, checked_at=now), {}, now)
        case Granted():
            others = {name: outage for name, outage in facts.outages.items() if name != "token"}
            return _outages(replace(facts, refused=None, checked_at=now), others, now)
        case Refused():
            declined = facts.refused if facts.refused and facts.refused.code == _DECLINED else None
            told = declined if declined and outcome.code == _NOT_APPROVED else outcome
            return _outages(replace(facts, refused=told, checks={}, checked_at=now), {}, now)
        case Unreachable():
            outage = Outage(outcome.code, not_before=_end(outcome.retry_after, now))
            return _outages(facts, {**facts.outages, "token": outage}, now)
        case _:
            assert_never(outcome)


def learn_vault(facts: Facts, code: str) -> Facts:
    """The stored sign-in cannot be read now. Says nothing about whether it is still good."""
    return replace(facts, vault=code)


def believe_outage(facts: Facts, now: datetime) -> Facts:
    """Somebody asks and waits for the answer: an outage is told at once, however short."""
    if facts.outage_since is None:
        return facts
    return replace(facts, outage_since=min(facts.outage_since, now - OFFLINE_GRACE))


def learn_mailbox(facts: Facts, checks: Mapping[str, Check], now: datetime) -> Facts:
    """What the mail servers answered that were asked. One that did not answer keeps what was last known of it."""
    answers = {name: check for name, check in checks.items() if check.reachable}
    silent = {
        name: Outage(check.text, check.facts, _end(check.retry_after, now))
        for name, check in checks.items()
        if not check.reachable
    }
    others = {name: outage for name, outage in facts.outages.items() if name not in answers}
    return _outages(replace(facts, checks={**facts.checks, **answers}), {**others, **silent}, now)


def in_use(facts: Facts, servers: AbstractSet[str]) -> Facts:
    """Without what was seen of servers that the account does not use any more."""
    outages = {name: outage for name, outage in facts.outages.items() if name in servers or name == "token"}
    checks = {name: check for name, check in facts.checks.items() if name in servers}
    return replace(facts, checks=checks, outages=outages, outage_since=facts.outage_since if outages else None)


def _end(pause: timedelta | None, now: datetime) -> datetime | None:
    return None if pause is None else now + pause


def _outages(facts: Facts, outages: Mapping[str, Outage], now: datetime) -> Facts:
    """An outage that goes on keeps its beginning."""
    return replace(facts, outages=outages, outage_since=(facts.outage_since or now) if outages else None)


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
