"""How are the accounts? As the running Postwart says; else as it was written down, read without changing anything."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from auth.provider import Clock
from mail import damage
from mail.database import Database
from mail.problems import StoreProblem
from tray.api.client import ApiClient, ApiRefused
from tray.api.types import AccountStatus, Status
from tray.api.views import account_status
from tray.doctor.finding import Finding, Level, fault, note, ok
from tray.health import Who
from tray.journal import Journal
from tray.ledger import Ledger
from tray.memory import MIGRATIONS, Memory
from tray.paths import Places
from tray.picture import AccountPicture, Picture
from tray.runtime import ApiFile, NotAnswering, is_running, read_api_file
from tray.settings import Account, Settings
from tray.texts import Advice, Texts
from tray.version import __version__

_API_SECONDS = 5.0
_FAULTS = frozenset({"sign_in_required", "consent_pending", "mailbox_refused"})
_NOTES = frozenset({"expiring", "offline", "unknown"})


def from_outside(places: Places, settings: Settings | None, texts: Texts, clock: Clock) -> Iterator[Finding]:
    """For a process that is not the running Postwart: it may hang, or there may be none."""
    if not is_running(places.data):
        if settings is None or settings.accounts:
            yield fault("postwart", "postwart-not_running", who=Who.USER)
        else:
            yield note("postwart", "postwart-not_yet", who=Who.USER)
    elif api := read_api_file(places.data, places.runtime):
        running, said = _asked(api, texts)
        yield running
        if said is not None:
            yield from findings(said)
            return
    else:
        yield hangs()
    if settings:
        yield from findings(_written_down(places, settings, texts, clock))


def from_inside(picture: Callable[[], Picture], texts: Texts) -> Iterator[Finding]:
    """For the running Postwart itself."""
    yield ok("postwart", "postwart-ok", pid=str(os.getpid()), version=__version__)
    yield from findings([account_status(account, texts) for account in picture().accounts])


def hangs() -> Finding:
    return fault("postwart", "postwart-hangs", who=Who.USER)


def findings(accounts: Sequence[AccountStatus]) -> Iterator[Finding]:
    """Pure."""
    return (_finding(account) for account in accounts)


def _finding(account: AccountStatus) -> Finding:
    health = account.health
    level = Level.FAULT if health.state in _FAULTS else Level.NOTE if health.state in _NOTES else Level.OK
    facts: dict[str, Any] = {
        "account": account.id,
        "address": account.address,
        "preset": account.preset,
        "state": health.state,
        "since": _time(health.since),
        "checked_at": _time(health.checked_at),
        "sign_in_due": _time(health.sign_in_due),
        "due_because": health.due_because or "",
        "signed_in_as": account.signed_in_as,
        "code": health.code or "",
        **{f"check_{name}": _check(result) for name, result in msgspec.structs.asdict(health.checks).items() if result},
    }
    key = f"doctor-account-{health.state}"
    if not health.title:
        days = health.days_left if health.days_left is not None else -1
        return Finding("account", level, (key,), account.address, facts={**facts, "days": days})
    advice = Advice(health.title, health.next_step or "", health.admin_help or "")
    return Finding("account", level, (key,), account.address, Who(health.who or Who.NOBODY), facts, advice=advice)


def _check(result: Any) -> str:
    return " ".join(filter(None, (result.result, result.code or "")))


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def _asked(api: ApiFile, texts: Texts) -> tuple[Finding, Sequence[AccountStatus] | None]:
    """Whether it answers, and what. An answer without accounts is one: its key may not be for that."""
    running = ok("postwart", "postwart-ok", pid=str(api.pid), version=api.version, started=_time(api.started))
    try:
        said = ApiClient(api, texts.language, seconds=_API_SECONDS).get("status")
        return running, msgspec.convert(said, Status).accounts
    except NotAnswering:
        return hangs(), None
    except (ApiRefused, msgspec.ValidationError):
        return running, None


def _written_down(places: Places, settings: Settings, texts: Texts, clock: Clock) -> list[AccountStatus]:
    """From a copy: opening the file itself could change it, and would set it aside where it is damaged."""
    with tempfile.TemporaryDirectory(prefix="postwart-") as folder:
        copy = Path(folder) / "state.db"
        try:
            _copy(places.data / "state.db", copy)
            with Database(copy, MIGRATIONS, clock=clock) as database:
                ledger = Ledger(
                    settings=lambda: settings,
                    memory=Memory(database),
                    journal=Journal(database, clock),
                    clock=clock,
                    changed=lambda: None,
                )
                return [account_status(_picture(each, ledger), texts) for each in settings.accounts]
        except (sqlite3.Error, OSError, StoreProblem):
            return []  # the check of the databases says what is wrong with it


def _picture(account: Account, ledger: Ledger) -> AccountPicture:
    receives = account.mailbox.receive is not None
    return AccountPicture(account.id, account.address, account.preset, ledger.health(account), receives=receives)


def _copy(original: Path, copy: Path) -> None:
    """Whole as of one moment, also while somebody writes. Nothing where there is none."""
    if not original.exists():
        return
    with (
        closing(sqlite3.connect(damage.uri(original), uri=True, timeout=_API_SECONDS)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
