"""Which notices are due, and which are over? Pure: two pictures and what was shown before in, notices and keys out."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta

from auth.problems import Fact
from tray.health import State, Who
from tray.notice import Kind, Notice, Urgency
from tray.picture import AccountPicture, Picture

_URGENCY = {
    Kind.EXPIRING: Urgency.NORMAL,
    Kind.SIGN_IN_REQUIRED: Urgency.CRITICAL,
    Kind.BLOCKED: Urgency.CRITICAL,
    Kind.CONSENT_PENDING: Urgency.NORMAL,
    Kind.CONSENT_UNKNOWN: Urgency.NORMAL,
    Kind.CONSENT_GRANTED: Urgency.NORMAL,
    Kind.MAILBOX_REFUSED: Urgency.CRITICAL,
    Kind.MENDED: Urgency.LOW,
}

_LAST_CALL = 3
"""With so few days left, a warning stays on the screen until it is answered."""

_ASK_AGAIN = (1, 3, 7)
"""Days after which a missing approval is told again; from then on once a week."""

ASKED_AGAIN = {Kind.CONSENT_PENDING, Kind.CONSENT_UNKNOWN}

_WORKING = {State.OK, State.EXPIRING}
_UNDECIDED = {State.OFFLINE, State.UNKNOWN}
"""States that say nothing about any trouble known before."""


def reminders(
    before: Picture | None,
    now: Picture,
    shown: AbstractSet[str],
    moment: datetime,
) -> list[Notice]:
    """What is to be told now. `shown` are the keys of what was told before, from `ended` on without those."""
    notices: list[Notice] = []
    for account in now.accounts:
        earlier = before.account(account.id) if before else None
        trouble = _trouble(account)
        if trouble and trouble.kind in ASKED_AGAIN:
            trouble = _due_again(trouble, account.health.since, moment, shown)
        if trouble and not account.sign_in_running:
            notices.append(trouble)
        if (warning := _warning(account, shown)) and not account.sign_in_running:
            notices.append(warning)
        notices.extend(_good_news(account, earlier, shown))
    return [notice for notice in notices if notice.key not in shown]


def standing(now: Picture, moment: datetime) -> dict[str, Notice]:
    """By their keys the notices of all that is wrong, told or not, also of accounts that are being signed in to."""
    accounts = tuple(replace(account, sign_in_running=False) for account in now.accounts)
    return {each.key: each for each in reminders(None, replace(now, accounts=accounts), frozenset(), moment)}


def ended(now: Picture, shown: AbstractSet[str]) -> list[str]:
    """The keys of what is over: to be withdrawn from the screen and forgotten, so that a next time is told again."""
    return sorted(key for key in shown if _is_over(key, now, shown))


def times_due(waiting: timedelta) -> int:
    """How often a missing approval is to be told of while it is missing for so long: at once, after 1, 3 and 7 days,
    then once a week. A clock that is set back does not make it less than once.
    """
    days = max(waiting.days, 0)
    return 1 + sum(days >= each for each in _ASK_AGAIN) + max(0, days - _ASK_AGAIN[-1]) // 7


def _due_again(trouble: Notice, since: datetime, moment: datetime, shown: AbstractSet[str]) -> Notice | None:
    """None: it was told as often already. A PC that was off for weeks gets one, not all that it has missed."""
    times = times_due(moment - since)
    return None if _times_told(trouble.key, shown) >= times else replace(trouble, key=f"{trouble.key}/{times}")


def _times_told(occasion: str, shown: AbstractSet[str]) -> int:
    return max((int(key.rpartition("/")[2]) for key in shown if key.startswith(f"{occasion}/")), default=0)


def _trouble(account: AccountPicture) -> Notice | None:
    """The account's state where it is one to tell."""
    health = account.health
    match health.state:
        case State.SIGN_IN_REQUIRED if health.who in {Who.ADMIN, Who.VENDOR}:
            return _notice(account, Kind.BLOCKED, _stamp(health.since), who=health.who.value)
        case State.SIGN_IN_REQUIRED:
            return _notice(account, Kind.SIGN_IN_REQUIRED, _stamp(health.since))
        case State.CONSENT_PENDING:
            kind = Kind.CONSENT_PENDING if health.signed_in_as else Kind.CONSENT_UNKNOWN
            return _notice(account, kind, _stamp(health.since))
        case State.MAILBOX_REFUSED:
            # not by its time: a night offline in between does not make it a new trouble
            return _notice(account, Kind.MAILBOX_REFUSED, health.code.replace("/", "-") or "refused")
        case _:
            return None


def _warning(account: AccountPicture, shown: AbstractSet[str]) -> Notice | None:
    """The most urgent reminder day that has come, unless one as urgent was told for the same date: so a PC that was off
    for days gets one warning, and a clock that is set back none.
    """
    health = account.health
    if health.told is None or health.days_left is None or health.sign_in_due is None:
        return None
    if health.state not in _WORKING | {State.MAILBOX_REFUSED}:
        return None
    day = _day(health.sign_in_due) if health.told else _hour(health.sign_in_due)
    told = [int(_parts(key)[3]) for key in shown if key.startswith(f"{account.id}/{Kind.EXPIRING}/{day}/")]
    if min(told, default=health.told + 1) <= health.told:
        return None
    urgency = Urgency.CRITICAL if health.days_left <= _LAST_CALL else Urgency.NORMAL
    days = health.days_left if health.told else 0  # 0: it is a matter of hours
    return _notice(account, Kind.EXPIRING, f"{day}/{health.told}", urgency, days=days, due=health.sign_in_due)


def _good_news(account: AccountPicture, earlier: AccountPicture | None, shown: AbstractSet[str]) -> Iterator[Notice]:
    """What somebody else mended. The person's own sign-in is not told: its last page said so."""
    if account.health.state not in _WORKING:
        return
    past = [_parts(key) for key in shown if key.startswith(f"{account.id}/")]
    if earlier and (trouble := _trouble(earlier)):
        past.append(_parts(trouble.key))
    for _, kind, occasion, *_ in past:
        if kind == Kind.CONSENT_PENDING:
            yield _notice(account, Kind.CONSENT_GRANTED, occasion)
            return
        if kind in {Kind.BLOCKED, Kind.MAILBOX_REFUSED}:
            yield _notice(account, Kind.MENDED, f"{kind}-{occasion}")
            return


def _is_over(key: str, now: Picture, shown: AbstractSet[str]) -> bool:
    account_id, kind, occasion, *_ = _parts(key)
    account = now.account(account_id)
    if account is None:
        return True
    health = account.health
    if health.state in _UNDECIDED:
        return False
    if kind == Kind.EXPIRING:
        due = health.sign_in_due
        other_day = due is not None and occasion not in {_day(due), _hour(due)}
        return other_day or health.state is State.SIGN_IN_REQUIRED
    if kind in {Kind.CONSENT_GRANTED, Kind.MENDED}:
        return health.state not in _WORKING
    trouble = _trouble(account)
    if trouble is None or trouble.kind not in ASKED_AGAIN:
        return trouble is None or trouble.key != key
    occasion, _, number = key.rpartition("/")
    return occasion != trouble.key or int(number) < _times_told(occasion, shown)


def _notice(
    account: AccountPicture, kind: Kind, occasion: str, urgency: Urgency | None = None, **facts: Fact
) -> Notice:
    mail = "both" if account.receives else "send"
    all_facts: dict[str, Fact] = {"address": account.address, "mail": mail, **facts}
    return Notice(f"{account.id}/{kind}/{occasion}", account.id, kind, urgency or _URGENCY[kind], all_facts)


def _day(due: datetime) -> str:
    return due.strftime("%Y-%m-%d")


def _hour(due: datetime) -> str:
    """For sign-ins of a few hours, which may run out twice a day."""
    return due.strftime("%Y-%m-%dT%H")


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _parts(key: str) -> list[str]:
    return key.split("/")
