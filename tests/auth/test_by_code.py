"""A person signs in on another device with a code: at Microsoft's, and at any other provider that offers it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from auth.by_code import refused_poll
from auth.client import StillWaiting
from auth.http import NoToken
from auth.identity import Identity
from auth.keeper import Keeper
from auth.microsoft import MicrosoftProvider
from auth.openid import OpenIdProvider
from auth.outcome import Cure, Granted, Refused
from auth.problems import SignInProblem
from auth.provider import Attempt, DeviceCode, SignedIn
from auth.sandbox import SandboxProvider
from auth.sandbox.headless import Headless, Page
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import INFO, MEIER, identity
from tests.office import wait_until
from tests.rigs.program import Watch


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


@pytest.fixture(autouse=True)
def _quick(idp: SandboxProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    idp.habits.device_interval = 0
    monkeypatch.setattr("auth.by_code.QUICKEST", timedelta(seconds=0.05))


def attempt() -> Attempt:
    def browse(_url: str) -> bool:
        raise AssertionError("a sign-in by code opens no browser")

    return Attempt(browse, lambda _: "", timedelta(minutes=10), by_code=True)


class Phone:
    """Signs in with each code that is shown; `last` is the name of the last page."""

    def __init__(self, idp: SandboxProvider, address: str, *, accepts: bool = True) -> None:
        self.browser = Headless(idp.ca_file)
        self.address = address
        self.accepts = accepts
        self.codes: list[DeviceCode] = []
        self.last: list[str] = []

    def holds(self, shown: Attempt, until: Callable[[], bool]) -> None:
        known = ""
        while not until():
            if shown.code and shown.code.user_code != known:
                known = shown.code.user_code
                self.codes.append(shown.code)
                self.last.append(self._enter(shown.code).name)
            time.sleep(0.01)

    def _enter(self, code: DeviceCode) -> Page:
        page = self.browser.press(self.browser.open(code.url), "submit", {"code": code.user_code})
        if page.name == "pick":
            page = self.browser.press(page, "account-0")
        if page.name == "email":
            page = self.browser.press(page, "submit", {"email": self.address})
            page = self.browser.press(page, "submit", {"password": "demo"})
        if page.name == "consent":
            page = self.browser.press(page, "accept" if self.accepts else "cancel")
        if page.name == "approval":
            page = self.browser.press(page, "back-to-app")
        return page


def signed_in(keeper: Keeper, phone: Phone) -> SignedIn:
    shown, done = attempt(), threading.Event()
    hand = threading.Thread(target=phone.holds, args=(shown, done.is_set))
    hand.start()
    try:
        return keeper.sign_in(shown)
    finally:
        done.set()
        hand.join(10)
        assert shown.code is None


def later(shown: Attempt, does: Callable[[], None]) -> None:
    """Once a code is shown."""

    def wait() -> None:
        assert wait_until(lambda: shown.code)
        does()

    threading.Thread(target=wait).start()


def microsoft(idp: SandboxProvider, vault: Vault, watch: Watch, person: str = MEIER) -> Keeper:
    return MicrosoftProvider(identity(idp, person), vault, watch)


def test_where_mail_is_approved_already_one_code_is_enough(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.grant_consent(MEIER)
    keeper, phone = microsoft(idp, vault, watch), Phone(idp, MEIER)
    ended = signed_in(keeper, phone)
    assert isinstance(ended.outcome, Granted)
    assert [code.step for code in phone.codes] == [1]
    assert phone.codes[0].expires_at == watch() + timedelta(minutes=15)
    assert isinstance(microsoft(idp, vault, watch).refresh(), Granted)


def test_who_may_approve_mail_gets_a_second_code_for_it(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper, phone = microsoft(idp, vault, watch), Phone(idp, MEIER)
    assert isinstance(signed_in(keeper, phone).outcome, Granted)
    assert [code.step for code in phone.codes] == [1, 2]
    assert phone.last == ["done", "done"]


def test_where_an_administrator_has_to_approve_the_session_is_kept(
    idp: SandboxProvider, vault: Vault, watch: Watch
) -> None:
    keeper, phone = microsoft(idp, vault, watch, INFO), Phone(idp, INFO)
    ended = signed_in(keeper, phone)
    assert isinstance(ended.outcome, Refused)
    assert keeper.session() == ended.session
    idp.grant_consent()
    assert isinstance(keeper.refresh(), Granted)


def test_the_wrong_person_is_refused_here_too(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    with pytest.raises(SignInProblem) as problem:
        signed_in(microsoft(idp, vault, watch), Phone(idp, "chef@haus.example"))
    assert problem.value.code == "wrong_person"
    assert problem.value.facts == {"expected": MEIER, "signed_in": "chef@haus.example"}


def test_who_declines_ends_it(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    with pytest.raises(SignInProblem) as problem:
        signed_in(microsoft(idp, vault, watch), Phone(idp, MEIER, accepts=False))
    assert problem.value.code == "AADSTS65004"


def test_a_policy_that_blocks_codes_is_told_by_its_number(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.habits.device_blocked = True
    with pytest.raises(SignInProblem) as problem:
        signed_in(microsoft(idp, vault, watch), Phone(idp, MEIER))
    assert problem.value.code == "AADSTS530036"
    assert problem.value.texts[0] == "sign_in-AADSTS530036"


@pytest.mark.timeout(120)
def test_a_code_that_nobody_types_in_expires(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.habits.device_life = timedelta(seconds=1)
    idp.habits.device_interval = 1
    begun = time.monotonic()
    with pytest.raises(SignInProblem) as problem:
        microsoft(idp, vault, watch).sign_in(attempt())
    assert problem.value.code == "device_code_expired"
    assert time.monotonic() - begun < 5


def test_a_code_that_the_provider_forgot_is_over_as_well(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.habits.device_interval = 1
    shown = attempt()
    later(shown, lambda: watch.forward(minutes=20))
    with pytest.raises(SignInProblem) as problem:
        microsoft(idp, vault, watch).sign_in(shown)
    assert problem.value.code == "device_code_expired"


def test_cancelling_ends_it_at_once_however_long_the_interval(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.habits.device_interval = 60
    shown = attempt()
    later(shown, shown.cancel)
    begun = time.monotonic()
    with pytest.raises(SignInProblem) as problem:
        microsoft(idp, vault, watch).sign_in(shown)
    assert problem.value.code == "sign_in_cancelled"
    assert time.monotonic() - begun < 5


class Impatient(threading.Event):
    """Waits for nothing, and is set after some waits."""

    def __init__(self, waits: int) -> None:
        super().__init__()
        self.waits: list[float | None] = []
        self._most = waits

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        if len(self.waits) >= self._most:
            self.set()
        return self.is_set()


def test_slow_down_makes_the_interval_longer_for_good(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.habits.device_interval, idp.habits.device_slow_downs = 5, 2
    shown = attempt()
    shown.cancelled = waiting = Impatient(5)
    with pytest.raises(SignInProblem):
        microsoft(idp, vault, watch).sign_in(shown)
    assert waiting.waits == [5, 10, 15, 15, 15]


def test_a_silent_provider_is_asked_ever_more_rarely(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.habits.device_interval = 10
    shown = attempt()
    shown.cancelled = waiting = Impatient(6)
    idp.fail_next(503, times=4)
    with pytest.raises(SignInProblem):
        microsoft(idp, vault, watch).sign_in(shown)
    assert waiting.waits == [10, 20, 40, 60, 60, 60]


def test_a_provider_that_asks_for_patience_gets_it(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.habits.device_interval = 90
    shown = attempt()
    shown.cancelled = waiting = Impatient(2)
    idp.throttle(600)
    with pytest.raises(SignInProblem):
        microsoft(idp, vault, watch).sign_in(shown)
    assert waiting.waits == [90, 600]


def test_an_outage_does_not_end_it(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.grant_consent(MEIER)
    idp.fail_next(503, times=2)
    assert isinstance(signed_in(microsoft(idp, vault, watch), Phone(idp, MEIER)).outcome, Granted)


def test_any_provider_that_offers_codes_gives_them(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    me = Identity("info", MEIER, idp.client_id, ("mail",), issuer=idp.issuer, ca_file=idp.ca_file)
    phone = Phone(idp, MEIER)
    assert isinstance(signed_in(OpenIdProvider(me, vault, watch), phone).outcome, Granted)
    assert [code.step for code in phone.codes] == [1]
    assert isinstance(OpenIdProvider(me, vault, watch).refresh(), Granted)


@pytest.mark.parametrize(
    ("error", "code", "cure"),
    [
        ("expired_token", "device_code_expired", Cure.SIGN_IN),
        ("bad_verification_code", "device_code_expired", Cure.SIGN_IN),
        ("access_denied", "access_denied", Cure.CONSENT),
        ("authorization_declined", "access_denied", Cure.CONSENT),
        ("invalid_client", "invalid_client", Cure.VENDOR),
    ],
)
def test_what_ends_the_polling_has_its_meaning(error: str, code: str, cure: Cure) -> None:
    told = refused_poll({"error": error})
    assert isinstance(told, NoToken)
    assert isinstance(told.outcome, Refused)
    assert (told.outcome.code, told.outcome.cure) == (code, cure)


@pytest.mark.parametrize(("error", "slower"), [("authorization_pending", False), ("slow_down", True)])
def test_waiting_is_no_refusal(error: str, slower: bool) -> None:  # noqa: FBT001  a row of the table
    told = refused_poll({"error": error, "error_codes": [70016]})
    assert isinstance(told, StillWaiting)
    assert told.slower is slower
