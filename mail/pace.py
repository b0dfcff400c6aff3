"""When may the next letter go, so that the server's limits are kept? Pure: what was handed over in, a time out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mail.mailbox import Limits

MINUTE = timedelta(seconds=61)
"""A second more than the server counts: its clock and the way there are not ours."""

DAY = timedelta(hours=24, minutes=1)


@dataclass(frozen=True)
class Handover:
    """A letter that was given to the server, taken or not. `at` is aware UTC."""

    at: datetime
    recipients: int


def free_at(past: Sequence[Handover], recipients: int, limits: Limits, now: datetime) -> datetime | None:
    """When a letter to so many may be handed over; None: now. `past` in the order of time, of the last day at least.

    A letter that is over a limit by itself goes once nothing else counts: the server may decide.
    """
    moments = [_by_minute(past, limits), _by_day(past, recipients, limits, now)]
    latest = max((each for each in moments if each), default=None)
    return latest if latest and latest > now else None


def _by_minute(past: Sequence[Handover], limits: Limits) -> datetime | None:
    if not limits.messages_a_minute or len(past) < limits.messages_a_minute:
        return None
    return past[-limits.messages_a_minute].at + MINUTE


def _by_day(past: Sequence[Handover], recipients: int, limits: Limits, now: datetime) -> datetime | None:
    """When enough of the last day's recipients no longer count."""
    if not limits.recipients_a_day:
        return None
    today = [each for each in past if each.at + DAY > now]
    excess = sum(each.recipients for each in today) + recipients - limits.recipients_a_day
    free = None
    for each in today:
        if excess <= 0:
            break
        excess -= each.recipients
        free = each.at + DAY
    return free
