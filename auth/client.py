"""What is asked of a library that speaks with an identity provider? Two ship: MSAL's, and that of any other one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from auth.http import Line
from auth.identity import Identity
from auth.loopback import Answer
from auth.outcome import Granted, Outcome
from auth.provider import Clock

STILL_GOOD_FOR = timedelta(minutes=5)
"""How long a token that is handed out is usable at least."""


@dataclass(frozen=True)
class Held:
    """What a client knows of its session."""

    username: str
    refreshed_at: datetime
    by_system: bool = False


@dataclass(frozen=True)
class Request:
    """An authorize request: where the browser goes, and what is needed to redeem its answer."""

    url: str = field(repr=False)
    flow: Any = field(repr=False)


@dataclass(frozen=True)
class CodeRequest:
    """A device authorization (RFC 8628 3.2): what the person types in where, and what is needed to redeem it."""

    user_code: str = field(repr=False)
    url: str
    link: str = field(repr=False)  # with the code in it; `url` where the provider has none
    lasts: timedelta
    interval: timedelta  # between two polls, at least
    flow: Any = field(repr=False)


def up_to_a_day(seconds: object) -> timedelta:
    """A provider's number of seconds, which may be of any size. Raises ValueError, TypeError where it is none."""
    return timedelta(seconds=min(max(int(str(seconds)), 0), 86_400))


class StillWaiting(Exception):  # noqa: N818  an ordinary answer of the protocol
    """The person has not typed the code in yet. `slower`: we asked too often."""

    def __init__(self, *, slower: bool) -> None:
        super().__init__()
        self.slower = slower


class Client(Protocol):
    """One account's tokens, and the conversation with its provider about them. Used by one thread at a time."""

    asks_identity_first: bool
    """Whether the person signs in without the mail scopes first, which leaves a session where approval is missing."""

    def begin(self, scopes: tuple[str, ...], redirect_uri: str, state: str, login_hint: str) -> Request:
        """`login_hint` is who is expected to sign in; empty: the person chooses among all accounts. Raises NoToken."""

    def redeem(self, request: Request, answer: Answer) -> Mapping[str, object]:
        """Take the tokens in; the id token's claims. Raises NoToken."""

    def begin_code(self, scopes: tuple[str, ...]) -> CodeRequest:
        """Raises NoToken."""

    def redeem_code(self, request: CodeRequest) -> Mapping[str, object]:
        """One poll: take the tokens in; the id token's claims. Raises StillWaiting, NoToken."""

    def by_system(self, login_hint: str) -> Mapping[str, object] | None:
        """Let the operating system sign the person in; the id token's claims. None: it cannot, the browser has to.

        Blocks as long as the person takes. Raises NoToken, and SignInProblem where the person does not want to.
        """

    def refresh(self) -> Outcome | None:
        """A real refresh for the mail scopes; None: there is no session."""

    def cached(self) -> Granted | None:
        """An access token for the mail scopes that is good for 5 more minutes at least."""

    def held(self) -> Held | None: ...

    def export(self) -> str:
        """Everything, for the vault."""


MakeClient = Callable[[Identity, Line, Clock, str], Client]
"""The text is what export() gave, or empty. Raises ValueError, KeyError or TypeError for any other content."""
