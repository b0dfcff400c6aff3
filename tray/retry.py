"""When may be asked again, after it went wrong? Pure: by the class of the trouble, for trying more often does harm.

Entra takes a program that repeats a refused request for a loop (AADSTS50196), Exchange makes the pause longer for one
that does not keep it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tray.health import Facts, Outage, State, Who
from tray.picture import Health


class Trouble(StrEnum):
    NETWORK = "network"  # nobody answered: the cable, the provider's name, a certificate
    THROTTLED = "throttled"  # asked too often
    SERVICE = "service"  # the other side has a fault
    USER = "user"  # has to sign in, which is noticed at once
    CONSENT = "consent"  # an administrator approves, which is seen by asking only
    POLICY = "policy"  # an administrator changes something else; as above
    CONFIGURATION = "configuration"  # of the program's registration; as above
    MAILBOX = "mailbox"  # signed in, and the server refuses


@dataclass(frozen=True)
class Silence:
    """Who gives no definite answer, and since when; be it too short to be shown as the account's state."""

    outages: Mapping[str, Outage] = field(default_factory=dict)  # token, imap, pop3, smtp
    since: datetime | None = None


SOON = timedelta(minutes=1)
NETWORK_LONGEST = timedelta(minutes=5)
"""A try costs nothing while there is no network, and somebody waits for the first mail after it."""

SERVICE_LONGEST = timedelta(minutes=15)
THROTTLED_LEAST = timedelta(minutes=5)
"""Where no Retry-After says how long."""

ANY_OUTAGE_LONGEST = timedelta(hours=1)
"""However rarely it is asked while all is well: a session may be near its end for want of an answer."""

LONGEST_REQUEST = timedelta(hours=1)
"""A longer pause than this nobody asked for: the clock was set back meanwhile."""

PROBE = timedelta(minutes=30)
DORMANT = timedelta(hours=6)

_THROTTLED = frozenset({"throttled", "server_throttled"})
_SERVICE = frozenset({"service_fault", "server_fault"})
_WAITS = {
    Trouble.USER: DORMANT,
    Trouble.CONSENT: PROBE,
    Trouble.POLICY: PROBE,
    Trouble.CONFIGURATION: PROBE,
}


def silence_in(facts: Facts, *of: str) -> Silence:
    """Who did not answer the last question; of these alone, where some are named."""
    outages = {name: outage for name, outage in facts.outages.items() if not of or name in of}
    return Silence(outages, facts.outage_since if outages else None)


def trouble(health: Health, silence: Silence) -> Trouble | None:
    """The class of what keeps a question from being answered; None where all is well.

    What is known of a refusal stays the reason while somebody is silent besides.
    """
    if health.state is State.CONSENT_PENDING:
        return Trouble.CONSENT
    if health.state is State.SIGN_IN_REQUIRED:
        return {Who.ADMIN: Trouble.POLICY, Who.VENDOR: Trouble.CONFIGURATION}.get(health.who, Trouble.USER)
    return silent(silence) or (Trouble.MAILBOX if health.state is State.MAILBOX_REFUSED else None)


def silent(silence: Silence) -> Trouble | None:
    """What keeps those quiet who do not answer; the strictest of several."""
    texts = {outage.text for outage in silence.outages.values()}
    if not texts:
        return None
    return Trouble.THROTTLED if texts & _THROTTLED else Trouble.SERVICE if texts <= _SERVICE else Trouble.NETWORK


def pause(kind: Trouble | None, silence: Silence, every: timedelta, now: datetime) -> timedelta:
    """Until the next question at the earliest; `every` where nothing stands against the usual interval.

    An outage is waited for as long again as it has lasted: short ones are over soon, long ones are not asked about all
    the time.
    """
    usual = min(every, ANY_OUTAGE_LONGEST)
    match kind:
        case Trouble.NETWORK:
            wait = _as_long_again(silence, now, min(every, SOON), NETWORK_LONGEST)
        case Trouble.SERVICE:
            wait = _as_long_again(silence, now, min(every, SOON), max(usual, SERVICE_LONGEST))
        case Trouble.THROTTLED:
            said = any(outage.not_before for outage in silence.outages.values())
            wait = min(every, SOON) if said else max(usual, THROTTLED_LEAST)
        case Trouble.USER | Trouble.CONSENT | Trouble.POLICY | Trouble.CONFIGURATION:
            wait = max(every, _WAITS[kind]) if kind is not Trouble.CONSENT else _WAITS[kind]
        case _:
            wait = every
    return max(wait, asked_for(silence, now))


def asked_for(silence: Silence, now: datetime) -> timedelta:
    """The rest of the longest pause that a server has asked for (Retry-After); zero where none did."""
    until = max((each.not_before for each in silence.outages.values() if each.not_before), default=now)
    rest = until - now
    return timedelta() if rest > LONGEST_REQUEST else max(rest, timedelta())


def _as_long_again(silence: Silence, now: datetime, first: timedelta, longest: timedelta) -> timedelta:
    lasted = now - silence.since if silence.since else timedelta()
    return min(max(first, lasted), longest)
