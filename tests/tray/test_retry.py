"""After trouble, each class of it has its own pause: soon after a network fault, never before a Retry-After."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tray.health import Outage, State, Who
from tray.picture import Health
from tray.retry import Silence, Trouble, pause, trouble

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def silent(*texts: str, lasted: float = 0, asked: float | None = None) -> Silence:
    """`asked`: minutes of pause, by the first of them."""
    end = None if asked is None else NOW + minutes(asked)
    names = ("token", "imap", "smtp")
    outages = {
        name: Outage(text, not_before=end if name == "token" else None)
        for name, text in zip(names, texts, strict=False)
    }
    return Silence(outages, NOW - minutes(lasted))


@pytest.mark.parametrize(
    ("state", "who", "silence", "expected", "wait"),
    [
        # nobody answers: soon, then as long again as it has lasted
        (State.OK, Who.NOBODY, silent("network"), Trouble.NETWORK, 1),
        (State.OFFLINE, Who.NOBODY, silent("network", lasted=3), Trouble.NETWORK, 3),
        (State.OFFLINE, Who.NOBODY, silent("network", lasted=600), Trouble.NETWORK, 5),
        (State.OFFLINE, Who.USER, silent("captive_portal", lasted=2), Trouble.NETWORK, 2),
        (State.OFFLINE, Who.ADMIN, silent("certificate", lasted=60), Trouble.NETWORK, 5),
        (State.OK, Who.NOBODY, silent("service_fault", "server_silent"), Trouble.NETWORK, 1),
        # a fault of theirs: the same, and in the end no more often than usual
        (State.OK, Who.NOBODY, silent("service_fault"), Trouble.SERVICE, 1),
        (State.OFFLINE, Who.NOBODY, silent("service_fault", "server_fault", lasted=9), Trouble.SERVICE, 9),
        (State.OFFLINE, Who.NOBODY, silent("service_fault", lasted=600), Trouble.SERVICE, 15),
        (State.OFFLINE, Who.NOBODY, silent("service_fault", asked=20), Trouble.SERVICE, 20),
        # too often: never before they said, and else no sooner than usual
        (State.OK, Who.NOBODY, silent("throttled", asked=7), Trouble.THROTTLED, 7),
        (State.OK, Who.NOBODY, silent("throttled", asked=0.1), Trouble.THROTTLED, 1),
        (State.OK, Who.NOBODY, silent("throttled"), Trouble.THROTTLED, 15),
        (State.OFFLINE, Who.NOBODY, silent("network", "server_throttled"), Trouble.THROTTLED, 15),
        (
            State.OK,
            Who.NOBODY,
            silent("throttled", asked=60 * 24 * 365),
            Trouble.THROTTLED,
            1,
        ),  # the clock was set back
        # a definite refusal: what a person mends here is noticed at once, what elsewhere by asking now and then
        (State.SIGN_IN_REQUIRED, Who.USER, Silence(), Trouble.USER, 360),
        (State.SIGN_IN_REQUIRED, Who.ADMIN, Silence(), Trouble.POLICY, 30),
        (State.SIGN_IN_REQUIRED, Who.VENDOR, Silence(), Trouble.CONFIGURATION, 30),
        (State.CONSENT_PENDING, Who.ADMIN, Silence(), Trouble.CONSENT, 30),
        (State.MAILBOX_REFUSED, Who.ADMIN, Silence(), Trouble.MAILBOX, 15),
        # all is well
        (State.OK, Who.NOBODY, Silence(), None, 15),
        (State.EXPIRING, Who.USER, Silence(), None, 15),
        (State.UNKNOWN, Who.USER, Silence(), None, 15),  # a locked keyring is not asked more often: it asks a person
    ],
)
def test_each_class_has_its_pause(
    state: State, who: Who, silence: Silence, expected: Trouble | None, wait: float
) -> None:
    kind = trouble(Health(state, since=NOW, checked_at=NOW, who=who), silence)
    assert (kind, pause(kind, silence, EVERY, NOW)) == (expected, minutes(wait))


@pytest.mark.parametrize("text", ["network", "throttled", "service_fault"])
def test_an_outage_is_asked_about_each_hour_however_rarely_all_is_checked(text: str) -> None:
    """A session that lives twelve hours without use would end between two checks."""
    lasting = silent(text, lasted=600)
    assert pause(trouble(Health(State.OFFLINE, since=NOW), lasting), lasting, timedelta(hours=6), NOW) <= minutes(60)


def test_a_refusal_is_not_asked_about_more_often_because_a_server_is_silent_besides() -> None:
    refused = Health(State.SIGN_IN_REQUIRED, since=NOW, checked_at=NOW, who=Who.USER)
    assert trouble(refused, silent("network")) is Trouble.USER


@pytest.mark.parametrize("kind", [Trouble.USER, Trouble.CONSENT, Trouble.POLICY, Trouble.CONFIGURATION])
def test_a_refused_question_is_not_repeated_often_however_often_others_are_asked(kind: Trouble) -> None:
    """Fifteen times in five minutes, and Entra takes us for a loop (AADSTS50196)."""
    assert pause(kind, Silence(), timedelta(seconds=30), NOW) >= minutes(30)
    assert pause(Trouble.THROTTLED, silent("throttled"), timedelta(seconds=30), NOW) >= minutes(5)
