"""Simulated years: how many sign-ins are announced in time, how many announcements are false, and is a session lost?

python -m tests.campaigns.years [--accounts 200] [--years 3] [--seed 1]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.campaigns.years_postwart import Desk, Life, desks
from tests.campaigns.years_world import BERLIN, DAY, HOUR, Office, Place, places

BEGIN = datetime(2027, 1, 4, tzinfo=UTC)
AHEAD = 3


@dataclass
class Row:
    """What became of the sign-ins that last so long in their tenants."""

    ends: int = 0  # that came, or would have come had the person not signed in before
    known: int = 0  # from the configuration, or because an earlier sign-in ended by the same limit
    dark: int = 0  # of these: the PC was off or offline whenever it could have been said in time
    announced: int = 0  # of the others: before the end
    ahead: int = 0  # of the others: at least three working days (Monday to Friday) ahead; of daily ones: before the end
    dates: int = 0  # that people were told
    false: int = 0  # of these: it did not come


@dataclass
class Table:
    rows: dict[str, Row] = field(default_factory=dict)
    unforeseen: Counter[str] = field(default_factory=Counter)
    relaxed: int = 0  # false dates in tenants that have changed their rule
    lost: int = 0

    @property
    def total(self) -> Row:
        total = Row()
        for row in self.rows.values():
            for name, value in vars(row).items():
                setattr(total, name, getattr(total, name) + value)
        return total


def years(offices: Iterable[Place], length: int, seed: int) -> Table:
    table, end = Table(), BEGIN + length * 365 * DAY
    for desk in desks(offices, BEGIN, end, seed):
        table.lost += desk.lost
        for life in desk.lives:
            _count(table, desk, life, end)
    return table


def _count(table: Table, desk: Desk, life: Life, end: datetime) -> None:
    office, tenant = desk.place.office, desk.place.tenant
    due = tenant.ends(life.login)
    limit = tenant.limit(due) if due else None
    row = table.rows.setdefault(_name(limit), Row())
    false = _count_dates(row, life, due)
    table.relaxed += false if len(tenant.rules) > 1 else 0
    if life.ended in {"AADSTS50173", "AADSTS700082"}:
        table.unforeseen[life.ended] += 1
        return
    if due is None or limit is None or due >= end or not life.ended:
        return
    row.ends += 1
    if life.known != limit:
        return
    row.known += 1
    if not any(_could_say(office, life, due, limit)):
        row.dark += 1
        return
    true = [each for each in life.warnings if _same(each.due, due, limit)]
    row.announced += bool(true)
    row.ahead += any(_in_time(each.at, due, limit) for each in true)


def _count_dates(row: Row, life: Life, due: datetime | None) -> int:
    """A person hears of a date once or several times; false is a date that did not come."""
    dates = {each.due for each in life.warnings}
    false = sum(due is None or not _same(date, due, timedelta(days=30)) for date in dates)
    row.dates += len(dates)
    row.false += false
    return false


def _same(said: datetime, due: datetime, limit: timedelta) -> bool:
    return abs(said - due) <= (HOUR if limit <= 2 * DAY else DAY)


def _in_time(said: datetime, due: datetime, limit: timedelta) -> bool:
    if limit <= 2 * DAY:
        return said < due
    day, last = said.astimezone(BERLIN).date(), due.astimezone(BERLIN).date()
    return sum((day + n * DAY).weekday() < 5 for n in range((last - day).days)) >= AHEAD


def _could_say(office: Office, life: Life, due: datetime, limit: timedelta) -> Iterator[bool]:
    """Hour by hour while there was time: did the PC run, with a line to sign in over?

    From the middle of the time given on, or from the third working day before; of daily ones in the office's hours.
    """
    for moment in _hours(max(life.login.at + HOUR, _earliest(due, limit)), due):
        wakes = limit > 2 * DAY or 7 <= moment.astimezone(BERLIN).hour < 17
        yield wakes and _in_time(moment, due, limit) and office.pc_runs(moment) and office.online(moment)


def _earliest(due: datetime, limit: timedelta) -> datetime:
    if limit <= 2 * DAY:
        return due - (8 * HOUR if due.astimezone(BERLIN).hour >= 8 else 16 * HOUR)
    day = due.astimezone(BERLIN).replace(hour=0, minute=0)
    while not _in_time(day, due, limit):
        day -= DAY
    return min(day, due - limit / 2)


def _hours(first: datetime, last: datetime) -> Iterator[datetime]:
    return (first + n * HOUR for n in range((last - first) // HOUR + 1))


def _name(limit: timedelta | None) -> str:
    return "no frequency" if limit is None else f"every {limit.days} days" if limit > DAY else "every day"


def printed(table: Table) -> str:
    lines = [
        "| sign-in | ends | known before | PC off or offline | announced | in time | dates told | false |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    order = ["no frequency", "every 90 days", "every 30 days", "every 7 days", "every day"]
    named = [(name, table.rows.get(name, Row())) for name in order] + [("all", table.total)]
    for name, row in named:
        lines.append(
            f"| {name} | {row.ends} | {row.known} | {row.dark} | {_share(row.announced, row.known - row.dark)} "
            f"| {_share(row.ahead, row.known - row.dark)} | {row.dates} | {_share(row.false, row.dates)} |"
        )
    revoked, inactive = table.unforeseen["AADSTS50173"], table.unforeseen["AADSTS700082"]
    lines += ["", f"Ended by a changed password: {revoked}; by inactivity while the PC was off: {inactive};"]
    lines += [f"false dates after the tenant changed its rule: {table.relaxed} of {table.total.false};"]
    lines += [f"lost to Postwart's own doing: {table.lost}."]
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    begun = time.monotonic()
    table = years(places(said.seed, said.accounts, BEGIN, said.years), said.years, said.seed)
    print(printed(table))
    print(f"\n{said.accounts} accounts, {said.years} years, seed {said.seed}, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
