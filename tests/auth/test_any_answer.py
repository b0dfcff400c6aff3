"""Whatever an identity provider sends: is something made of it, and can that be kept and told?"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auth.aadsts import CURE_OF_NUMBER, PASSING
from auth.outcome import Refused, Unreachable
from auth.refusals import ERRORS, refusal_in
from auth.wording import facts_of, words_of
from tray.texts import LANGUAGES, Texts

NUMBERS = sorted(CURE_OF_NUMBER.keys() | PASSING.keys())
ODD_TEXT = st.text() | st.text("\ud800\udfff\0\r\n\x1b{$}") | st.sampled_from(sorted(ERRORS)) | st.just("x" * 100_000)
NUMBER_TEXT = st.builds(
    "AADSTS{}: was issued on {} and was inactive for {}".format,
    st.integers() | st.sampled_from(NUMBERS),
    ODD_TEXT,
    ODD_TEXT,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ODD_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ODD_TEXT, inner, max_size=4),
    max_leaves=8,
)
ANSWER = st.fixed_dictionaries(
    {},
    optional={
        "error": JSON | st.sampled_from(sorted(ERRORS)),
        "error_description": JSON | NUMBER_TEXT,
        "error_codes": JSON | st.lists(st.integers() | st.sampled_from(NUMBERS) | st.just(10**4000)),
        "suberror": JSON | st.sampled_from(["consent_required", "message_only", "basic_action", "bad_token"]),
        "error_subcode": JSON,
        "claims": JSON,
    },
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=ANSWER)
def test_any_json_is_a_refusal_or_no_answer_and_can_be_kept_and_told(answer: dict[str, object]) -> None:
    found = refusal_in(answer)
    assert isinstance(found, Refused | Unreachable)
    assert len(found.code) <= 80
    assert len(found.detail) <= 600
    assert "\n" not in found.detail
    assert msgspec.json.decode(msgspec.json.encode(found), type=type(found)) == found
    if isinstance(found, Refused):
        assert isinstance(answer["error"], str)
        for language in LANGUAGES:
            assert Texts(language).advise(words_of(found), facts_of(found)).next_step


@pytest.mark.parametrize("deep", [10, 100_000])
def test_brackets_in_brackets_are_no_answer(deep: int) -> None:
    nested: object = "invalid_grant"
    for _ in range(deep):
        nested = [nested]
    assert isinstance(refusal_in({"error": nested, "error_codes": nested, "error_description": nested}), Unreachable)
