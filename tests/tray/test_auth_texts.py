"""Is there a sentence for whatever an identity provider may answer?"""

from __future__ import annotations

import re

import pytest

from auth.outcome import Refused
from auth.refusals import NUMBERS, refusal
from tray.texts import LANGUAGES, Texts

RARE = (90055, 50196, 50033, 50087, 90006, 90012, 90024, 90033, 90090, 70016)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", sorted({*NUMBERS, *RARE}))
def test_every_number_has_its_own_sentences(language: str, number: int) -> None:
    advice = Texts(language).advise((f"AADSTS{number}",), {})
    assert advice.title
    assert advice.next_step.endswith(".")
    assert not re.search(r"AADSTS|token|OAuth", advice.title + advice.next_step)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", sorted(NUMBERS))
def test_what_only_an_administrator_can_mend_says_where(language: str, number: int) -> None:
    refused = refusal("invalid_grant", f"AADSTS{number}: x")
    assert isinstance(refused, Refused)
    if refused.cure.value != "sign_in":
        assert len(Texts(language).advise((refused.code,), {}).admin_help) > 20


@pytest.mark.parametrize(
    ("language", "limits"),
    [("en", ("six months", "hundred", "seven days")), ("de", ("sechs Monaten", "hundert", "sieben Tagen"))],
)
def test_googles_one_answer_for_all_ends_names_googles_limits(language: str, limits: tuple[str, ...]) -> None:
    """developers.google.com/identity/protocols/oauth2#expiration"""
    refused = refusal("invalid_grant", "Token has been expired or revoked.")
    assert isinstance(refused, Refused)
    told = Texts(language).advise((refused.code,), {}).admin_help
    assert all(limit in told for limit in limits)
