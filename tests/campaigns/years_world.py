"""Offices over years, as they really are: policies, people, PCs and their days off. Knows nothing of Postwart."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from auth.outcome import Refused, Unreachable
from auth.refusals import refusal
from auth.sandbox.aadsts import INACTIVE, REVOKED, TABLE, TOO_OLD

BERLIN = ZoneInfo("Europe/Berlin")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ROLLING = timedelta(days=90)
BANK_HOLIDAYS = frozenset({(1, 1), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (10, 3), (12, 25), (12, 26)})
FAR = timedelta(days=4_000)


@dataclass(frozen=True)
class Rule:
    """From then on the tenant lets a sign-in last so long; None: for as long as it is used."""

    since: datetime
    limit: timedelta | None


@dataclass
class Login:
    """One sign-in as the tenant has it."""

    at: datetime
    renewed: datetime
    revoked: datetime | None = None


@dataclass(frozen=True)
class Tenant:
    rules: tuple[Rule, ...]
    inactivity: timedelta = ROLLING
    configured: timedelta | None = None  # what the administrator wrote into config.toml
    states_limits: bool = True  # False: its refusals do not say how long a sign-in lasts

    def limit(self, now: datetime) -> timedelta | None:
        return next((rule.limit for rule in reversed(self.rules) if rule.since <= now), None)

    def ends(self, login: Login) -> datetime | None:
        """When the sign-in will be too old, by the rules as they will be."""
        for rule, until in zip(self.rules, [*(each.since for each in self.rules[1:]), login.at + FAR], strict=True):
            end = max(rule.since, login.at + (rule.limit or FAR))
            if end < until:
                return end
        return None

    def refusal(self, login: Login, now: datetime) -> Refused | Unreachable | None:
        """In the words of the sandbox provider, which has them from Entra. None: the session lives."""
        limit = self.limit(now)
        if login.revoked and now >= login.revoked:
            return _said(REVOKED, login.at, valid_from=login.revoked)
        if now - login.renewed >= self.inactivity:
            return _said(INACTIVE, login.renewed, limit=_time_span(self.inactivity))
        if limit and now - login.at >= limit:
            return _said(TOO_OLD, login.at, limit=int(limit.total_seconds()) if self.states_limits else "")
        return None


@dataclass(frozen=True)
class Office:
    """Its working days, and when its PC runs. `off` are the days on which it is closed for holidays."""

    pc: str  # always | weekdays | hours
    off: frozenset[date]
    outages: tuple[tuple[datetime, datetime], ...]

    def works(self, now: datetime) -> bool:
        local = now.astimezone(BERLIN)
        return self.open(local.date()) and 8 <= local.hour < 17

    def open(self, day: date) -> bool:
        return day.weekday() < 5 and (day.month, day.day) not in BANK_HOLIDAYS and day not in self.off

    def pc_runs(self, now: datetime) -> bool:
        local = now.astimezone(BERLIN)
        match self.pc:
            case "always":
                return True
            case "weekdays":
                return self.open(local.date())
            case _:
                return self.open(local.date()) and 7 <= local.hour < 18

    def online(self, now: datetime) -> bool:
        return not any(begin <= now < end for begin, end in self.outages)


@dataclass
class Place:
    """One account, its office and its person, who reacts `at_once`, `late` (the last warning) or `never` (too late)."""

    id: str
    tenant: Tenant
    office: Office
    reacts: str
    passwords: list[datetime] = field(default_factory=list)


def places(seed: int, number: int, begin: datetime, years: int) -> Iterator[Place]:
    for n in range(number):
        chance = random.Random(f"{seed}/{n}")
        tenant = _tenant(chance, n, begin, years * 365)
        office = Office(
            chance.choices(["always", "weekdays", "hours"], [60, 20, 20])[0],
            frozenset(_holidays(chance, begin, years)),
            tuple(_outages(chance, begin, years)),
        )
        changes = sorted(begin + chance.random() * years * 365 * DAY for _ in range(chance.choice([0, 0, 1, 2, 3])))
        yield Place(f"a{n}", tenant, office, chance.choices(["at_once", "late", "never"], [60, 25, 15])[0], changes)


_MIX = ([None] * 9) + [ROLLING] * 3 + [30 * DAY] * 4 + [7 * DAY] * 2 + [DAY] * 2
"""Of twenty tenants: nine have no frequency, three 90 days, four 30, two 7, two one day."""


def _tenant(chance: random.Random, n: int, begin: datetime, days: int) -> Tenant:
    limit = _MIX[n % len(_MIX)]
    rules = [Rule(begin - FAR, limit)]
    if chance.random() < 0.15:
        other = chance.choice([each for each in (None, ROLLING, 30 * DAY, 7 * DAY) if each != limit])
        rules.append(Rule(begin + chance.uniform(0.2, 0.8) * days * DAY, other))
    inactivity = chance.choices([ROLLING, DAY, 12 * HOUR], [94, 4, 2])[0]
    configured = limit if chance.random() < 0.2 else None
    return Tenant(tuple(rules), inactivity, configured, states_limits=chance.random() < 0.95)


def _holidays(chance: random.Random, begin: datetime, years: int) -> Iterator[date]:
    """Three offices of four close in summer, nearly all between the years."""
    for year in range(begin.year, begin.year + years + 1):
        if chance.random() < 0.75:
            first = date(year, 7, 1) + chance.randrange(50) * DAY
            yield from (first + n * DAY for n in range(chance.choice([7, 14, 21])))
        if chance.random() < 0.9:
            yield from (date(year, 12, 24) + n * DAY for n in range(chance.choice([9, 12])))


def _outages(chance: random.Random, begin: datetime, years: int) -> Iterator[tuple[datetime, datetime]]:
    for _ in range(chance.randrange(2, 5) * years):
        start = begin + chance.random() * years * 365 * DAY
        yield start, start + chance.uniform(0.2, 48) * HOUR


def _said(number: int, issued: datetime, **facts: object) -> Refused | Unreachable:
    words = TABLE[number]
    text = words.text.format(**{"issued": f"{issued:%Y-%m-%dT%H:%M:%S}.0000000Z", "limit": "", **facts})
    return refusal(words.error, f"AADSTS{number}: {text}", [number], words.suberror)


def _time_span(span: timedelta) -> str:
    clock = f"{span.seconds // 3600:02}:00:00"
    return f"{span.days}.{clock}" if span.days else clock
