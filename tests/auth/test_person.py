"""Who counts as the right person?"""

from __future__ import annotations

import pytest

from auth.person import right_person
from auth.problems import SignInProblem, WrongPerson

MEIER = "m.meier@haus.example"


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": MEIER},
        {"preferred_username": "M.Meier@Haus.EXAMPLE"},
        {"preferred_username": "monika@haus.example", "upn": MEIER},
        {"preferred_username": "monika@haus.example", "email": MEIER},
        {"email": MEIER, "email_verified": True},
        {"preferred_username": None, "email": MEIER},
    ],
)
def test_any_of_the_addresses_will_do_in_any_case(claims: dict[str, object]) -> None:
    assert right_person(f" {MEIER} ", claims) == next(str(name) for name in claims.values() if name)


@pytest.mark.parametrize(
    ("claims", "signed_in"),
    [
        ({"preferred_username": "chef@haus.example"}, "chef@haus.example"),
        ({"preferred_username": "chef@haus.example", "email": MEIER, "email_verified": False}, "chef@haus.example"),
        ({"preferred_username": f"x{MEIER}"}, f"x{MEIER}"),
        ({"preferred_username": "live.com#m.meier@haus.example"}, "live.com#m.meier@haus.example"),
    ],
)
def test_anybody_else_is_named(claims: dict[str, object], signed_in: str) -> None:
    with pytest.raises(WrongPerson) as problem:
        right_person(MEIER, claims)
    assert problem.value.facts == {"expected": MEIER, "signed_in": signed_in}


@pytest.mark.parametrize("claims", [{}, {"sub": "1"}, {"email": ["x"]}, {"email": MEIER, "email_verified": False}])
def test_an_id_token_that_names_nobody_is_a_problem(claims: dict[str, object]) -> None:
    with pytest.raises(SignInProblem) as problem:
        right_person(MEIER, claims)
    assert problem.value.code == "nobody_named"


def test_umlauts_may_be_written_in_two_ways() -> None:
    assert right_person("mu\u0308ller@haus.example", {"email": "m\u00fcller@haus.example"})
