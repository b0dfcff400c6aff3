"""What does a refusal of the identity provider mean? Pure: its words in, a definite refusal or no answer out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from auth.aadsts import CURE_OF_NUMBER, LOOP_DETECTED, PASSING
from auth.outcome import Cure, Refused, Unreachable

_NUMBER = re.compile(r"\bAADSTS([0-9]{4,8})\b")
_LONGEST_NUMBER = 10**8
_DETAIL_LIMIT = 500
_WORD_LIMIT = 80

AFTER_A_LOOP = timedelta(hours=1)
"""Entra took us for a program that asks in circles: the next question only makes it believe so."""

NUMBERS = frozenset(CURE_OF_NUMBER)
"""Every AADSTS number that is told apart; each has its own sentences."""

_CURE_OF_SUBERROR: Mapping[str, Cure] = {
    "consent_required": Cure.CONSENT,
    "basic_action": Cure.SIGN_IN,
    "additional_action": Cure.SIGN_IN,
    "user_password_expired": Cure.SIGN_IN,
    "bad_token": Cure.SIGN_IN,
    "token_expired": Cure.SIGN_IN,
    "invalid_rapt": Cure.SIGN_IN,  # Google: the organization's session length is over
    "message_only": Cure.ADMIN,
    "protection_policy_required": Cure.ADMIN,
    "device_authentication_failed": Cure.ADMIN,
    "client_mismatch": Cure.VENDOR,
}
_DECISIVE = {"consent_required", "basic_action", "user_password_expired", "message_only"}
"""Says for certain who can mend it, whatever the number (UiRequiredExceptionClassification)."""

_CURE_OF_ERROR: Mapping[str, Cure] = {
    "invalid_grant": Cure.SIGN_IN,
    "interaction_required": Cure.SIGN_IN,
    "login_required": Cure.SIGN_IN,
    "account_selection_required": Cure.SIGN_IN,
    "consent_required": Cure.CONSENT,
    "access_denied": Cure.CONSENT,  # cancelled, blocked or waiting for approval: the same words for all of them
    "invalid_client": Cure.VENDOR,
    "unauthorized_client": Cure.VENDOR,
    "invalid_request": Cure.VENDOR,
    "invalid_scope": Cure.VENDOR,
    "invalid_resource": Cure.VENDOR,
    "invalid_tenant": Cure.VENDOR,
    "unsupported_grant_type": Cure.VENDOR,
    "unsupported_response_type": Cure.VENDOR,
    # Google's own (developers.google.com/identity/protocols/oauth2/native-app, authorization errors)
    "admin_policy_enforced": Cure.ADMIN,
    "org_internal": Cure.SIGN_IN,
    "disallowed_useragent": Cure.VENDOR,
    "deleted_client": Cure.VENDOR,
    "redirect_uri_mismatch": Cure.VENDOR,
}
ERRORS = frozenset(_CURE_OF_ERROR)
"""OAuth's, OpenID Connect's and Google's own errors that are definite; each has its own sentences or its cure's."""

_PASSING_ERRORS = {"temporarily_unavailable", "server_error", "authorization_pending", "slow_down"}
"""Never an answer, whatever number comes with them."""


def refusal(
    error: str, description: str = "", error_codes: Sequence[int] = (), suberror: str = ""
) -> Refused | Unreachable:
    """Decided on `error` and `suberror`; a number known to us says more where those leave it open.

    An error that nobody has defined is no definite answer, unless with a number that is: a session is not given up for
    it, nor for a text without an error.
    """
    error, suberror = _plain(error, _WORD_LIMIT), _plain(suberror, _WORD_LIMIT)
    numbers = (*error_codes, *(int(number) for number in _NUMBER.findall(description)))
    known = next((number for number in numbers if number in CURE_OF_NUMBER or number in PASSING), None)
    detail = _plain(description, _DETAIL_LIMIT)
    if known in PASSING or error in _PASSING_ERRORS:
        wait = AFTER_A_LOOP if known == LOOP_DETECTED else None
        return Unreachable(PASSING.get(known or 0, "service_fault"), f"{error}: {detail}", wait)
    cure = _cure(error, suberror, known)
    if cure is None:
        return Unreachable("service_fault", f"{error}: {detail}")
    return Refused(_code(known, numbers, error, suberror), cure, error, suberror, detail)


def refusal_in(answer: Mapping[str, object]) -> Refused | Unreachable:
    """The same, out of a provider's JSON or of a redirect's parameters, whose values may be of any kind."""
    subs = (_text(answer.get(name)) for name in ("suberror", "error_subcode", "error_subtype"))
    return refusal(
        _text(answer.get("error")),
        _text(answer.get("error_description")),
        tuple(_numbers(answer.get("error_codes"))),
        next((sub for sub in subs if sub), ""),
    )


def _cure(error: str, suberror: str, number: int | None) -> Cure | None:
    if not error or (number is None and error not in _CURE_OF_ERROR):
        return None
    if suberror in _DECISIVE:
        return _CURE_OF_SUBERROR[suberror]
    if number is not None:
        return CURE_OF_NUMBER[number]
    return _CURE_OF_SUBERROR.get(suberror) or _CURE_OF_ERROR.get(error)


def _code(known: int | None, numbers: Sequence[int], error: str, suberror: str) -> str:
    if numbers:
        return f"AADSTS{known or numbers[0]}"
    return suberror if suberror == "invalid_rapt" else error or suberror


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _numbers(values: object) -> Iterable[int]:
    """Those that can be AADSTS numbers; a list of anything else is none."""
    for value in values if isinstance(values, list) else ():
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LONGEST_NUMBER:
            yield value


def _plain(text: str, limit: int) -> str:
    """On one line, printable, and such as can be written to a file: JSON may hold half a character."""
    line = " ".join(text[: limit * 4].split())
    return "".join(char for char in line if char.isprintable())[:limit]
