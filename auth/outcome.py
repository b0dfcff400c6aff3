"""What did the identity provider answer? One of three: granted, refused for a definite reason, or no answer at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Cure(StrEnum):
    """What mends a refusal."""

    SIGN_IN = "sign_in"  # the user, in the browser
    CONSENT = "consent"  # the administrator approves the program
    ADMIN = "admin"  # the administrator changes something else: a policy, a licence, a blocked account
    VENDOR = "vendor"  # whoever registered or configured the program


@dataclass(frozen=True)
class Granted:
    """An access token. `expires_at` is aware UTC."""

    access_token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class Refused:
    """A definite answer: trying again without a person changes nothing.

    `code` is what a hotline asks for (`AADSTS700082`, or the OAuth error where there is no number); `error` and
    `suberror` are OAuth's own words, on which decisions are made; `detail` is the provider's description, for the log.
    """

    code: str
    cure: Cure
    error: str = ""
    suberror: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Unreachable:
    """No definite answer: the network, a throttled or a faulty service. Says nothing about the sign-in.

    `code` is one of `network`, `certificate`, `captive_portal`, `clock_wrong`, `throttled`, `service_fault`.
    """

    code: str
    detail: str = ""
    retry_after: timedelta | None = None


Outcome = Granted | Refused | Unreachable
