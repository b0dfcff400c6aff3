"""What is concluded from each answer of an identity provider?"""

from __future__ import annotations

import pytest

from auth.outcome import Cure, Refused, Unreachable
from auth.refusals import ERRORS, NUMBERS, refusal, refusal_in


@pytest.mark.parametrize(
    ("error", "suberror", "number", "cure"),
    [
        ("invalid_grant", "bad_token", 700082, Cure.SIGN_IN),
        ("invalid_grant", "token_expired", 70043, Cure.SIGN_IN),
        ("invalid_grant", "bad_token", 50173, Cure.SIGN_IN),
        ("interaction_required", "basic_action", 50076, Cure.SIGN_IN),
        ("invalid_grant", "user_password_expired", 50055, Cure.SIGN_IN),
        ("invalid_grant", "", 70000, Cure.SIGN_IN),
        ("access_denied", "", 50020, Cure.SIGN_IN),
        ("invalid_grant", "consent_required", 65001, Cure.CONSENT),
        ("access_denied", "", 65004, Cure.SIGN_IN),
        ("consent_required", "", 65004, Cure.SIGN_IN),
        ("access_denied", "", 90094, Cure.CONSENT),
        ("access_denied", "", 90095, Cure.CONSENT),
        ("invalid_grant", "message_only", 53003, Cure.ADMIN),
        ("interaction_required", "message_only", 53000, Cure.ADMIN),
        ("invalid_grant", "", 50057, Cure.ADMIN),
        ("access_denied", "", 50105, Cure.ADMIN),
        ("unauthorized_client", "", 700016, Cure.ADMIN),
        ("invalid_client", "", 7000218, Cure.VENDOR),
        ("invalid_scope", "", 70011, Cure.VENDOR),
        ("invalid_request", "", 90002, Cure.VENDOR),
    ],
)
def test_each_class_of_refusal_has_its_cure(error: str, suberror: str, number: int, cure: Cure) -> None:
    by_list = refusal(error, "", [number], suberror)
    by_text = refusal(error, f"AADSTS{number}: The words of the day. Trace ID: 1", (), suberror)
    assert isinstance(by_list, Refused)
    assert isinstance(by_text, Refused)
    assert (by_list.cure, by_list.code) == (by_text.cure, by_text.code) == (cure, f"AADSTS{number}")
    assert (by_list.error, by_list.suberror) == (error, suberror)


@pytest.mark.parametrize(
    ("error", "number", "code"),
    [
        ("temporarily_unavailable", 90055, "throttled"),
        ("invalid_grant", 50196, "throttled"),
        ("temporarily_unavailable", 50033, "service_fault"),
        ("server_error", 90012, "service_fault"),
        ("temporarily_unavailable", 0, "service_fault"),
        ("server_error", 0, "service_fault"),
        ("authorization_pending", 70016, "service_fault"),
        ("something_new", 0, "service_fault"),
        ("", 0, "service_fault"),
    ],
)
def test_what_is_no_definite_answer_says_nothing_about_the_sign_in(error: str, number: int, code: str) -> None:
    answer = refusal(error, f"AADSTS{number}: sorry" if number else "")
    assert isinstance(answer, Unreachable)
    assert answer.code == code


@pytest.mark.parametrize(
    ("error", "suberror", "cure"),
    [
        ("invalid_grant", "", Cure.SIGN_IN),
        ("invalid_grant", "consent_required", Cure.CONSENT),
        ("invalid_grant", "message_only", Cure.ADMIN),
        ("interaction_required", "additional_action", Cure.SIGN_IN),
        ("login_required", "", Cure.SIGN_IN),
        ("access_denied", "cancel", Cure.CONSENT),
        ("consent_required", "", Cure.CONSENT),
        ("invalid_client", "", Cure.VENDOR),
    ],
)
def test_without_a_number_known_to_us_the_errors_own_words_decide(error: str, suberror: str, cure: Cure) -> None:
    bare = refusal(error, "Token has been expired or revoked.", (), suberror)
    assert isinstance(bare, Refused)
    assert (bare.code, bare.cure) == (error, cure)
    new = refusal(error, "AADSTS999999999: new. AADSTS99999: new.", (), suberror)
    assert isinstance(new, Refused)
    assert (new.code, new.cure) == ("AADSTS99999", cure)


def test_consent_wins_over_a_number_that_is_not_about_consent() -> None:
    answer = refusal("invalid_grant", "AADSTS70000: x", [70000], "consent_required")
    assert isinstance(answer, Refused)
    assert answer.cure is Cure.CONSENT


@pytest.mark.parametrize(
    "answer",
    [
        {"error": None, "error_codes": "text", "error_description": 5, "suberror": []},
        {"error": ["invalid_grant"], "error_codes": [None, "65001", {}]},
        {},
    ],
)
def test_an_answer_of_the_wrong_shape_is_no_answer(answer: dict[str, object]) -> None:
    assert isinstance(refusal_in(answer), Unreachable)


def test_the_description_is_kept_short_and_on_one_line_for_the_log() -> None:
    answer = refusal("invalid_grant", "AADSTS50173: a\r\nTrace ID: b" + "x" * 9999)
    assert answer.detail.startswith("AADSTS50173: a Trace ID: b")
    assert len(answer.detail) <= 500


@pytest.mark.parametrize("number", sorted(NUMBERS))
def test_every_number_that_is_told_apart_is_definite(number: int) -> None:
    answer = refusal("invalid_grant", f"AADSTS{number}: x")
    assert isinstance(answer, Refused)
    assert answer.code == f"AADSTS{number}"


@pytest.mark.parametrize("error", sorted(ERRORS))
def test_every_error_that_is_defined_is_definite(error: str) -> None:
    answer = refusal(error)
    assert isinstance(answer, Refused)
    assert answer.code == error
