"""What can be asked of an identity provider, whichever it is? Two ship: Microsoft (MSAL) and any other OpenID one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from auth.outcome import Outcome, Refused
from auth.problems import Problem

Clock = Callable[[], datetime]
"""Tells the time, as an aware datetime in UTC."""

Browse = Callable[[str], bool]
"""Opens a URL in the user's browser; False where there is none."""


@dataclass(frozen=True)
class Session:
    """What is known of a sign-in that is held. Times are aware UTC."""

    username: str  # as the provider spells it
    signed_in_at: datetime  # the last interactive sign-in
    refreshed_at: datetime  # when the newest refresh token came
    clock_error: timedelta = timedelta()  # how far this PC's clock is ahead of the provider's; 0 if by little only
    by_system: bool = False  # the operating system renews it, and tells nobody how old it is


@dataclass(frozen=True)
class SignedIn:
    """The right person signed in and the session is held. `outcome` says how the mail scopes stand: it may well be
    `Refused` with `Cure.CONSENT` (waiting for the administrator). `renamed`: the one who was signed in before, under
    a name that is not in the configuration.
    """

    session: Session
    outcome: Outcome
    renamed: bool = False


ClosingPage = Callable[[SignedIn | Problem], str]
"""The HTML of the last page the person sees, written once it is known how the sign-in ended."""


@dataclass(frozen=True)
class DeviceCode:
    """What the person types in on any device with a browser (RFC 8628). `expires_at` is aware UTC."""

    user_code: str = field(repr=False)
    url: str  # where to type it in
    link: str = field(repr=False)  # the same with the code in it, where the provider offers that; else `url`
    expires_at: datetime
    step: int = 1  # 2: who it is, is known by now; this one is for the mailbox


@dataclass
class Attempt:
    """One sign-in under way, shared between the worker that runs it and whoever watches or cancels it."""

    browse: Browse
    closing_page: ClosingPage
    time_limit: timedelta
    select_account: bool = False  # let the person choose among all accounts instead of going on with the usual one
    by_code: bool = False  # with a code on another device instead of the browser here
    cancelled: threading.Event = field(default_factory=threading.Event)
    url: str = field(default="", repr=False)  # where the person signs in, once known; carries state and nonce
    code: DeviceCode | None = None  # the one to be typed in now

    def cancel(self) -> None:
        self.cancelled.set()


class Provider(Protocol):
    """One account at its identity provider. Methods block, are safe to call from any thread, and one at a time runs."""

    def session(self) -> Session | None:
        """The session held, without asking the network. Raises VaultProblem."""

    def token(self) -> Outcome | None:
        """An access token valid for 5 more minutes at least, from memory where possible; None: nobody is signed in.

        Raises VaultProblem.
        """

    def refresh(self) -> Outcome | None:
        """A real refresh, the proof that the session lives; the rotated token is saved before this returns.

        None: nobody is signed in. Raises VaultProblem.
        """

    def sign_in(self, attempt: Attempt) -> SignedIn:
        """Let the person sign in in the browser or with a code. What was held before is kept unless this returns.

        Raises SignInProblem (cancelled, timed out, refused, no browser, wrong person) and VaultProblem.
        """

    def sign_out(self) -> None:
        """Forget the session on this PC. Raises VaultProblem."""

    @property
    def clock_error(self) -> timedelta:
        """This PC's clock is ahead by so much (behind: negative), by the last answer; 0 where it is right enough."""

    def retire(self) -> None:
        """The account is another one from now on, or gone: nothing is asked, kept or handed out here any more.

        What is under way is waited for. All but sign_out raise AccountChanged afterwards.
        """


__all__ = ["Attempt", "Browse", "Clock", "ClosingPage", "DeviceCode", "Provider", "Refused", "Session", "SignedIn"]
