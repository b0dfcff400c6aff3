"""What does a refusal of the identity provider mean? Pure: its words in, a definite refusal or no answer out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from auth.outcome import Cure, Refused, Unreachable

_NUMBER = re.compile(r"\bAADSTS(\d{4,8})\b")
_DETAIL_LIMIT = 500

_SIGN_IN = (
    *(700082, 70008, 700081, 700084, 70000, 50173, 50132, 50133, 50089, 54005),
    *(70043, 70044, 50076, 50078, 50072, 50079, 50074, 50158, 530035, 530036),
    *(50020, 16000, 50034, 51004, 90072, 500208, 50053, 50055, 50126, 50058, 50140, 70018, 70019, 65004),
)
_CONSENT = (65001, 90094, 90095, 90093, 90008)
_ADMIN = (
    *(50097, 50129, 50187, 50131, 53000, 53001, 53002, 53003, 53004, 53011),
    *(530003, 530032, 530034, 530084, 650052, 650054, 500011, 50105),
    *(500021, 500022, 500212, 500213, 50057, 700016, 70001, 7000112, 1000031),
)
_VENDOR = (65002, 65005, 650056, 650057, 700011, 7000218, 700025, 50011, 50194, 9002332, 70011, 28002, 90002, 90038)
_NO_ANSWER = {
    "throttled": (90055, 50196),
    "service_fault": (50033, 50087, 90006, 90012, 90024, 90033, 90090, 70016),
}
_CURE_OF_NUMBER: Mapping[int, Cure] = {
    number: cure
    for cure, numbers in (
        (Cure.SIGN_IN, _SIGN_IN),
        (Cure.CONSENT, _CONSENT),
        (Cure.ADMIN, _ADMIN),
        (Cure.VENDOR, _VENDOR),
    )
    for number in numbers
}
_CODE_OF_NUMBER = {number: code for code, numbers in _NO_ANSWER.items() for number in numbers}

NUMBERS = frozenset(_CURE_OF_NUMBER)
"""Every AADSTS number that is told apart; each has its own sentences."""

_CURE_OF_SUBERROR: Mapping[str, Cure] = {
    "basic_action": Cure.SIGN_IN,
    "additional_action": Cure.SIGN_IN,
    "user_password_expired": Cure.SIGN_IN,
    "bad_token": Cure.SIGN_IN,
    "token_expired": Cure.SIGN_IN,
    "message_only": Cure.ADMIN,
    "protection_policy_required": Cure.ADMIN,
    "device_authentication_failed": Cure.ADMIN,
    "client_mismatch": Cure.VENDOR,
}
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
}
ERRORS = frozenset(_CURE_OF_ERROR)
"""OAuth's and OpenID Connect's own errors that are definite; each has its own sentences or its cure's."""


def refusal(
    error: str, description: str = "", error_codes: Sequence[int] = (), suberror: str = ""
) -> Refused | Unreachable:
    """Decided on `suberror` and `error` where they are clear; a number known to us is more precise than `error` alone.

    An error that nobody has defined is no definite answer: a session is not given up for it.
    """
    numbers = (*error_codes, *(int(number) for number in _NUMBER.findall(description)))
    known = next((number for number in numbers if number in _CURE_OF_NUMBER), None)
    detail = description.replace("\r", "").replace("\n", " ")[:_DETAIL_LIMIT]
    cure = _cure(error, suberror, known)
    code = f"AADSTS{known or numbers[0]}" if numbers else error
    if cure is None or (known is None and any(number in _CODE_OF_NUMBER for number in numbers)):
        return Unreachable(_no_answer(numbers), f"{error}: {detail}")
    return Refused(code, cure, error, suberror, detail)


def refusal_in(answer: Mapping[str, Any]) -> Refused | Unreachable:
    """The same, out of a provider's JSON or of a redirect's parameters, whose values may be of any kind."""
    codes = answer.get("error_codes")
    return refusal(
        str(answer.get("error", "")),
        str(answer.get("error_description") or ""),
        [code for code in codes if isinstance(code, int)] if isinstance(codes, list) else (),
        str(answer.get("suberror") or answer.get("error_subcode") or ""),
    )


def _cure(error: str, suberror: str, number: int | None) -> Cure | None:
    if suberror == "consent_required":
        return Cure.CONSENT
    if number is not None:
        return _CURE_OF_NUMBER[number]
    return _CURE_OF_SUBERROR.get(suberror) or _CURE_OF_ERROR.get(error)


def _no_answer(numbers: Sequence[int]) -> str:
    return next((_CODE_OF_NUMBER[number] for number in numbers if number in _CODE_OF_NUMBER), "service_fault")
