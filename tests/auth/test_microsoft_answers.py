"""What is made of each answer to a refresh at Microsoft's, and is a token ever lost by one?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from auth.identity import Identity
from auth.keeper import Keeper
from auth.microsoft import MicrosoftProvider
from auth.outcome import Cure, Granted, Refused, Unreachable
from auth.sandbox import SandboxProvider
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import MEIER, at_the_desk, identity
from tests.rigs.program import Watch

Trouble = Callable[[SandboxProvider], object]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


@pytest.fixture
def keeper(idp: SandboxProvider, vault: Vault, watch: Watch) -> Keeper:
    """Somebody is signed in, and an hour has passed: the access token is over."""
    idp.grant_consent(MEIER)
    idp.tenant.habits.loop_limit = 0
    keeper, desk = MicrosoftProvider(identity(idp), vault, watch), at_the_desk(idp)
    keeper.sign_in(desk.attempt())
    desk.leaves()
    watch.forward(hours=2)
    return keeper


def kept_refresh_token(vault: Vault) -> str:
    cache = json.loads(json.loads(vault.load("info") or b"")["cache"])
    (token,) = cache["RefreshToken"].values()
    return str(token["secret"])


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (SandboxProvider.offline, "network"),
        (SandboxProvider.close_connections, "network"),
        (SandboxProvider.captive_portal, "captive_portal"),
        (lambda idp: idp.throttle(30), "throttled"),
        (lambda idp: idp.fail_next(500), "service_fault"),
        (lambda idp: idp.fail_next(503), "service_fault"),
        (lambda idp: idp.fail_next(429), "throttled"),
        (lambda idp: idp.fail_next(90055), "throttled"),
        (lambda idp: idp.fail_next(50196), "throttled"),
        (lambda idp: idp.fail_next(90033), "service_fault"),
    ],
)
def test_no_answer_is_no_refusal_and_the_next_refresh_works(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, watch: Watch, trouble: Trouble, code: str
) -> None:
    before = vault.load("info")
    trouble(idp)
    answer = keeper.refresh()
    assert isinstance(answer, Unreachable), answer
    assert answer.code == code
    assert vault.load("info") == before
    idp.faults.clear()
    idp.online()
    watch.forward(seconds=31)
    assert isinstance(keeper.refresh(), Granted)


def test_a_throttled_service_says_how_long(idp: SandboxProvider, keeper: Keeper) -> None:
    idp.throttle(30)
    answer = keeper.refresh()
    assert isinstance(answer, Unreachable)
    assert answer.retry_after == timedelta(seconds=30)


def test_a_valid_access_token_does_not_hide_an_outage_from_a_refresh(idp: SandboxProvider, keeper: Keeper) -> None:
    granted = keeper.token()
    idp.offline()
    assert isinstance(keeper.refresh(), Unreachable)
    assert keeper.token() == granted


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (700082, Cure.SIGN_IN),
        (70043, Cure.SIGN_IN),
        (50173, Cure.SIGN_IN),
        (50076, Cure.SIGN_IN),
        (50057, Cure.ADMIN),
        (53003, Cure.ADMIN),
        (65001, Cure.CONSENT),
        (700016, Cure.ADMIN),
        (7000218, Cure.VENDOR),
    ],
)
def test_a_definite_refusal_costs_no_token_either(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, number: int, cure: Cure
) -> None:
    before = kept_refresh_token(vault)
    idp.fail_next(number)
    answer = keeper.refresh()
    assert isinstance(answer, Refused)
    assert (answer.code, answer.cure) == (f"AADSTS{number}", cure)
    assert kept_refresh_token(vault) == before
    assert keeper.session() is not None
    assert isinstance(keeper.refresh(), Granted), "the answer before must not be remembered for it"


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (lambda idp: idp.expire_inactive(MEIER), "AADSTS700082"),
        (lambda idp: idp.end_by_frequency(MEIER), "AADSTS70043"),
        (lambda idp: idp.revoke(MEIER), "AADSTS50173"),
        (lambda idp: idp.block(MEIER, 53003), "AADSTS53003"),
        (lambda idp: idp.disable(MEIER), "AADSTS50057"),
    ],
)
def test_a_valid_access_token_does_not_hide_a_session_that_is_over(
    idp: SandboxProvider, keeper: Keeper, ends: Trouble, code: str
) -> None:
    assert isinstance(keeper.refresh(), Granted)
    ends(idp)
    answer = keeper.refresh()
    assert isinstance(answer, Refused)
    assert answer.code == code


def test_a_refusal_that_is_known_to_be_spurious_is_tried_once_more(idp: SandboxProvider, keeper: Keeper) -> None:
    idp.fail_next(70000)
    assert isinstance(keeper.refresh(), Granted)
    idp.fail_next(70000, 2)
    answer = keeper.refresh()
    assert isinstance(answer, Refused)
    assert answer.code == "AADSTS70000"


def test_a_tenant_that_does_not_exist_is_a_definite_answer(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, watch: Watch
) -> None:
    assert keeper.session() is not None
    mine = identity(idp)
    entry = json.loads(vault.load("info") or b"")
    elsewhere = f"{idp.url}/nowhere.example"
    vault.save("info", json.dumps({**entry, "provider": elsewhere}).encode())
    moved = Identity("info", MEIER, mine.client_id, mine.scopes, elsewhere, ca_file=mine.ca_file)
    answer = MicrosoftProvider(moved, vault, watch).refresh()
    assert isinstance(answer, Refused)
    assert answer.cure is Cure.VENDOR
