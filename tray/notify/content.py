"""What does a notification say, and what do its buttons do? Pure: a notice in, words and actions out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from auth.problems import Fact, Problem
from tray.health import State
from tray.menu import Action
from tray.notice import Kind, Notice, Urgency
from tray.texts import Texts

_BY_WEEKDAY = 6
"""With so many days left at most, a weekday's name means one day only."""

_ACTIONS = {
    Kind.EXPIRING: Action.SIGN_IN,
    Kind.SIGN_IN_REQUIRED: Action.SIGN_IN,
    Kind.BLOCKED: Action.OPEN_PAGE,
    Kind.CONSENT_PENDING: Action.ASK_ADMIN,
    Kind.CONSENT_UNKNOWN: Action.SIGN_IN,
    Kind.CONSENT_GRANTED: Action.OPEN_PAGE,
    Kind.MAILBOX_REFUSED: Action.OPEN_PAGE,
    Kind.MENDED: Action.OPEN_PAGE,
}

_LOOKS = {
    Kind.EXPIRING: State.EXPIRING,
    Kind.SIGN_IN_REQUIRED: State.SIGN_IN_REQUIRED,
    Kind.BLOCKED: State.SIGN_IN_REQUIRED,
    Kind.CONSENT_PENDING: State.CONSENT_PENDING,
    Kind.CONSENT_UNKNOWN: State.CONSENT_PENDING,
    Kind.CONSENT_GRANTED: State.OK,
    Kind.MAILBOX_REFUSED: State.MAILBOX_REFUSED,
    Kind.MENDED: State.OK,
}

_GOOD_NEWS = {Kind.CONSENT_GRANTED, Kind.MENDED}


@dataclass(frozen=True)
class Content:
    """`action` is done by a click on the body and by the button `button`; good news have no buttons."""

    title: str
    body: str
    urgency: Urgency
    look: State
    action: Action
    account: str = ""
    button: str = ""
    later: str = ""


def content(notice: Notice, texts: Texts) -> Content:
    facts = dict(notice.facts)
    if isinstance(due := facts.pop("due", None), datetime):
        facts["when"] = _when(due, facts.get("days"), texts.language)
    key, action = f"desktop-notice-{notice.kind}", _ACTIONS[notice.kind]
    title, body = texts.say(f"{key}.title", **facts), texts.say(f"{key}.body", **facts)
    words = Content(title, body, notice.urgency, _LOOKS[notice.kind], action, notice.account)
    if notice.kind in _GOOD_NEWS:
        return words
    name = "try_again" if notice.kind is Kind.CONSENT_UNKNOWN else action
    return replace(words, button=texts.say(f"desktop-button-{name}"), later=texts.say("desktop-button-later"))


def refusal(problem: Problem, texts: Texts) -> Content:
    """What somebody clicked cannot be done. The page says more."""
    advice = texts.problem(problem)
    return Content(advice.title, advice.next_step, Urgency.NORMAL, State.MAILBOX_REFUSED, Action.OPEN_PAGE)


def _when(due: datetime, days: Fact | None, language: str) -> str:
    """`Freitag`, or `5. Dezember` where a weekday might be another week's; with the time where it is hours."""
    from babel.dates import format_date, format_skeleton, format_time  # loads locale data

    local = due.astimezone()
    if days == 0:
        return f"{format_date(local, 'EEEE', locale=language)}, {format_time(local, 'short', locale=language)}"
    if isinstance(days, int) and days <= _BY_WEEKDAY:
        return str(format_date(local, "EEEE", locale=language))
    return str(format_skeleton("MMMMd", local, locale=language))
