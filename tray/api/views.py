"""How do the hub's answers become the API's? Pure: frozen data in, wire types out, with the words of one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from msgspec import UNSET, UnsetType

from auth.forecast import Because, Confidence
from auth.problems import Fact
from auth.provider import DeviceCode
from tray import qr
from tray.api import types
from tray.api.journal_types import JournalEntry
from tray.api.notice_types import Banner
from tray.fetching import Fetching
from tray.health import Check, Who
from tray.journal import Entry
from tray.journal_words import sentence
from tray.notice import Notice
from tray.notify.content import content
from tray.picture import AccountPicture, Health, Picture, warnings, words
from tray.sign_ins import SignInStatus
from tray.texts import Advice, Texts
from tray.version import __version__


def status(picture: Picture, texts: Texts) -> types.Status:
    return types.Status(
        version=__version__,
        state=picture.state.value,
        accounts=[account_status(account, texts) for account in picture.accounts],
        unread=picture.unread,
        outbox=types.OutboxCounts(**picture.outbox),
        warnings=[warned(code, facts, texts) for code, facts in warnings(picture)],
        store_bytes=picture.store_bytes,
        banners=[banner(notice, texts) for notice in picture.ignored],
        app_name=texts.app_name,
    )


def banner(notice: Notice, texts: Texts) -> Banner:
    said = content(notice, texts)
    return Banner(notice.account, said.title, said.body, said.action.value, said.button)  # type: ignore[arg-type]


def account_status(account: AccountPicture, texts: Texts) -> types.AccountStatus:
    return types.AccountStatus(
        id=account.id,
        address=account.address,
        preset=account.preset,
        signed_in_as=account.health.signed_in_as,
        renewed_by_system=account.health.by_system,
        sign_in_running=account.sign_in_running,
        unread=account.unread,
        fetching=_fetching(account.fetching),
        health=health(account.health, texts),
        receives=account.receives,
    )


def _fetching(now: Fetching | None) -> types.Fetching | None:
    return types.Fetching(now.new, now.expected, round(now.per_second, 1), now.seconds_left) if now else None


def health(health: Health, texts: Texts) -> types.Health:
    advice = words(health, texts)
    wrong = advice is not None
    return types.Health(
        state=health.state.value,
        since=health.since,
        checked_at=health.checked_at,
        next_check_at=health.next_check_at,
        sign_in_due=health.sign_in_due,
        days_left=health.days_left,
        due_because=Because(health.due_because).value if health.due_because else None,
        due_confidence=Confidence(health.due_confidence).value if health.due_confidence else None,
        checks=checks(health.checks),
        code=health.code if wrong else UNSET,
        title=advice.title if advice else UNSET,
        next_step=advice.next_step if advice else UNSET,
        admin_help=(advice.admin_help or UNSET) if advice else UNSET,
        who=(health.who or Who.NOBODY).value if wrong else UNSET,
    )


def checks(checks: Mapping[str, Check]) -> types.Checks:
    return types.Checks(**{name: _check(check) for name, check in checks.items()})


def _check(check: Check) -> types.CheckResult:
    if check.ok:
        return types.CheckResult("ok")
    return types.CheckResult("failed", check.code or check.text)


def warned(code: str, facts: Mapping[str, Fact], texts: Texts) -> types.Warned:
    advice = texts.advise((code, "unexpected"), facts)
    return types.Warned(code, advice.title, advice.next_step, advice.admin_help or UNSET)


def sign_in(status: SignInStatus, texts: Texts) -> types.SignIn:
    code, advice = _said(status, texts)
    return types.SignIn(
        stage=status.stage.value,
        started_at=status.started_at,
        ended_at=status.ended_at,
        url=status.url or UNSET,
        device_code=_device_code(status.code) if status.code else UNSET,
        code=code,
        title=advice.title if advice else UNSET,
        next_step=advice.next_step if advice else UNSET,
        admin_help=(advice.admin_help or UNSET) if advice else UNSET,
    )


def _device_code(code: DeviceCode) -> types.DeviceCode:
    return types.DeviceCode(code.user_code, code.url, code.link, code.expires_at, code.step, qr.picture(code.link))


def _said(status: SignInStatus, texts: Texts) -> tuple[str | UnsetType, Advice | None]:
    if status.problem:
        return status.problem.code, texts.problem(status.problem)
    if status.renamed:
        return "renamed", texts.advise(("renamed",), asdict(status.renamed))
    return UNSET, None


def entry(entry: Entry, texts: Texts) -> JournalEntry:
    said = sentence(entry.kind, entry.facts, texts)
    return JournalEntry(entry.id, entry.at, entry.kind, said, entry.code, facts(entry.facts))


def facts(facts: Mapping[str, Fact]) -> dict[str, str | int | float]:
    return {name: fact if isinstance(fact, str | int | float) else str(fact) for name, fact in facts.items()}
