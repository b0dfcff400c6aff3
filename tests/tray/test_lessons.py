"""What an answer teaches: an end teaches a limit, and nothing that is told out of order takes it away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from auth.outcome import Cure, Granted, Refused
from auth.provider import Session
from tray.health import Facts
from tray.lessons import take_in

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
THEN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ENDED = Refused(
    "AADSTS70043",
    Cure.SIGN_IN,
    "invalid_grant",
    detail="The token was issued on 2026-03-02T08:00:00Z and the maximum allowed lifetime for this request is 2592000.",
)


def test_a_check_between_a_sign_in_and_the_word_of_it_does_not_unlearn_the_limit() -> None:
    """Its answer is the new sign-in's, though the one that is known is still the former one, three days dead."""
    old = Session("info@office.example", THEN, THEN + 30 * DAY - MINUTE)
    over = take_in(Facts(held=old), ENDED, old, THEN + 30 * DAY, None)
    assert over.experience.age.limit
    assert over.experience.age.limit.after == 30 * DAY
    back = THEN + 33 * DAY
    new = Session("info@office.example", back, back)
    granted = Granted("token", back + timedelta(hours=1))
    checked = take_in(over, granted, new, back, None)
    assert checked.experience == over.experience
    assert checked.held == new
    told = take_in(replace(checked, session=1, held=None), granted, new, back, None)
    assert told.experience.age.limit == over.experience.age.limit
