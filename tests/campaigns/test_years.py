"""A small dose of the simulated years: the goals of the large one hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from auth.outcome import Refused, Unreachable
from tests.campaigns.years import BEGIN, printed, years
from tests.campaigns.years_world import DAY, Login, Office, Place, Rule, Tenant, places

ALWAYS_OPEN = Office("always", frozenset(), ())


def test_a_year_of_twenty_offices_brings_no_surprise_that_could_be_known() -> None:
    table = years(places(1, 20, BEGIN, 1), 1, seed=1)
    total = table.total
    known = total.known - total.dark
    assert known > 400, printed(table)
    assert total.announced > 0.99 * known, printed(table)
    assert total.ahead > 0.99 * known, printed(table)
    assert total.false < 0.01 * total.dates, printed(table)
    assert table.lost == 0


def test_no_session_is_lost_for_want_of_a_question_after_an_outage() -> None:
    """Twelve hours without use end it, checks come every six, and the provider has faults of four hours."""
    outages = tuple((BEGIN + n * DAY * 1.3, BEGIN + n * DAY * 1.3 + timedelta(hours=4)) for n in range(120))
    unused = Tenant((Rule(BEGIN - DAY, None),), timedelta(hours=12))
    table = years([Place("a", unused, Office("always", frozenset(), outages), "never")], 1, seed=1)
    assert (table.lost, table.total.ends) == (0, 0)


class Capricious(Tenant):
    """States a limit and ends sign-ins ten days before it."""

    def ends(self, login: Login) -> datetime | None:
        return login.at + 20 * DAY

    def refusal(self, login: Login, now: datetime) -> Refused | Unreachable | None:
        return super().refusal(replace(login, at=login.at - 10 * DAY), now)


class Forgetful(Tenant):
    """Does not take a renewal for one."""

    def refusal(self, login: Login, now: datetime) -> Refused | Unreachable | None:
        return super().refusal(replace(login, renewed=login.at), now)


def test_what_goes_wrong_is_counted() -> None:
    """The simulation is able to fail."""
    thirty = (Rule(BEGIN - DAY, 30 * DAY),)
    told_late = years([Place("a", Capricious(thirty), ALWAYS_OPEN, "never")], 1, seed=1)
    assert told_late.rows["every 30 days"].false > 10, printed(told_late)
    lost = years(
        [Place("a", Forgetful((Rule(BEGIN - DAY, None),), timedelta(days=5)), ALWAYS_OPEN, "never")], 1, seed=1
    )
    assert lost.lost > 10
