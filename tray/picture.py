"""What does a person or a main app get to see? One frozen picture of all accounts, from which every view is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from auth.problems import Fact
from tray.fetching import Fetching
from tray.health import Check, State, Who
from tray.notice import Notice
from tray.texts import Advice, Texts


@dataclass(frozen=True)
class Health:
    """One account's health as the contract has it. Times are aware UTC. `facts` fill the sentences' places."""

    state: State
    since: datetime
    checked_at: datetime | None = None
    next_check_at: datetime | None = None
    sign_in_due: datetime | None = None
    days_left: int | None = None
    due_because: str = ""
    due_confidence: str = ""
    by_system: bool = False  # the sign-in is renewed by the operating system; no date can be known
    told: int | None = None  # the last reminder day that has come, see tray.outlook
    checks: Mapping[str, Check] = field(default_factory=dict)  # token, imap, pop3, smtp
    code: str = ""
    who: Who = Who.NOBODY
    texts: tuple[str, ...] = ()  # the catalogue's keys, most specific first; empty where all is well
    facts: Mapping[str, Fact] = field(default_factory=dict)
    signed_in_as: str = ""


@dataclass(frozen=True)
class AccountPicture:
    id: str
    address: str
    preset: str
    health: Health
    sign_in_running: bool = False
    receives: bool = True  # False: the account only sends
    unread: int = 0  # messages the main app has not taken over yet
    fetching: Fetching | None = None  # a round that is under way and has brought something


@dataclass(frozen=True)
class Picture:
    state: State  # the worst account's
    accounts: tuple[AccountPicture, ...] = ()
    unread: int = 0
    outbox: Mapping[str, int] = field(default_factory=dict)  # letters by state
    warnings: tuple[str, ...] = ()  # codes of what concerns the whole program, such as database_damaged
    store_bytes: int = 0
    ignored: tuple[Notice, ...] = ()  # what was told again and again, and nobody answered
    clock_error: timedelta = timedelta()  # this PC's clock is ahead by so much (behind: negative); 0: it is right

    def account(self, account_id: str) -> AccountPicture | None:
        return next((account for account in self.accounts if account.id == account_id), None)


def warnings(picture: Picture) -> list[tuple[str, Mapping[str, Fact]]]:
    """What concerns the whole program: the catalogue's keys with their facts."""
    found: list[tuple[str, Mapping[str, Fact]]] = [(code, {}) for code in picture.warnings]
    if off := picture.clock_error:
        found.append(("clock_ahead" if off > timedelta() else "clock_behind", _span(abs(off))))
    return found


def _span(span: timedelta) -> Mapping[str, Fact]:
    """In the largest unit that leaves two of it."""
    for unit in ("days", "hours"):
        if (count := span // timedelta(**{unit: 1})) >= 2:  # noqa: PLR2004  the plural begins there
            return {"count": count, "unit": unit}
    return {"count": span // timedelta(minutes=1), "unit": "minutes"}


def words(health: Health, texts: Texts) -> Advice | None:
    """What to tell a person about it; None where all is well."""
    return texts.advise(health.texts, health.facts) if health.texts else None
