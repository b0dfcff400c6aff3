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


@dataclass(frozen=True)
class Request:
    """An authorize request: where the browser goes, and what is needed to redeem its answer."""

    url: str = field(repr=False)
    flow: Any = field(repr=False)


class Client(Protocol):
    """One account's tokens, and the conversation with its provider about them. Used by one thread at a time."""

    asks_identity_first: bool
    """Whether the person signs in without the mail scopes first, which leaves a session where approval is missing."""

    def begin(self, scopes: tuple[str, ...], redirect_uri: str, state: str, login_hint: str) -> Request:
        """`login_hint` is who is expected to sign in; empty: the person chooses among all accounts. Raises NoToken."""

    def redeem(self, request: Request, answer: Answer) -> Mapping[str, object]:
        """Take the tokens in; the id token's claims. Raises NoToken."""

    def refresh(self) -> Outcome | None:
        """A real refresh for the mail scopes; None: there is no session."""

    def cached(self) -> Granted | None:
        """An access token for the mail scopes that is good for 5 more minutes at least."""

    def held(self) -> Held | None: ...

    def export(self) -> str:
        """Everything, for the vault."""


MakeClient = Callable[[Identity, Line, Clock, str], Client]
"""The text is what export() gave, or empty. Raises ValueError, KeyError or TypeError for any other content."""
