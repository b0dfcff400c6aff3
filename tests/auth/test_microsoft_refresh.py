"""What does a refresh at Microsoft's bring, and what of it is on the disk?"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from auth.identity import Identity
from auth.keeper import Keeper
from auth.microsoft import MicrosoftProvider
from auth.outcome import Granted, Refused, Unreachable
from auth.problems import VaultProblem
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


def asked(idp: SandboxProvider) -> int:
    return [seen.grant for seen in idp.requests].count("refresh_token")


def kept_refresh_token(vault: Vault) -> str:
    cache = json.loads(json.loads(vault.load("info") or b"")["cache"])
    (token,) = cache["RefreshToken"].values()
    return str(token["secret"])


def test_nobody_signed_in_is_neither_an_error_nor_an_answer(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper = MicrosoftProvider(identity(idp), vault, watch)
    assert (keeper.session(), keeper.token(), keeper.refresh()) == (None, None, None)
    assert asked(idp) == 0


def test_the_token_is_good_for_five_minutes_at_least(idp: SandboxProvider, keeper: Keeper, watch: Watch) -> None:
    first = keeper.token()
    assert isinstance(first, Granted)
    assert first.expires_at - watch.now >= timedelta(minutes=30)
    while (watch.now + timedelta(minutes=5)) <= first.expires_at:
        assert keeper.token() == first
        watch.forward(minutes=5)
    before = asked(idp)
    second = keeper.token()
    assert isinstance(second, Granted)
    assert second.access_token != first.access_token
    assert second.expires_at - watch.now >= timedelta(minutes=5)
    assert asked(idp) == before + 1


def test_the_rotated_token_is_on_the_disk_before_refresh_returns(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, watch: Watch
) -> None:
    before = kept_refresh_token(vault)
    assert isinstance(keeper.refresh(), Granted)
    after = kept_refresh_token(vault)
    assert after != before
    restarted = MicrosoftProvider(identity(idp), vault, watch)  # as after a kill right then
    session = restarted.session()
    assert session is not None
    assert session.refreshed_at == watch.now
    assert isinstance(restarted.refresh(), Granted)
    assert kept_refresh_token(vault) != after


def test_a_token_that_cannot_be_saved_is_a_problem_and_saved_next_time(
    keeper: Keeper, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept_refresh_token(vault)

    def full(account: str, data: bytes) -> None:
        raise VaultProblem(f"{account}: no room for {len(data)} bytes", code="vault_unwritable")

    with monkeypatch.context() as patch:
        patch.setattr(vault, "save", full)
        with pytest.raises(VaultProblem):
            keeper.refresh()
    assert kept_refresh_token(vault) == before
    assert isinstance(keeper.refresh(), Granted)
    assert kept_refresh_token(vault) != before


def test_refreshing_in_time_keeps_a_session_alive_beyond_the_limit(keeper: Keeper, watch: Watch) -> None:
    for _ in range(3):
        watch.forward(days=80)
        assert isinstance(keeper.refresh(), Granted)


def test_eight_threads_that_want_a_token_cause_one_refresh(idp: SandboxProvider, keeper: Keeper) -> None:
    before, start = asked(idp), Barrier(8)

    def want() -> object:
        start.wait()
        return keeper.token()

    with ThreadPoolExecutor(8) as pool:
        tokens = [pool.submit(want) for _ in range(8)]
        answers = {str(each.result()): each.result() for each in tokens}
    assert len(answers) == 1
    assert isinstance(next(iter(answers.values())), Granted)
    assert asked(idp) == before + 1


def test_threads_that_wait_share_a_bad_answer_too(idp: SandboxProvider, keeper: Keeper) -> None:
    idp.revoke(MEIER)
    before, start = asked(idp), Barrier(8)

    def want() -> object:
        start.wait()
        return keeper.token()

    with ThreadPoolExecutor(8) as pool:
        answers = [each.result() for each in [pool.submit(want) for _ in range(8)]]
    assert all(isinstance(answer, Refused) for answer in answers)
    assert asked(idp) == before + 1


def test_a_start_without_the_network_raises_nothing(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, watch: Watch
) -> None:
    assert keeper.session() is not None
    idp.offline()
    restarted = MicrosoftProvider(identity(idp), vault, watch)
    assert restarted.session() == keeper.session()
    for answer in (restarted.token(), restarted.refresh()):
        assert isinstance(answer, Unreachable)
        assert answer.code == "network"
    idp.online()
    assert isinstance(restarted.refresh(), Granted)


def test_a_clock_that_was_wrong_leaves_no_token_that_seems_valid_for_years(
    keeper: Keeper, idp: SandboxProvider, vault: Vault, watch: Watch
) -> None:
    watch.forward(days=80)
    assert isinstance(keeper.refresh(), Granted)
    watch.forward(days=-80)
    before = asked(idp)
    restarted = MicrosoftProvider(identity(idp), vault, watch)
    assert isinstance(restarted.token(), Granted)
    assert asked(idp) == before + 1


def test_a_session_of_another_person_or_program_is_not_used(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, watch: Watch
) -> None:
    assert keeper.session() is not None
    mine = identity(idp)
    for other in (
        Identity("info", "other@haus.example", mine.client_id, mine.scopes, mine.authority, ca_file=mine.ca_file),
        Identity("info", MEIER, "another-program", mine.scopes, mine.authority, ca_file=mine.ca_file),
    ):
        assert MicrosoftProvider(other, vault, watch).session() is None
    assert MicrosoftProvider(mine, vault, watch).session() is not None


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cache": 5}', b"\xff"])
def test_an_entry_of_another_shape_is_damage(idp: SandboxProvider, vault: Vault, watch: Watch, content: bytes) -> None:
    vault.save("info", content)
    with pytest.raises(VaultProblem) as problem:
        MicrosoftProvider(identity(idp), vault, watch).session()
    assert problem.value.code == "vault_damaged"
    assert vault.load("info") == content


def test_nothing_secret_reaches_the_log(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        granted = keeper.refresh()
        idp.captive_portal(1)
        keeper.refresh()
    assert isinstance(granted, Granted)
    for secret in (granted.access_token, kept_refresh_token(vault)):
        assert secret not in caplog.text
    assert granted.access_token not in repr(granted)


def test_a_provider_that_is_silent_is_not_asked_again_for_each_token(
    keeper: Keeper, idp: SandboxProvider, watch: Watch
) -> None:
    idp.fail_next(503, times=-1)
    before = asked(idp)
    assert isinstance(keeper.token(), Unreachable)
    assert isinstance(keeper.token(), Unreachable)
    assert asked(idp) == before + 1
    watch.forward(seconds=15)
    idp.online()
    assert isinstance(keeper.token(), Granted)


def test_a_provider_that_wants_a_pause_gets_it_and_the_rest_of_it_is_told(
    keeper: Keeper, idp: SandboxProvider, watch: Watch
) -> None:
    idp.throttle(120)
    first = keeper.token()
    watch.forward(seconds=90)
    before, rest = asked(idp), keeper.token()
    assert isinstance(first, Unreachable)
    assert rest == Unreachable("throttled", first.detail, timedelta(seconds=30))
    assert asked(idp) == before
    watch.forward(seconds=31)
    assert isinstance(keeper.token(), Granted)
