"""Is this PC's clock right? Pure: the Date of an answer of the provider's against the clock it came by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

BEARABLE = timedelta(minutes=5)
"""What Microsoft allows too (Kerberos, id tokens); a header says whole seconds, and answers take some."""


def clock_error(date: str, now: datetime) -> timedelta:
    """How far `now` is ahead of the header `date` (behind: negative); zero where that is bearable or not to be read."""
    try:
        theirs = parsedate_to_datetime(date)
        off = now - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))
    except (ValueError, TypeError, OverflowError):
        return timedelta()
    return off if abs(off) > BEARABLE else timedelta()
