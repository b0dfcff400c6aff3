"""What do menu and tooltip say? Pure: one picture of all accounts in, entries out; icon.py makes real menus of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from auth.forecast import Confidence
from tray.clip import clip, units
from tray.health import SEVERITY, State, Who
from tray.picture import AccountPicture, Health, Picture, warnings
from tray.texts import Texts


class Action(StrEnum):
    """What a click asks for. `account` beside it is empty where it concerns all of them."""

    SIGN_IN = "sign_in"
    SIGN_IN_OTHER = "sign_in_other"
    SIGN_IN_ALL = "sign_in_all"
    CHECK = "check"
    OPEN_PAGE = "open_page"
    ASK_ADMIN = "ask_admin"
    FETCH = "fetch"
    AUTOSTART = "autostart"
    REPORT = "report"
    QUIT = "quit"


@dataclass(frozen=True)
class Entry:
    """One line of the menu. Without an action and children it is only read."""

    label: str
    action: Action | None = None
    account: str = ""
    default: bool = False
    separator: bool = False
    children: tuple[Entry, ...] = ()
    ticked: bool | None = None  # None: nothing to tick

    @property
    def enabled(self) -> bool:
        return bool(self.action or self.children)


@dataclass(frozen=True)
class Look:
    """What the icon shows; see artwork.draw."""

    state: State
    count: int
    stuck: bool


SEPARATOR = Entry("", separator=True)

ACCOUNTS_SHOWN = 15
"""A menu taller than the screen is of no use; the status page has them all."""

TOOLTIP_UNITS = 127
"""Windows' limit, in UTF-16 units; a longer one is an error there."""


def entries(picture: Picture, texts: Texts, *, starts_with_pc: bool = False) -> tuple[Entry, ...]:
    """The first one is the default action: some desktops know no click on the icon itself."""
    default = _default(picture, texts)
    lines = [
        default,
        SEPARATOR,
        Entry(headline(picture, texts)),
        *_warnings(picture, texts),
        *_accounts(picture, texts),
    ]
    lines.append(SEPARATOR)
    if (waiting := sum(next_step(account) is Action.SIGN_IN for account in picture.accounts)) > 1:
        lines.append(Entry(texts.say("desktop-menu-sign_in_all", count=waiting), Action.SIGN_IN_ALL))
    if picture.accounts:
        lines += [
            Entry(texts.say("desktop-menu-check"), Action.CHECK),
            Entry(texts.say("desktop-menu-fetch"), Action.FETCH),
        ]
    if default.action is not Action.OPEN_PAGE:
        lines.append(Entry(texts.say("desktop-menu-open_page"), Action.OPEN_PAGE))
    lines.append(Entry(texts.say("desktop-menu-autostart"), Action.AUTOSTART, ticked=starts_with_pc))
    lines.append(Entry(texts.say("desktop-menu-report"), Action.REPORT))
    return (*lines, SEPARATOR, Entry(texts.say("desktop-menu-quit"), Action.QUIT))


def tooltip(picture: Picture, texts: Texts) -> str:
    """The worst account first, as many as fit."""
    name = texts.say("desktop-tooltip")
    troubled = [each for each in worst_first(picture) if each.health.state is not State.OK]
    if not troubled:
        return clip(f"{name}\n{headline(picture, texts)}", TOOLTIP_UNITS)
    lines = [_line(each, texts) for each in troubled]
    for shown in range(len(lines), 0, -1):
        left = len(lines) - shown
        rest = [texts.say("desktop-more", count=left)] if left else []
        text = "\n".join([name, *lines[:shown], *rest])
        if units(text) <= TOOLTIP_UNITS:
            return text
    return clip(lines[0], TOOLTIP_UNITS)


def look(picture: Picture) -> Look:
    """The worst account's state. One that cannot be checked is worse than one that is only not reached."""
    stuck = any(_stuck(account.health) for account in picture.accounts)
    waits = picture.state in {State.OK, State.UNKNOWN, State.OFFLINE}
    return Look(picture.state, len(_needing(picture)), stuck and waits)


def headline(picture: Picture, texts: Texts) -> str:
    """How it stands in one line."""
    total, troubled = len(picture.accounts), [each for each in picture.accounts if each.health.state is not State.OK]
    if not total:
        return texts.say("desktop-headline-none")
    if not troubled:
        return texts.say("desktop-headline-ok", total=total)
    if needing := _needing(picture):
        return texts.say("desktop-headline-open", total=total, count=len(needing))
    if offline := [each for each in troubled if each.health.state is State.OFFLINE]:
        return texts.say("desktop-headline-offline", total=total, count=len(offline))
    return texts.say("desktop-headline-unknown", total=total)


def account_state(account: AccountPicture, texts: Texts) -> str:
    """How one account stands, to be put behind its address."""
    health = account.health
    if account.sign_in_running:
        return texts.say("desktop-state-signing_in")
    if health.state is State.SIGN_IN_REQUIRED and health.who in {Who.ADMIN, Who.VENDOR}:
        return texts.say("desktop-state-blocked")
    if _stuck(health):
        return texts.say("desktop-state-stuck")
    return texts.say(f"desktop-state-{health.state.value}", days=health.days_left or 0)


def _needing(picture: Picture) -> list[AccountPicture]:
    """Those that need somebody."""
    passing = {State.OK, State.OFFLINE, State.UNKNOWN}
    return [each for each in picture.accounts if each.health.state not in passing or _stuck(each.health)]


def _stuck(health: Health) -> bool:
    """It cannot be looked at, as where the keyring is locked; without a code it only has not been looked at yet."""
    return health.state is State.UNKNOWN and bool(health.code)


def worst_first(picture: Picture) -> list[AccountPicture]:
    """Equally bad ones in the configuration's order, the ones that run out sooner before."""
    soon = 10_000

    def badness(account: AccountPicture) -> tuple[int, int]:
        health, days = account.health, account.health.days_left
        alike = State.EXPIRING if _stuck(health) else health.state
        return -SEVERITY.index(alike), soon if days is None else days

    return sorted(picture.accounts, key=badness)


def next_step(account: AccountPicture) -> Action:
    """What mends this account, as far as a click can."""
    health = account.health
    match health.state:
        case State.SIGN_IN_REQUIRED:
            return Action.OPEN_PAGE if health.who in {Who.ADMIN, Who.VENDOR} else Action.SIGN_IN
        case State.EXPIRING:
            return Action.SIGN_IN
        case State.CONSENT_PENDING:
            return Action.ASK_ADMIN
        case State.MAILBOX_REFUSED:
            return Action.OPEN_PAGE
        case _:
            return Action.CHECK


def _line(account: AccountPicture, texts: Texts) -> str:
    return texts.say("desktop-account", address=account.address, state=account_state(account, texts))


def _default(picture: Picture, texts: Texts) -> Entry:
    for account in worst_first(picture):
        step = next_step(account)
        if step in {Action.SIGN_IN, Action.ASK_ADMIN} and not account.sign_in_running:
            label = texts.say(f"desktop-menu-{step.value}-account", address=account.address)
            return Entry(label, step, account.id, default=True)
    return Entry(texts.say("desktop-menu-open_page"), Action.OPEN_PAGE, default=True)


def _warnings(picture: Picture, texts: Texts) -> Iterator[Entry]:
    for code, facts in warnings(picture):
        yield Entry(texts.advise((code, "desktop-warning"), facts).title, Action.OPEN_PAGE)


def _accounts(picture: Picture, texts: Texts) -> Iterator[Entry]:
    ordered = worst_first(picture)
    for account in ordered[:ACCOUNTS_SHOWN]:
        yield Entry(_line(account, texts), account=account.id, children=tuple(_steps(account, texts)))
    if left := len(ordered[ACCOUNTS_SHOWN:]):
        yield Entry(texts.say("desktop-more", count=left), Action.OPEN_PAGE)


def _steps(account: AccountPicture, texts: Texts) -> Iterator[Entry]:
    if account.health.sign_in_due and account.health.state not in {State.SIGN_IN_REQUIRED, State.CONSENT_PENDING}:
        assumed = account.health.due_confidence == Confidence.ASSUMED
        line = "desktop-menu-due-assumed" if assumed else "desktop-menu-due"
        yield Entry(texts.say(line, date=texts.date(account.health.sign_in_due)))
    step = next_step(account)
    if account.sign_in_running:
        yield Entry(texts.say("desktop-state-signing_in"))
    elif step is Action.OPEN_PAGE:
        yield Entry(texts.say("desktop-menu-explain"), step, account.id)
    elif step is not Action.CHECK:
        yield Entry(texts.say(f"desktop-menu-{step.value}"), step, account.id)
    yield Entry(texts.say("desktop-menu-check"), Action.CHECK, account.id)
    if account.receives and account.health.state in {State.OK, State.EXPIRING}:
        yield Entry(texts.say("desktop-menu-fetch"), Action.FETCH, account.id)
    if step is not Action.SIGN_IN and not account.sign_in_running:
        yield Entry(texts.say("desktop-menu-sign_in-again"), Action.SIGN_IN, account.id)
    if not account.sign_in_running:
        yield Entry(texts.say("desktop-menu-sign_in_other"), Action.SIGN_IN_OTHER, account.id)
