"""When will the next sign-in be due, and because of what? Pure: a session and what was learned in, its dates out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from auth.experience import GRACE, Experience, Limits
from auth.provider import Session

GOOGLE_ISSUER = "https://accounts.google.com"


@dataclass(frozen=True)
class Customs:
    """How long a provider lets a sign-in live as long as nobody has set anything else. `unused` is the life of a
    refresh token that is not used, `in_all` that of a sign-in however it is used; None: it has no end by age. Not
    `documented`: a guess.
    """

    unused: timedelta
    in_all: timedelta | None
    documented: bool = True


MICROSOFT = Customs(timedelta(days=90), timedelta(days=90))
"""Each use brings a fresh refresh token (learn.microsoft.com, identity-platform/refresh-tokens). Without a policy of
the tenant's, a rolling window of 90 days (concept-session-lifetime): that a sign-in itself lasts no longer is an
assumption, kept until a session proves it wrong.
"""

GOOGLE = Customs(timedelta(days=182), None)
"""Six months without use (developers.google.com/identity/protocols/oauth2#expiration)."""

ANY_OTHER = Customs(timedelta(days=90), None, documented=False)
"""As short as anybody's that is documented."""


def customs(issuer: str) -> Customs:
    """`issuer` is empty for Microsoft."""
    return {"": MICROSOFT, GOOGLE_ISSUER: GOOGLE}.get(issuer.rstrip("/"), ANY_OTHER)


class Because(StrEnum):
    INACTIVITY = "inactivity"
    SIGN_IN_FREQUENCY = "sign_in_frequency"
    LEARNED = "learned"  # from what the provider did or stated before


class Confidence(StrEnum):
    ASSUMED = "assumed"  # nothing was seen that says so: nobody is reminded
    KNOWN = "known"  # documented, configured, stated by the provider or seen


@dataclass(frozen=True)
class Forecast:
    """`due` is aware UTC; `limit` is the whole time that the sign-in is given."""

    due: datetime
    because: Because
    confidence: Confidence
    limit: timedelta
    by_age: bool  # False: each renewal puts it off


def forecast(
    session: Session, experience: Experience, sign_in_every: timedelta | None, usual: Customs = MICROSOFT
) -> list[Forecast]:
    """All limits, the earliest first: that is the date to expect. Of two at the same time, the sign-in's own.

    None of a session that the operating system renews: its tokens' age is not to be seen.

    `sign_in_every` is the tenant's sign-in frequency, where it is configured.
    """
    if session.by_system:
        return []
    by_age = _by_age(session, experience, sign_in_every, usual.in_all)
    found = [*by_age, _inactive(session, experience.inactivity, usual)]
    return sorted(found, key=lambda each: each.due)


def _inactive(session: Session, limits: Limits, usual: Customs) -> Forecast:
    limit, because = usual.unused, Because.INACTIVITY
    confidence = Confidence.KNOWN if usual.documented else Confidence.ASSUMED
    if limits.limit and limits.limit.after < limit:
        limit, because, confidence = limits.limit.after, Because.LEARNED, Confidence.KNOWN
    return Forecast(session.refreshed_at + limit, because, confidence, limit, by_age=False)


def _by_age(
    session: Session, experience: Experience, sign_in_every: timedelta | None, usual: timedelta | None
) -> list[Forecast]:
    def after(limit: timedelta, because: Because, confidence: Confidence) -> Forecast:
        return Forecast(session.signed_in_at + limit, because, confidence, limit, by_age=True)

    learned, known = experience.age.limit, []
    if sign_in_every and _holds(sign_in_every, session, experience):
        known.append(after(sign_in_every, Because.SIGN_IN_FREQUENCY, Confidence.KNOWN))
    if learned and learned.sure:
        known.append(after(learned.after, Because.LEARNED, Confidence.KNOWN))
    if known:
        return known
    if learned:
        return [after(learned.after, Because.LEARNED, Confidence.ASSUMED)]
    if usual and experience.age.survived <= usual + GRACE:
        return [after(usual, Because.SIGN_IN_FREQUENCY, Confidence.ASSUMED)]
    return []


def _holds(sign_in_every: timedelta, session: Session, experience: Experience) -> bool:
    """A date that has passed without an end is not said again and again."""
    lived = session.refreshed_at - session.signed_in_at
    return lived <= sign_in_every + GRACE and experience.disproved != sign_in_every
