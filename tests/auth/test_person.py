"""Who counts as the right person?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.person import Person, plain, right_person
from auth.problems import SignInProblem, WrongPerson

MEIER = "m.meier@haus.example"
GUEST = "m.meier_haus.example#EXT#@verband.onmicrosoft.example"
ENTRA = {"tid": "the-tenant", "oid": "the-person", "iss": "https://login.example/the-tenant/v2.0", "sub": "pairwise"}


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": MEIER},
        {"preferred_username": "M.Meier@Haus.EXAMPLE"},
        {"preferred_username": f" {MEIER} "},
        {"preferred_username": "m.meier@haus.example."},
        {"preferred_username": "monika@haus.example", "upn": MEIER},
        {"preferred_username": "monika@haus.example", "email": MEIER},
        {"email": MEIER, "email_verified": True},
        {"email": MEIER, "email_verified": "true"},
        {"preferred_username": None, "email": MEIER},
        {"preferred_username": "monika@haus.example", "email": MEIER, "tid": "t", "xms_edov": True},
        {"preferred_username": "monika@haus.example", "email": MEIER, "tid": "t", "xms_edov": "1"},
        {"preferred_username": GUEST},
        {"preferred_username": GUEST.lower()},
        {"preferred_username": "m.meier_haus.example_EXT_@verband.onmicrosoft.example"},
        {"upn": GUEST},
    ],
)
def test_any_of_the_addresses_will_do_in_any_spelling(claims: dict[str, object]) -> None:
    assert not right_person(MEIER, (), claims).renamed


@pytest.mark.parametrize(
    ("claims", "signed_in"),
    [
        ({"preferred_username": "chef@haus.example"}, "chef@haus.example"),
        ({"preferred_username": "chef@haus.example", "email": MEIER, "email_verified": False}, "chef@haus.example"),
        ({"preferred_username": "chef@haus.example", "email": MEIER, "email_verified": "false"}, "chef@haus.example"),
        ({"preferred_username": "chef@haus.example", "email": MEIER, "tid": "t"}, "chef@haus.example"),
        ({"preferred_username": "chef@haus.example", "email": MEIER, "tid": "t", "xms_edov": "0"}, "chef@haus.example"),
        ({"preferred_username": f"x{MEIER}"}, f"x{MEIER}"),
        ({"preferred_username": f"{MEIER}.evil.example"}, f"{MEIER}.evil.example"),
        ({"preferred_username": "live.com#m.meier@haus.example"}, "live.com#m.meier@haus.example"),
        ({"preferred_username": "chef_haus.example#EXT#@verband.example"}, "chef@haus.example"),
        ({"preferred_username": "m.meier_haus.example@verband.example"}, "m.meier_haus.example@verband.example"),
        ({"preferred_username": "m.meier_haus.example#EXT#"}, "m.meier_haus.example#EXT#"),
        ({"preferred_username": "m.meier"}, "m.meier"),
    ],
)
def test_anybody_else_is_named(claims: dict[str, object], signed_in: str) -> None:
    with pytest.raises(WrongPerson) as problem:
        right_person(MEIER, (), claims)
    assert problem.value.facts == {"expected": MEIER, "signed_in": signed_in}


@pytest.mark.parametrize(
    "claims",
    [{}, {"sub": "1"}, {"email": ["x"]}, {"email": " "}, {"email": MEIER, "email_verified": False}, {"email": 5}],
)
def test_an_id_token_that_names_nobody_is_a_problem(claims: dict[str, object]) -> None:
    with pytest.raises(SignInProblem) as problem:
        right_person(MEIER, (), claims)
    assert problem.value.code == "nobody_named"


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("mu\u0308ller@haus.example", "m\u00fcller@haus.example"),
        ("info@müller.example", "INFO@xn--mller-kva.example"),
        ("info@MÜLLER.example", "info@müller.example"),
        ("info@mu\u0308ller.example", "info@xn--mller-kva.example"),
        ("info@straße.example", "info@xn--strae-oqa.example"),
        ("ЖУК@хост.example", "жук@xn--n1agdj.example"),
    ],
)
def test_umlauts_and_other_scripts_may_be_written_in_each_usual_way(expected: str, name: str) -> None:
    assert right_person(expected, (), {"email": name}).username == name


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("weiß@haus.example", "weiss@haus.example"),
        ("info@straße.example", "info@strasse.example"),
        ("müller@haus.example", "mueller@haus.example"),
        ("müller@haus.example", "muller@haus.example"),
        ("info@haus.example", "info@haus-.example"),
        ("a@b@haus.example", "b@haus.example"),
    ],
)
def test_names_that_only_look_alike_are_two_people(expected: str, name: str) -> None:
    with pytest.raises(WrongPerson):
        right_person(expected, (), {"email": name})


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared_and_is_its_own_equal(one: str, other: str) -> None:
    assert plain(one) == plain(one)
    assert plain(f"{one}@haus.example") != plain(f"{one}x@haus.example")
    assert plain(plain(f"{one}@{other}")) == plain(f"{one}@{other}")


def test_an_alias_is_as_good_as_the_address_and_the_provider_s_name_is_kept() -> None:
    claims = {"preferred_username": "Monika@Haus.example", **ENTRA}
    assert right_person(MEIER, ("post@haus.example", "monika@haus.example"), claims) == Person(
        "Monika@Haus.example", "the-tenant/the-person"
    )
    with pytest.raises(WrongPerson):
        right_person(MEIER, ("post@haus.example",), claims)


def test_a_guest_may_be_configured_by_the_name_that_the_tenant_uses() -> None:
    assert right_person(GUEST, (), {"preferred_username": MEIER}).username == MEIER
    assert right_person(GUEST, (), {"preferred_username": GUEST}).username == MEIER


def test_somebody_whose_address_was_changed_is_known_by_what_stays() -> None:
    before = right_person(MEIER, (), {"preferred_username": MEIER, **ENTRA}).subject
    renamed = {"preferred_username": "m.schulz@haus.example", **ENTRA}
    assert right_person(MEIER, (), renamed, before) == Person("m.schulz@haus.example", before, renamed=True)
    for change in ({"oid": "another"}, {"tid": "another"}, {"oid": "", "sub": before}):
        with pytest.raises(WrongPerson):
            right_person(MEIER, (), {**renamed, **change}, before)
    with pytest.raises(WrongPerson):
        right_person(MEIER, (), renamed)


def test_elsewhere_the_subject_of_one_issuer_is_what_stays() -> None:
    claims = {"email": MEIER, "email_verified": True, "iss": "https://login.example", "sub": "4711"}
    before = right_person(MEIER, (), claims).subject
    renamed = {**claims, "email": "m.schulz@haus.example"}
    assert right_person(MEIER, (), renamed, before).renamed
    for change in ({"sub": "4712"}, {"iss": "https://evil.example"}, {"sub": None}, {"iss": None}):
        with pytest.raises(WrongPerson):
            right_person(MEIER, (), {**renamed, **change}, before)


def test_whoever_has_no_subject_is_never_the_one_before() -> None:
    nobody_known = right_person(MEIER, (), {"preferred_username": MEIER}).subject
    with pytest.raises(WrongPerson):
        right_person(MEIER, (), {"preferred_username": "chef@haus.example"}, nobody_known)
