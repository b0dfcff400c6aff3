"""What a provider did teaches its limits: never more than was seen, and the more is seen the better."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.experience import KEPT, Experience, Limit, Limits, Span, ended, lived
from auth.outcome import Cure, Refused
from auth.provider import Session
from auth.refusals import refusal

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
THEN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def session(renewed_after: timedelta = timedelta()) -> Session:
    return Session("info@office.example", THEN, THEN + renewed_after)


def old(limit: timedelta | None) -> Refused:
    """As Entra ends a session that is too old; None: without the words that state the limit."""
    stated = f"the maximum allowed lifetime for this request is {int(limit.total_seconds())}." if limit else ""
    refused = refusal("invalid_grant", f"AADSTS70043: The token was issued on X and {stated}", [70043], "token_expired")
    assert isinstance(refused, Refused)
    return refused


def died(experience: Experience, refused: Refused, alive: timedelta, noticed: timedelta) -> Experience:
    return ended(experience, session(alive), refused, THEN + noticed)


def test_a_limit_that_is_stated_is_sure_at_once() -> None:
    assert died(Experience(), old(7 * DAY), DAY, 20 * DAY).age.limit == Limit(7 * DAY, sure=True)


@pytest.mark.parametrize(
    ("alive", "noticed", "limit"),
    [
        (29.99 * DAY, 30.01 * DAY, Limit(30 * DAY, sure=True)),
        (11.9 * HOUR, 12.1 * HOUR, Limit(12 * HOUR, sure=True)),
        (23.8 * HOUR, 24.2 * HOUR, Limit(DAY, sure=True)),
        (10 * DAY, 31 * DAY, Limit(11 * DAY, sure=False)),  # the PC was off: it may have been any of these days
        (6.3 * DAY, 6.4 * DAY, Limit(6.3 * DAY, sure=False)),  # nobody sets such a limit
    ],
)
def test_without_a_statement_the_age_at_the_end_tells(alive: timedelta, noticed: timedelta, limit: Limit) -> None:
    assert died(Experience(), old(None), alive, noticed).age.limit == limit


@pytest.mark.parametrize("code", ["AADSTS50173", "AADSTS50132", "AADSTS50133", "AADSTS50057", "AADSTS53003"])
def test_a_changed_password_or_a_blocked_account_is_no_period(code: str) -> None:
    refused = Refused(code, Cure.SIGN_IN, "invalid_grant", "bad_token", "The grant was issued on X and revoked")
    assert died(Experience(), refused, 29.99 * DAY, 30.01 * DAY) == Experience()


def test_an_end_without_a_reason_counts_when_it_comes_at_the_same_age_again() -> None:
    """Google ends the sessions of a program under test after seven days, and says `invalid_grant`."""
    refused = Refused("invalid_grant", Cure.SIGN_IN, "invalid_grant", detail="Token has been expired or revoked.")
    once = died(Experience(), refused, 6.99 * DAY, 7.01 * DAY)
    assert once.age.limit is None
    assert died(once, refused, 6.98 * DAY, 7.02 * DAY).age.limit == Limit(7 * DAY, sure=True)
    assert died(once, refused, 3.98 * DAY, 4.02 * DAY).age.limit is None


def test_inactivity_is_learned_from_its_text_alone() -> None:
    refused = Refused("AADSTS700082", Cure.SIGN_IN, "invalid_grant", detail="and was inactive for 12:00:00.")
    learned = died(Experience(), refused, 3 * DAY, 5 * DAY)
    assert learned.inactivity.limit == Limit(12 * HOUR, sure=True)
    assert learned.age.limit is None


def test_a_session_that_outlives_a_limit_ends_the_belief_in_it() -> None:
    learned = died(Experience(), old(7 * DAY), 6.9 * DAY, 7 * DAY)
    still = lived(learned, session(6 * DAY), session(7 * DAY + HOUR), None)
    assert still.age.limit == Limit(7 * DAY, sure=True)  # a provider may be a little late
    assert lived(learned, session(6 * DAY), session(7.2 * DAY), None).age.limit is None


def test_a_policy_made_stricter_is_learned_at_its_first_end() -> None:
    learned = lived(Experience(), session(80 * DAY), session(95 * DAY), None)
    assert learned.age.survived == 95 * DAY
    learned = died(learned, old(7 * DAY), 6.9 * DAY, 7 * DAY)
    assert (learned.age.limit, learned.age.survived) == (Limit(7 * DAY, sure=True), 6.9 * DAY)


def test_a_configured_frequency_is_disproved_by_a_session_that_passes_its_date_alive() -> None:
    assert lived(Experience(), session(29 * DAY), session(31 * DAY), 30 * DAY).disproved == 30 * DAY
    # set when the session was older already: says nothing about the next one
    assert lived(Experience(), session(40 * DAY), session(41 * DAY), 30 * DAY).disproved is None


def test_a_clock_that_runs_backwards_teaches_no_period() -> None:
    assert died(Experience(), old(None), 5 * DAY, 3 * DAY) == Experience()
    assert died(Experience(), old(7 * DAY), 5 * DAY, 3 * DAY).age.limit == Limit(7 * DAY, sure=True)


@dataclass(frozen=True)
class Life:
    """One session under a limit: renewed at these parts of it, noticed as ended so long after it. None: replaced."""

    renewed: list[float]
    noticed: timedelta | None


LIVES = st.builds(
    Life,
    st.lists(st.floats(0, 0.999), min_size=1, max_size=5).map(sorted),
    st.none() | st.timedeltas(timedelta(seconds=1), 40 * DAY),
)
LIMITS = st.integers(1, 23).map(lambda hours: hours * HOUR) | st.integers(1, 400).map(lambda days: days * DAY)


@settings(deadline=None)
@given(limit=LIMITS, lives=st.lists(LIVES, max_size=8), stated=st.booleans())
def test_under_one_policy_the_learned_limit_is_never_later_and_only_grows_better(
    limit: timedelta, lives: list[Life], *, stated: bool
) -> None:
    experience = Experience()
    seen: list[Limit] = []
    for life in lives:
        for before, now in pairwise([timedelta(), *(part * limit for part in life.renewed)]):
            experience = lived(experience, session(before), session(now), None)
        if life.noticed:
            refused = old(limit if stated else None)
            experience = died(experience, refused, life.renewed[-1] * limit, limit + life.noticed)
        seen += [experience.age.limit] if experience.age.limit else []
    assert all(each.after <= limit for each in seen)
    assert all(earlier.after <= later.after and earlier.sure <= later.sure for earlier, later in pairwise(seen))
    assert not stated or all(each == Limit(limit, sure=True) for each in seen)


@settings(deadline=None)
@given(st.lists(st.timedeltas(HOUR, 400 * DAY)), st.timedeltas(HOUR, 400 * DAY))
def test_another_statement_never_makes_the_limit_later_and_few_are_kept(
    earlier: list[timedelta], stated: timedelta
) -> None:
    limits = Limits()
    for each in earlier:
        limits = limits.ended(Span(timedelta(), each), each)
    after = limits.ended(Span(timedelta(), stated), stated)
    assert after.limit == Limit(min([*earlier, stated]), sure=True)
    assert len(after.stated) <= KEPT


@settings(deadline=None)
@given(st.lists(st.timedeltas(HOUR, 400 * DAY), min_size=1), st.timedeltas(HOUR, 400 * DAY))
def test_living_on_never_makes_the_limit_earlier(stated: list[timedelta], age: timedelta) -> None:
    limits = Limits()
    for each in stated:
        limits = limits.ended(Span(timedelta(), each), each)
    before, after = limits.limit, limits.lived(age).limit
    assert before
    assert after is None or after.after >= before.after
