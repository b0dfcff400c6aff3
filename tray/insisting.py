"""What becomes of a notice that nobody answers? Pure: told again, then in the main app's banner, then by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from tray.notice import Answer, Kind, Notice, Told, Urgency
from tray.office_hours import working_morning
from tray.reminders import ASKED_AGAIN

SOON = timedelta(hours=2)
"""After which a notice of what stops mail comes again the first time: somebody was at lunch."""

BANNER_FROM, MAIL_FROM = 2, 3
"""So many times in a row it was told without an answer."""

_BY_OTHERS = {Kind.BLOCKED, Kind.MAILBOX_REFUSED}
_OFTEN, _WEEK = 3, 7


def told(notice: Notice, before: Told | None, now: datetime, zone: tzinfo | None = None) -> Told:
    """It is being told now."""
    so_far = before or Told(0, 0)
    counted = replace(so_far, times=so_far.times + 1, ignored=so_far.ignored + 1)
    return replace(counted, again_at=_again(notice, counted, now, zone))


def answered(notice: Notice, before: Told, answer: Answer, now: datetime, zone: tzinfo | None = None) -> Told:
    """Somebody did something. *Later* is tomorrow; whoever dismissed it has seen it, but said nothing."""
    if answer is Answer.LATER:
        return replace(before, ignored=0, again_at=working_morning(now, zone=zone))
    again_at = working_morning(now, _days(notice, before), zone) if _insists(notice) else None
    return replace(before, ignored=before.ignored if answer is Answer.DISMISSED else 0, again_at=again_at)


def is_due(so_far: Told, now: datetime) -> bool:
    return so_far.again_at is not None and so_far.again_at <= now


def in_banner(notice: Notice, so_far: Told) -> bool:
    return _ignored(notice, so_far) >= BANNER_FROM


def by_mail(notice: Notice, so_far: Told) -> bool:
    return _ignored(notice, so_far) >= MAIL_FROM and not so_far.mailed


def _ignored(notice: Notice, so_far: Told) -> int:
    """A missing approval is a new notice each time it is told again; its key ends with which."""
    if notice.kind in ASKED_AGAIN and so_far.ignored:
        return int(notice.key.rpartition("/")[2])
    return so_far.ignored


def _again(notice: Notice, so_far: Told, now: datetime, zone: tzinfo | None) -> datetime | None:
    if not _insists(notice):
        return None
    if so_far.times == 1 and notice.kind not in _BY_OTHERS:
        return now + SOON
    return working_morning(now, _days(notice, so_far), zone)


def _insists(notice: Notice) -> bool:
    """Warnings of days ahead and missing approvals have a calendar of their own, good news come once."""
    return notice.urgency is Urgency.CRITICAL


def _days(notice: Notice, so_far: Told) -> int:
    """What others have to mend is told each day at first, then once a week."""
    return _WEEK if notice.kind in _BY_OTHERS and so_far.times >= _OFTEN else 1
