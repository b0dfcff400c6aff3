"""Which facts does a refusal's description tell besides? Pure: for what people read, and for learning limits.

Never for deciding: the wording may change any day, and then the facts are simply missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_MOMENT = r"'?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z?'?"
_SPAN = r"(?:(\d{1,6})\.)?(\d\d?):(\d\d):(\d\d)|(\d{1,9})"
_ISSUED = re.compile(rf"(?:token|grant) was issued (?:to \S+ )?on {_MOMENT}", re.IGNORECASE)
_VALID_FROM = re.compile(rf"TokensValidFrom date \([^)]*\) for this user is {_MOMENT}", re.IGNORECASE)
_INACTIVE = re.compile(rf"inactive for (?:{_SPAN})", re.IGNORECASE)
_LIFETIME = re.compile(
    rf"(?:maximum allowed lifetime for this request is|maximum lifetime is|limited lifetime of) (?:{_SPAN})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """What AADSTS700082, 70043, 700084 and 50173 say; None where they do not. Times are aware UTC."""

    issued_at: datetime | None = None
    valid_from: datetime | None = None  # sign-ins before this moment were revoked
    inactive_for: timedelta | None = None  # the inactivity limit that was reached
    lifetime: timedelta | None = None  # the sign-in frequency, or the fixed life of a single-page application's token


def told(description: str) -> Told:
    """Any text may be given; what is not a date or a time span that exists is left out."""
    return Told(
        _moment(_ISSUED.search(description)),
        _moment(_VALID_FROM.search(description)),
        _span(_INACTIVE.search(description)),
        _span(_LIFETIME.search(description)),
    )


def _moment(found: re.Match[str] | None) -> datetime | None:
    try:
        return datetime.fromisoformat(found[1]).replace(tzinfo=UTC) if found else None
    except ValueError:  # the 31st of February
        return None


def _span(found: re.Match[str] | None) -> timedelta | None:
    """`90.00:00:00`, `12:00:00`, or seconds. None for nothing at all."""
    if not found:
        return None
    days, hours, minutes, seconds, alone = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds + alone) or None
