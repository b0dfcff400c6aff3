"""What happens while somebody signs in with a code on another device? Asked again and again, as RFC 8628 has it."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Self

from auth.client import Client, CodeRequest, StillWaiting
from auth.http import NoToken
from auth.outcome import Cure, Refused, Unreachable
from auth.problems import SignInProblem
from auth.provider import Attempt, Clock, DeviceCode, SignedIn
from auth.refusals import refusal_in

_log = logging.getLogger(__name__)

SLOWER = timedelta(seconds=5)
"""What `slow_down` adds to the interval for good (RFC 8628 3.5)."""

QUICKEST = timedelta(seconds=1)
"""Also where a provider says 0."""

SLOWEST = timedelta(minutes=1)

_EXPIRED = "device_code_expired"

_WAITING = {"authorization_pending": False, "slow_down": True}
"""The errors that mean StillWaiting (RFC 8628 3.5), and whether `slower`."""

_OVER = {"expired_token", "bad_verification_code", "code_expired"}
"""What providers say of a code whose time is over, or which they do not know any more."""

_DECLINED = "authorization_declined"
"""Microsoft's word for RFC 8628's `access_denied`."""


def refused_poll(answer: Mapping[str, object]) -> StillWaiting | NoToken:
    """What is to be raised for an answer of the token endpoint that has no token."""
    error = str(answer.get("error", ""))
    if error in _WAITING:
        return StillWaiting(slower=_WAITING[error])
    if error in _OVER:
        return NoToken(Refused(_EXPIRED, Cure.SIGN_IN, error))
    return NoToken(refusal_in({**answer, "error": "access_denied"} if error == _DECLINED else answer))


class ByCode:
    """One code after another; who waits on the other side is the person's own affair."""

    def __init__(self, attempt: Attempt, clock: Clock) -> None:
        self._attempt = attempt
        self._clock = clock
        self._step = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._attempt.code = None

    def claims(self, client: Client, scopes: tuple[str, ...], _login_hint: str) -> Mapping[str, object]:
        """Who signed in, with the tokens in `client`. Raises NoToken, SignInProblem.

        The flow has no place for a hint: whose code it was is seen in the claims.
        """
        self._still_wanted()
        request = client.begin_code(scopes)
        self._step += 1
        self._attempt.code = DeviceCode(
            request.user_code, request.url, request.link, self._clock() + request.lasts, self._step
        )
        try:
            return self._polled(client, request)
        finally:
            self._attempt.code = None

    def close(self, ended: SignedIn) -> None:
        """The page on the other device is the provider's own."""

    def _polled(self, client: Client, request: CodeRequest) -> Mapping[str, object]:
        until = time.monotonic() + request.lasts.total_seconds()
        interval = pause = max(request.interval, QUICKEST)
        while (left := until - time.monotonic()) > 0:
            self._attempt.cancelled.wait(min(pause.total_seconds(), left))
            self._still_wanted()
            try:
                return client.redeem_code(request)
            except StillWaiting as answer:
                interval = pause = interval + SLOWER if answer.slower else interval
            except NoToken as none:
                interval, pause = _after(none, interval)
        raise SignInProblem(code=_EXPIRED)

    def _still_wanted(self) -> None:
        if self._attempt.cancelled.is_set():
            raise SignInProblem(code="sign_in_cancelled")


def _after(none: NoToken, interval: timedelta) -> tuple[timedelta, timedelta]:
    """The interval from now on, and the next pause: the code stays good while the network is away. Raises NoToken."""
    if isinstance(none.outcome, Unreachable):
        _log.info("no answer while waiting for the code: %s", none.outcome.code)
        rarer = max(interval, min(interval * 2, SLOWEST))
        return rarer, max(rarer, none.outcome.retry_after or timedelta())
    raise none
