"""What does a description tell besides? The texts are as they were seen in the logs of other programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.descriptions import Told, told
from auth.outcome import Refused
from auth.refusals import refusal_in
from auth.wording import facts_of, words_of
from tray.texts import LANGUAGES, Texts

INACTIVE = (
    "AADSTS700082: The refresh token has expired due to inactivity. The token was issued on "
    "2026-03-01T08:15:30.1234567Z and was inactive for {}."
)
TOO_OLD = (
    "AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. "
    "The token was issued on 2026-03-01T08:15:30.1234567Z and the maximum allowed lifetime for this request is {}."
)
SINGLE_PAGE = (
    "AADSTS700084: The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited "
    "lifetime of {}, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to "
    "the sign in page. The token was issued on 2026-03-01T08:15:30.1234567Z."
)
REVOKED = (
    "AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might "
    "have changed or reset their password. The grant was issued on '2026-03-01T08:15:30.1234567Z' and the "
    "TokensValidFrom date (before which tokens are not valid) for this user is '2026-03-02T09:00:00.0000000Z'."
)
BECAUSE = "for example because the password was changed"
ISSUED = datetime(2026, 3, 1, 8, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        (INACTIVE.format("90.00:00:00"), Told(ISSUED, inactive_for=timedelta(days=90))),
        (INACTIVE.format("12:00:00"), Told(ISSUED, inactive_for=timedelta(hours=12))),
        (TOO_OLD.format("2592000"), Told(ISSUED, lifetime=timedelta(days=30))),
        (TOO_OLD.format("86400"), Told(ISSUED, lifetime=timedelta(days=1))),
        (SINGLE_PAGE.format("1.00:00:00"), Told(ISSUED, lifetime=timedelta(days=1))),
        (REVOKED, Told(ISSUED, valid_from=datetime(2026, 3, 2, 9, tzinfo=UTC))),
        (INACTIVE.format("(limit)"), Told(ISSUED)),
        ("The token was issued on 2026-02-31T08:15:30Z and was inactive for 0.00:00:00.", Told()),
        ("Token has been expired or revoked.", Told()),
        ("", Told()),
    ],
)
def test_dates_and_limits_are_read_where_they_stand(description: str, expected: Told) -> None:
    assert told(description) == expected


@given(description=st.text() | st.from_regex(r"was issued on \S+ and was inactive for [0-9.:]{1,40}"))
def test_no_text_makes_it_stumble(description: str) -> None:
    assert isinstance(told(description), Told)


@pytest.mark.parametrize(
    ("description", "de", "en"),
    [
        (INACTIVE.format("90.00:00:00"), "Die Anmeldung ist abgelaufen: Sie wurde 90 Tage lang nicht benutzt",
         "The sign-in has expired: it was not used for 90 days"),
        (INACTIVE.format("12:00:00"), "Die Anmeldung ist abgelaufen: Sie wurde 12 Stunden lang nicht benutzt",
         "The sign-in has expired: it was not used for 12 hours"),
        (TOO_OLD.format("3600"), "Ihre Organisation verlangt jede Stunde eine neue Anmeldung",
         "Your organization wants you to sign in again every hour"),
        (TOO_OLD.format("86400"), "Ihre Organisation verlangt alle 24 Stunden eine neue Anmeldung",
         "Your organization wants you to sign in again every 24 hours"),
        (TOO_OLD.format("604800"), "Ihre Organisation verlangt alle 7 Tage eine neue Anmeldung",
         "Your organization wants you to sign in again every 7 days"),
        (SINGLE_PAGE.format("1.00:00:00"),
         "Die Anmeldung ist abgelaufen: So, wie das Programm registriert ist, gilt sie nur 24 Stunden",
         "The sign-in has expired: the way the program is registered, it is good for 24 hours only"),
        (REVOKED,
         "Seit Montag, 2. März 2026 gilt die Anmeldung nicht mehr, zum Beispiel weil das Kennwort geändert wurde",
         "Since Monday, March 2, 2026 the sign-in has no longer been valid, " + BECAUSE),
        ("AADSTS70043: Something else.", "Ihre Organisation verlangt, dass Sie sich von Zeit zu Zeit neu anmelden",
         "Your organization wants you to sign in again from time to time"),
    ],
)  # fmt: skip
def test_people_are_told_what_the_service_says(description: str, de: str, en: str) -> None:
    refused = refusal_in({"error": "invalid_grant", "error_description": description})
    assert isinstance(refused, Refused)
    titles = [Texts(language).advise(words_of(refused), facts_of(refused)).title for language in LANGUAGES]
    assert titles == [de, en]
