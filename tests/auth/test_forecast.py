"""The next sign-in: never later than the earliest known limit, and the reason with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from auth.experience import Experience, Limits
from auth.forecast import GOOGLE, GOOGLE_ISSUER, MICROSOFT, Because, Confidence, Forecast, customs, forecast
from auth.provider import Session

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
THEN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def expected(
    renewed_after: timedelta = timedelta(),
    experience: Experience | None = None,
    sign_in_every: timedelta | None = None,
) -> Forecast:
    held = Session("info@office.example", THEN, THEN + renewed_after)
    return forecast(held, experience or Experience(), sign_in_every)[0]


def test_a_sign_in_at_google_ends_by_half_a_year_without_use_and_not_by_its_age() -> None:
    assert (customs(""), customs(GOOGLE_ISSUER), customs(f"{GOOGLE_ISSUER}/")) == (MICROSOFT, GOOGLE, GOOGLE)
    (found,) = forecast(Session("info@office.example", THEN, THEN + 100 * DAY), Experience(), None, GOOGLE)
    assert (found.because, found.by_age) == (Because.INACTIVITY, False)
    assert timedelta(days=180) <= found.due - (THEN + 100 * DAY) <= timedelta(days=184)
    configured = forecast(Session("info@office.example", THEN, THEN), Experience(), 30 * DAY, GOOGLE)[0]
    assert (configured.due, configured.because) == (THEN + 30 * DAY, Because.SIGN_IN_FREQUENCY)


def test_of_another_provider_no_end_by_age_is_assumed() -> None:
    (found,) = forecast(Session("i@x.example", THEN, THEN), Experience(), None, customs("https://id.office.example"))
    assert (found.due, found.because) == (THEN + 90 * DAY, Because.INACTIVITY)
    assert found.confidence is Confidence.ASSUMED


def test_of_a_new_account_ninety_days_are_assumed() -> None:
    found = expected(10 * DAY)
    assert (found.due, found.because) == (THEN + 90 * DAY, Because.SIGN_IN_FREQUENCY)
    assert found.confidence is Confidence.ASSUMED


def test_a_session_that_outlived_them_is_expected_to_end_by_inactivity_only() -> None:
    outlived = Experience(age=Limits(survived=91 * DAY))
    for renewed_after in (91 * DAY, 3 * DAY):  # this one, and each that follows
        found = expected(renewed_after, outlived)
        assert (found.due, found.because) == (THEN + renewed_after + 90 * DAY, Because.INACTIVITY)
        assert found.confidence is Confidence.KNOWN


def test_what_is_configured_counts_until_a_session_has_outlived_it() -> None:
    found = expected(DAY, sign_in_every=30 * DAY)
    assert (found.due, found.because) == (THEN + 30 * DAY, Because.SIGN_IN_FREQUENCY)
    assert found.confidence is Confidence.KNOWN
    assert expected(31 * DAY, sign_in_every=30 * DAY).due == THEN + 90 * DAY
    disproved = Experience(disproved=30 * DAY)
    assert expected(DAY, disproved, 30 * DAY).due == THEN + 90 * DAY
    assert expected(DAY, disproved, 20 * DAY).due == THEN + 20 * DAY  # somebody knows better now


def test_what_was_learned_counts_where_it_is_earlier() -> None:
    learned = Experience(age=Limits(stated=(7 * DAY,)))
    assert expected(DAY, learned).because is Because.LEARNED
    assert expected(DAY, learned, 30 * DAY).due == THEN + 7 * DAY
    assert expected(DAY, learned, 5 * DAY).due == THEN + 5 * DAY
    longer = Experience(age=Limits(stated=(180 * DAY,)))
    assert expected(100 * DAY, longer).due == THEN + 180 * DAY


def test_a_short_inactivity_moves_with_each_renewal() -> None:
    learned = Experience(inactivity=Limits(stated=(12 * HOUR,)))
    found = expected(3 * DAY, learned)
    assert (found.due, found.because, found.by_age) == (THEN + 3 * DAY + 12 * HOUR, Because.LEARNED, False)


SPANS = st.timedeltas(HOUR, 400 * DAY)


@settings(deadline=None)
@given(SPANS, st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=4), st.none() | SPANS)
def test_never_later_than_the_earliest_known_limit(
    renewed_after: timedelta, ages: list[timedelta], idle: list[timedelta], every: timedelta | None
) -> None:
    renewed_after = min([renewed_after, *ages, *([every] if every else [])])  # what it outlived is not known
    experience = Experience(Limits(stated=tuple(sorted(ages))), Limits(stated=tuple(sorted(idle))))
    found = expected(renewed_after, experience, every)
    known = [THEN + each for each in ages] + [THEN + renewed_after + each for each in [*idle, 90 * DAY]]
    assert found.due <= min([*known, *([THEN + every] if every else [])])
