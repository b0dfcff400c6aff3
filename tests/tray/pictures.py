"""Short ways to make a picture of accounts for the tests of what is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from tray.health import Check, State, Who, worst
from tray.picture import AccountPicture, Health, Picture

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday."""


def account(
    id_: str = "info",
    state: State = State.OK,
    *,
    days: int | None = None,
    since: datetime = NOW,
    due: datetime | None = None,
    preset: str = "microsoft365",
    who: Who = Who.NOBODY,
    code: str = "",
    checks: Mapping[str, Check] | None = None,
    sign_in_running: bool = False,
    receives: bool = True,
    signed_in: bool = True,
    confidence: str = "known",
) -> AccountPicture:
    if days is not None and due is None:
        due = NOW + timedelta(days=days)
    told = min((each for each in (14, 7, 3, 1) if days is not None and days <= each), default=None)
    address = f"{id_}@haus.example"
    health = Health(
        state,
        since,
        sign_in_due=due,
        days_left=days,
        due_confidence=confidence if due else "",
        told=told,
        who=who,
        code=code,
        checks=checks or {},
        signed_in_as=address if signed_in else "",
    )
    return AccountPicture(id_, address, preset, health, sign_in_running, receives)


def picture(*accounts: AccountPicture, warnings: tuple[str, ...] = ()) -> Picture:
    return Picture(worst([each.health.state for each in accounts]), accounts, warnings=warnings)
