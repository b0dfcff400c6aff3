"""The route from which the page draws what became of an account, and what is ahead."""

from __future__ import annotations

from typing import Literal

import msgspec
from litestar import Router, get

from tray.api.given import AccountId, Hub, Work, errors, needs
from tray.api.rights import Right
from tray.api.types import Moment, StateName
from tray.picture import Health
from tray.timeline import BACK, TOLD_OF, Timeline, timeline

ConfidenceName = Literal["assumed", "known"]
BecauseName = Literal["inactivity", "sign_in_frequency", "learned"]
MarkName = Literal["signed_in", "signed_out", "sign_in_ended", "consent_granted"]


class StretchShown(msgspec.Struct, frozen=True):
    state: StateName
    begin: Moment
    end: Moment


class MarkShown(msgspec.Struct, frozen=True):
    at: Moment
    kind: MarkName


class DayShown(msgspec.Struct, frozen=True):
    """`date` is of the PC's calendar; `renewed` and `failed` count checks. Days without any are left out."""

    date: str
    renewed: int
    failed: int


class TimelineShown(msgspec.Struct, frozen=True):
    """The last 90 days up to `now`; times without a stretch are not known. `sign_in_due` lies ahead."""

    begin: Moment
    now: Moment
    stretches: list[StretchShown]
    marks: list[MarkShown]
    days: list[DayShown]
    sign_in_due: Moment | None
    due_because: BecauseName | None
    due_confidence: ConfidenceName | None


@get(
    "/timeline",
    opt=needs(Right.READ),
    responses=errors("account_not_found", "store_unusable"),
    summary="The last 90 days of checks, outages and sign-ins, and the next sign-in",
)
async def get_timeline(account_id: AccountId, hub: Hub, work: Work) -> TimelineShown:
    health = hub.health(account_id)
    now = hub.outbox.clock()
    entries = await work.quick(hub.journal.since, account_id, now - BACK, TOLD_OF)
    return _shown(timeline(entries, health.state, health.since, now), health)


def _shown(line: Timeline, health: Health) -> TimelineShown:
    content = {
        "begin": line.begin,
        "now": line.now,
        "stretches": [{"state": each.state.value, "begin": each.begin, "end": each.end} for each in line.stretches],
        "marks": [{"at": each.at, "kind": str(each.kind)} for each in line.marks],
        "days": [{"date": each.date.isoformat(), "renewed": each.renewed, "failed": each.failed} for each in line.days],
        "sign_in_due": health.sign_in_due,
        "due_because": health.due_because or None,
        "due_confidence": health.due_confidence or None,
    }
    return msgspec.convert(content, TimelineShown)


router = Router("/v1/accounts/{account_id:str}", route_handlers=[get_timeline], tags=["accounts"])
