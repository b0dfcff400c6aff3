"""What is a notice? Something to tell a person once; its words and how it is shown are made from it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from auth.problems import Fact


class Kind(StrEnum):
    """What a notice is about."""

    EXPIRING = "expiring"
    SIGN_IN_REQUIRED = "sign_in_required"
    BLOCKED = "blocked"  # a sign-in is required, but the administrator or the vendor has to act first
    CONSENT_PENDING = "consent_pending"
    CONSENT_UNKNOWN = "consent_unknown"  # the same, where Postwart cannot see whether it has come
    CONSENT_GRANTED = "consent_granted"
    MAILBOX_REFUSED = "mailbox_refused"
    MENDED = "mended"


class Urgency(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    CRITICAL = "critical"


class Answer(StrEnum):
    """What the person did with a notification. No answer means nothing: it may never have been seen."""

    MAIN = "main"
    LATER = "later"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Notice:
    """Something to tell once. `key` names this very occasion: so it is not told again after a restart either."""

    key: str
    account: str
    kind: Kind
    urgency: Urgency
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """How a notice was told so far. `times` in all, `ignored` of them since somebody answered; `again_at` is aware UTC,
    None: not again by itself; `mailed`: the office's contact has had a mail about it.
    """

    times: int = 1
    ignored: int = 1
    again_at: datetime | None = None
    mailed: bool = False
