"""Which troubles can be rehearsed in the demo? Each by a name, done to one person's sign-in or mailbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from auth.sandbox.provider import SandboxProvider
from mail.mailbox import Protocol
from mail.sandbox.faults import ANSWERS, Moment
from tray.demo_world import World

WELL = "well"
_AN_HOUR = 3600
_CLOCK_OFF = timedelta(hours=3)

Does = Callable[[SandboxProvider, str], object]

SIGN_IN: Mapping[str, Does] = {
    WELL: lambda _provider, _address: None,
    "revoked": SandboxProvider.revoke,
    "expired": SandboxProvider.expire_inactive,
    "frequency": SandboxProvider.end_by_frequency,
    "second_factor": lambda provider, address: provider.refuse(address, 50076),
    "policy": SandboxProvider.block,
    "device": lambda provider, address: provider.refuse(address, 53000),
    "disabled": SandboxProvider.disable,
    "unassigned": lambda provider, address: provider.refuse(address, 50105),
    "consent_needed": SandboxProvider.withdraw_consent,
    "consent_granted": SandboxProvider.grant_consent,
    "throttled": lambda provider, address: provider.throttle(_AN_HOUR, address=address),
    "fault": lambda provider, address: provider.fail_next(503, -1, address=address),
    "offline": lambda provider, address: provider.close_connections(address=address),
    "captive_portal": lambda provider, address: provider.captive_portal(address=address),
    "clock_fast": lambda provider, address: provider.set_clock_wrong(_CLOCK_OFF, address=address),
    "clock_slow": lambda provider, address: provider.set_clock_wrong(-_CLOCK_OFF, address=address),
}
"""What may befall a sign-in. Each has its label in the catalogue: `demo-control-state-…`."""

MAIL: Mapping[Protocol, Mapping[str, str]] = {
    protocol: {
        kind: f"{kind.replace('_', ' ')}: {answer.words.replace('{milliseconds}', '299961')}"
        for kind, answer in answers.items()
        if answer.moment is not Moment.CONNECT
    }
    for protocol, answers in ANSWERS.items()
}
"""What a mail server may answer one mailbox: a name for it, and its own words."""


def befall_sign_in(world: World, address: str, state: str) -> None:
    """The trouble before it is over; a session that was ended stays so until somebody signs in. KeyError: no such."""
    does = SIGN_IN[state]
    _recover(world.provider, address, consent=state == "consent_granted")
    if state == "consent_needed":
        world.provider.person(address).consent = "admin"
    does(world.provider, address)


def answer_number(world: World, address: str, number: int) -> None:
    """Any AADSTS number, as Entra would give it."""
    _recover(world.provider, address, consent=False)
    world.provider.refuse(address, number)


def befall_mailbox(world: World, address: str, protocol: Protocol, kind: str) -> None:
    """KeyError: this protocol knows no such answer."""
    if kind != WELL and kind not in MAIL[protocol]:
        raise KeyError(kind)
    world.post.heal(address, protocol)
    if kind != WELL:
        world.post.refuse(address, protocol, kind)


def _recover(provider: SandboxProvider, address: str, *, consent: bool) -> None:
    provider.calm(address)
    provider.unblock(address)
    provider.enable(address)
    if consent:
        provider.grant_consent(address)
