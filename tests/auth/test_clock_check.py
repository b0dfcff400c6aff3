"""Is a wrong clock found, in the right direction, and does nothing fail because of it?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.clock_check import clock_error
from auth.keeper import Keeper
from auth.microsoft import MicrosoftProvider
from auth.openid import OpenIdProvider
from auth.outcome import Granted
from auth.sandbox import SandboxProvider
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import MEIER, at_the_desk, identity
from tests.rigs.program import Watch
from tray.health import State
from tray.picture import Picture, warnings
from tray.texts import Texts

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "off"),
    [
        ("Tue, 24 Nov 2026 12:00:00 GMT", timedelta()),
        ("Tue, 24 Nov 2026 12:05:00 GMT", timedelta()),
        ("Tue, 24 Nov 2026 12:05:01 GMT", -timedelta(minutes=5, seconds=1)),
        ("Tue, 24 Nov 2026 11:54:59 GMT", timedelta(minutes=5, seconds=1)),
        ("Wed, 25 Nov 2026 12:00:00 GMT", -timedelta(days=1)),
        ("Fri, 01 Jan 2016 12:00:00 GMT", NOW - datetime(2016, 1, 1, 12, tzinfo=UTC)),
        ("24.11.2026", timedelta()),
        ("", timedelta()),
        ("Tue, 99 Nov 2026 99:00:00 GMT", timedelta()),
    ],
)
def test_a_clock_is_wrong_from_five_minutes_on(date: str, off: timedelta) -> None:
    assert clock_error(date, NOW) == off


@given(date=st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} \d\d:\d\d:\d\d [-+A-Z0-9]{1,6}"))
def test_no_header_makes_it_stumble(date: str) -> None:
    assert isinstance(clock_error(date, NOW), timedelta)


@pytest.mark.parametrize(
    ("off", "de", "en"),
    [
        (timedelta(minutes=6), "Die Uhr dieses PCs geht 6 Minuten vor", "The clock of this PC is 6 minutes fast"),
        (-timedelta(minutes=90), "Die Uhr dieses PCs geht 90 Minuten nach", "The clock of this PC is 90 minutes slow"),
        (-timedelta(hours=3), "Die Uhr dieses PCs geht 3 Stunden nach", "The clock of this PC is 3 hours slow"),
        (timedelta(days=400), "Die Uhr dieses PCs geht 400 Tage vor", "The clock of this PC is 400 days fast"),
    ],
)
def test_it_is_said_which_way_and_how_much(off: timedelta, de: str, en: str) -> None:
    ((code, facts),) = warnings(Picture(State.OK, clock_error=off))
    assert [Texts(language).advise((code,), facts).title for language in ("de", "en")] == [de, en]


def test_a_clock_that_is_right_is_not_spoken_of() -> None:
    assert warnings(Picture(State.OK, warnings=("post_set_aside",))) == [("post_set_aside", {})]


@pytest.mark.parametrize("by", [timedelta(days=3), -timedelta(days=3), -timedelta(minutes=7)])
@pytest.mark.parametrize("kind", ["microsoft", "openid"])
def test_signing_in_and_refreshing_work_under_a_wrong_clock_and_it_is_found(
    idp: SandboxProvider, watch: Watch, tmp_path: Path, kind: str, by: timedelta
) -> None:
    """The id token's times are three days off, too."""
    idp.grant_consent(MEIER)
    idp.set_clock_wrong(by)
    keeper = provider(idp, Vault(tmp_path / "vault", MemoryKey()), watch, kind)
    desk = at_the_desk(idp)
    assert isinstance(keeper.sign_in(desk.attempt()).outcome, Granted)
    desk.leaves()
    assert isinstance(keeper.refresh(), Granted)
    assert abs(keeper.clock_error - by) < timedelta(seconds=2)
    idp.set_clock_wrong(timedelta())
    assert isinstance(keeper.refresh(), Granted)
    assert keeper.clock_error == timedelta()


def provider(idp: SandboxProvider, vault: Vault, watch: Watch, kind: str) -> Keeper:
    mine = identity(idp)
    if kind == "microsoft":
        return MicrosoftProvider(mine, vault, watch)
    plain = type(mine)("info", MEIER, idp.client_id, mine.scopes, issuer=idp.issuer, ca_file=idp.ca_file)
    return OpenIdProvider(plain, vault, watch)
