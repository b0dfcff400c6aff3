"""When will the next sign-in be due, and because of what? Pure: the session's times in, one date out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from auth.provider import Session

INACTIVITY = timedelta(days=90)
"""A refresh token that is not used for so long dies; each use brings a fresh one (learn.microsoft.com,
identity-platform/refresh-tokens).
"""

SIGN_IN_FREQUENCY = timedelta(days=90)
"""Without a policy of the tenant's, a rolling window of 90 days (learn.microsoft.com, concept-session-lifetime)."""


class Because(StrEnum):
    INACTIVITY = "inactivity"
    SIGN_IN_FREQUENCY = "sign_in_frequency"
    LEARNED = "learned"


@dataclass(frozen=True)
class Forecast:
    """`due` is aware UTC."""

    due: datetime
    because: Because


def forecast(session: Session, sign_in_every: timedelta | None) -> Forecast:
    """The earlier of both limits. `sign_in_every` is the tenant's sign-in frequency, where it is configured."""
    inactive = Forecast(session.refreshed_at + INACTIVITY, Because.INACTIVITY)
    frequency = Forecast(session.signed_in_at + (sign_in_every or SIGN_IN_FREQUENCY), Because.SIGN_IN_FREQUENCY)
    return min(frequency, inactive, key=lambda each: each.due)
