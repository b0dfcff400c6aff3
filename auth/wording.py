"""Which sentences of the catalogue tell a refusal, and with which facts? Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from auth.aadsts import CURE_OF_NUMBER
from auth.descriptions import told
from auth.outcome import Refused

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def words_of(refused: Refused) -> tuple[str, ...]:
    """The catalogue's keys, most specific first; `…-told` is a sentence with what the description says itself.

    A number's own sentences are left out where `suberror` says that somebody else can mend it than they do.
    """
    general = f"refused-{refused.cure.value}"
    number = refused.code.removeprefix("AADSTS")
    if number == refused.code or not number.isdigit():
        return (refused.code, general)
    known = CURE_OF_NUMBER.get(int(number))
    if known is None:  # cancelled, blocked or waiting: a number that nobody has heard of does not tell them apart
        return (refused.code, "access_denied", general) if refused.error == "access_denied" else (refused.code, general)
    if known is not refused.cure:
        return (general,)
    return (f"{refused.code}-told", refused.code, general) if facts_of(refused) else (refused.code, general)


def facts_of(refused: Refused) -> dict[str, int | datetime]:
    """What the description says, for the places of the sentences; empty where it does not say it all.

    `limit_days` or else `limit_hours`: how long a sign-in is good for. `since`: when sign-ins were revoked.
    """
    said = told(refused.detail)
    if refused.code in {"AADSTS70043", "AADSTS70044", "AADSTS700084"}:
        return _limit(said.lifetime)
    if refused.code == "AADSTS700082":
        return _limit(said.inactive_for)
    if refused.code == "AADSTS50173" and said.valid_from:
        return {"since": said.valid_from}
    return {}


def _limit(span: timedelta | None) -> dict[str, int | datetime]:
    """In whole days from two days on, in whole hours below; nothing where that would not be true."""
    if span is None or span < _HOUR or span % (_DAY if span >= 2 * _DAY else _HOUR):
        return {}
    return {"limit_days": span // _DAY if span >= 2 * _DAY else 0, "limit_hours": span // _HOUR}
