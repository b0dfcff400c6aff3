"""Is the system asked first where it may be, and does the browser do it wherever the system cannot?

The system's side is a stand-in, or is truly missing: Windows' own broker has not been tried.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from auth import microsoft_broker
from auth.experience import Experience
from auth.forecast import forecast
from auth.identity import Identity
from auth.keeper import Keeper
from auth.microsoft import MicrosoftProvider
from auth.outcome import Cure, Granted, Refused, Unreachable
from auth.problems import SignInProblem, WrongPerson
from auth.sandbox import SandboxProvider
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import INFO, MEIER, Desk, at_the_desk, identity
from tests.rigs.broker import Broker
from tests.rigs.program import Watch


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


@pytest.fixture
def mine(idp: SandboxProvider) -> Identity:
    return replace(identity(idp), broker=True)


@pytest.fixture
def keeper(mine: Identity, vault: Vault, watch: Watch) -> Keeper:
    return MicrosoftProvider(mine, vault, watch)


@pytest.fixture
def desk(idp: SandboxProvider) -> Iterator[Desk]:
    sitting = at_the_desk(idp)
    yield sitting
    sitting.leaves()


def forget_what_msal_loaded() -> None:
    sys.modules.pop("msal.broker", None)
    vars(sys.modules["msal"]).pop("broker", None)


@pytest.fixture
def _system_with_a_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """MSAL has one for each system, with the same calls."""
    switch = {"win32": "enable_broker_on_windows", "darwin": "enable_broker_on_mac"}
    monkeypatch.setitem(microsoft_broker.SWITCHES, sys.platform, switch.get(sys.platform, "enable_broker_on_linux"))
    forget_what_msal_loaded()
    yield
    forget_what_msal_loaded()


@pytest.fixture
def broker(idp: SandboxProvider, monkeypatch: pytest.MonkeyPatch, _system_with_a_broker: None) -> Broker:
    made = Broker(idp, MEIER)
    monkeypatch.setitem(sys.modules, "pymsalruntime", made.module())
    forget_what_msal_loaded()
    return made


def signed_in_by_browser(keeper: Keeper, desk: Desk) -> None:
    assert isinstance(keeper.sign_in(desk.attempt()).outcome, Granted)
    assert len(desk.opened) == 1
    session = keeper.session()
    assert session is not None
    assert not session.by_system
    assert isinstance(keeper.refresh(), Granted)


@pytest.mark.skipif(sys.platform == "win32", reason="there the system has a broker")
def test_a_system_without_a_broker_uses_the_browser(keeper: Keeper, desk: Desk) -> None:
    signed_in_by_browser(keeper, desk)


@pytest.mark.usefixtures("_system_with_a_broker")
def test_without_msals_extra_the_browser_does_it(
    keeper: Keeper, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "pymsalruntime", None)  # as if it were not installed
    signed_in_by_browser(keeper, desk)
    assert "msal[broker]" in caplog.text


def test_a_broker_that_does_not_start_leaves_it_to_the_browser_and_opens_none_of_msals(
    keeper: Keeper, desk: Desk, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = broker.module()
    monkeypatch.setattr(
        module, "register_logging_callback", lambda _callback: _raise(RuntimeError("old Windows")), raising=False
    )
    monkeypatch.setitem(sys.modules, "pymsalruntime", module)
    signed_in_by_browser(keeper, desk)


def _raise(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("status", "context"),
    [
        ("Status_Unexpected", "0x80070005"),
        ("Status_AccountUnusable", ""),
        ("Status_Unexpected", "AADSTS50011: no such redirect"),
        ("Status_Unexpected", "AADSTS65001: no consent"),
    ],
)
def test_an_error_of_the_broker_leaves_it_to_the_browser(
    keeper: Keeper, desk: Desk, broker: Broker, status: str, context: str
) -> None:
    broker.status, broker.context = status, context
    signed_in_by_browser(keeper, desk)


def test_the_system_signs_in_without_a_browser_and_renews(
    keeper: Keeper, desk: Desk, broker: Broker, mine: Identity, vault: Vault, watch: Watch
) -> None:
    ended = keeper.sign_in(desk.attempt())
    assert isinstance(ended.outcome, Granted)
    assert (ended.session.username, ended.session.by_system) == (MEIER, True)
    assert broker.asked == [("silently", ""), ("dialog", MEIER)]
    assert desk.opened == []
    assert isinstance(keeper.refresh(), Granted)
    assert broker.asked[-1] == ("renew", "")
    restarted = MicrosoftProvider(mine, vault, watch)
    session = restarted.session()
    assert session is not None
    assert session.by_system
    assert isinstance(restarted.refresh(), Granted)
    assert forecast(session, Experience(), timedelta(days=7)) == []


def test_another_account_is_asked_for_without_a_hint(keeper: Keeper, desk: Desk, broker: Broker) -> None:
    attempt = desk.attempt()
    attempt.select_account = True
    assert isinstance(keeper.sign_in(attempt).outcome, Granted)
    assert broker.asked == [("dialog", "")]


def test_the_wrong_person_is_refused_there_too(
    keeper: Keeper, desk: Desk, broker: Broker, vault: Vault, idp: SandboxProvider
) -> None:
    keeper.sign_in(desk.attempt())
    before = vault.load("info")
    broker.address = INFO
    with pytest.raises(WrongPerson):
        keeper.sign_in(at_the_desk(idp).attempt())
    assert vault.load("info") == before
    assert desk.opened == []


def test_whoever_closes_the_dialog_is_not_bothered_by_a_browser(keeper: Keeper, desk: Desk, broker: Broker) -> None:
    broker.status = "Status_UserCanceled"
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(desk.attempt())
    assert problem.value.code == "sign_in_cancelled"
    assert desk.opened == []


@pytest.mark.parametrize(("cancelled", "code"), [(True, "sign_in_cancelled"), (False, "sign_in_timed_out")])
def test_a_dialog_that_nobody_closes_holds_nothing_up(
    keeper: Keeper, desk: Desk, broker: Broker, *, cancelled: bool, code: str
) -> None:
    broker.never_closed = True
    attempt = desk.attempt(seconds=0.4)
    if cancelled:
        attempt.cancel()
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(attempt)
    assert problem.value.code == code
    assert keeper.session() is None


def test_a_silent_request_is_answered_definitely_only_where_the_broker_is_definite(
    keeper: Keeper, desk: Desk, broker: Broker
) -> None:
    keeper.sign_in(desk.attempt())
    broker.status = "Status_Unexpected"
    assert isinstance(keeper.refresh(), Unreachable)
    broker.status = "Status_InteractionRequired"
    answer = keeper.refresh()
    assert isinstance(answer, Refused)
    assert answer.cure is Cure.SIGN_IN
    broker.context = "AADSTS53003: blocked"
    answer = keeper.refresh()
    assert isinstance(answer, Refused)
    assert answer.code == "AADSTS53003"
    broker.status, broker.knows_account = "", False
    assert keeper.refresh() is None
    broker.knows_account = True
    assert isinstance(keeper.refresh(), Granted)


def test_a_session_of_the_system_is_of_no_use_without_it(
    keeper: Keeper, desk: Desk, broker: Broker, vault: Vault, mine: Identity, watch: Watch
) -> None:
    keeper.sign_in(desk.attempt())
    assert broker.asked
    without = MicrosoftProvider(replace(mine, broker=False), vault, watch)
    assert without.refresh() is None
    signed_in_by_browser(without, desk)
