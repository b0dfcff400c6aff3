"""On which way does the person sign in? In a browser tab here, or with a code on any other device."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from auth.by_code import ByCode
from auth.client import Client
from auth.provider import Attempt, Clock, SignedIn
from auth.tab import Tab


class Way(Protocol):
    """From the first question to the last."""

    def claims(self, client: Client, scopes: tuple[str, ...], login_hint: str) -> Mapping[str, object]:
        """Who signed in, with the tokens in `client`. Raises NoToken, SignInProblem."""

    def close(self, ended: SignedIn) -> None:
        """Show how it ended, where there is a page to show it on."""


def way_in(attempt: Attempt, clock: Clock) -> AbstractContextManager[Way]:
    return ByCode(attempt, clock) if attempt.by_code else Tab(attempt)
