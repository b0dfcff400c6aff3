"""How does a sign-in at Microsoft's end, and what is held afterwards?"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from auth.keeper import Keeper
from auth.microsoft import MicrosoftProvider
from auth.outcome import Granted, Refused
from auth.problems import AccountChanged, SignInProblem, VaultProblem, WrongPerson
from auth.sandbox import SandboxProvider
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import INFO, MEIER, at_the_desk, identity
from tests.rigs.program import Watch


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


def provider(idp: SandboxProvider, vault: Vault, watch: Watch, person: str = MEIER) -> Keeper:
    return MicrosoftProvider(identity(idp, person), vault, watch)


def signed_in(idp: SandboxProvider, vault: Vault, watch: Watch, person: str = MEIER) -> Keeper:
    keeper, desk = provider(idp, vault, watch, person), at_the_desk(idp, person)
    keeper.sign_in(desk.attempt())
    desk.leaves()
    return keeper


def codes_of(idp: SandboxProvider) -> list[int]:
    return [seen.code for seen in idp.requests if seen.endpoint == "token"]


def test_identity_first_then_mail_all_in_one_tab(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper, desk = provider(idp, vault, watch), at_the_desk(idp)
    ended = keeper.sign_in(desk.attempt())
    desk.leaves()
    assert isinstance(ended.outcome, Granted)
    assert idp.owner_of(ended.outcome.access_token) == MEIER
    assert (ended.session.username, ended.session.signed_in_at) == (MEIER, watch.now)
    assert desk.shown == ["<p>signed in"]
    assert len(desk.opened) == 1
    assert codes_of(idp) == [0, 65001, 0]


def test_an_address_is_the_same_in_capitals(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper, desk = provider(idp, vault, watch, "Meier@HAUS.example"), at_the_desk(idp)
    assert keeper.sign_in(desk.attempt()).session.username == MEIER
    desk.leaves()


def test_the_session_survives_a_restart_without_the_network(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    before = signed_in(idp, vault, watch).session()
    began = watch.now
    watch.forward(hours=3)
    idp.offline()
    restarted = provider(idp, vault, watch)
    assert restarted.session() == before
    assert before is not None
    assert (before.signed_in_at, before.refreshed_at) == (began, began)


def test_a_token_survives_a_restart_without_the_network(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    token = signed_in(idp, vault, watch).token()
    idp.offline()
    again = provider(idp, vault, watch).token()
    assert isinstance(token, Granted)
    assert isinstance(again, Granted)
    assert again.access_token == token.access_token


def test_the_wrong_person_is_named_and_nothing_changes(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper = signed_in(idp, vault, watch)
    before, token, stored = keeper.session(), keeper.token(), vault.load("info")
    watch.forward(minutes=1)
    desk = at_the_desk(idp, INFO)
    with pytest.raises(WrongPerson) as problem:
        keeper.sign_in(desk.attempt())
    desk.leaves()
    assert problem.value.facts == {"expected": MEIER, "signed_in": INFO}
    assert desk.shown == ["<p>wrong_person"]
    assert (keeper.session(), keeper.token(), vault.load("info")) == (before, token, stored)
    assert isinstance(keeper.refresh(), Granted)


def test_a_second_sign_in_replaces_the_first(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper = signed_in(idp, vault, watch)
    idp.revoke(MEIER)
    watch.forward(days=1)
    assert isinstance(keeper.refresh(), Refused)
    desk = at_the_desk(idp)
    ended = keeper.sign_in(desk.attempt())
    desk.leaves()
    assert isinstance(ended.outcome, Granted)
    assert ended.session.signed_in_at == watch.now
    assert isinstance(keeper.refresh(), Granted)
    assert (vault.load("info") or b"").count(b'\\"credential_type\\": \\"RefreshToken\\"') == 1


def test_a_blocked_person_learns_that_from_the_closing_page(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper = signed_in(idp, vault, watch)
    idp.fail_next(50126)
    desk = at_the_desk(idp)
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(desk.attempt())
    desk.leaves()
    assert problem.value.code == "AADSTS50126"
    assert desk.shown == ["<p>AADSTS50126"]
    assert isinstance(keeper.refresh(), Granted)


def test_a_closed_tab_times_out_and_cancelling_ends_it_at_once(
    idp: SandboxProvider, vault: Vault, watch: Watch
) -> None:
    keeper, desk = provider(idp, vault, watch), at_the_desk(idp)
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(desk.attempt(seconds=0.3, browse=lambda _: True))
    assert problem.value.code == "sign_in_timed_out"
    attempt = desk.attempt(browse=lambda _: True)
    threading.Timer(0.3, attempt.cancel).start()
    began = time.monotonic()
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(attempt)
    assert problem.value.code == "sign_in_cancelled"
    assert time.monotonic() - began < 5
    assert attempt.url.startswith(idp.authority)


def test_without_a_browser_that_is_the_problem(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    with pytest.raises(SignInProblem) as problem:
        provider(idp, vault, watch).sign_in(at_the_desk(idp).attempt(browse=lambda _: False))
    assert problem.value.code == "no_browser"


def test_offline_a_sign_in_says_so_and_opens_no_browser(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.offline()
    desk = at_the_desk(idp)
    with pytest.raises(SignInProblem) as problem:
        provider(idp, vault, watch).sign_in(desk.attempt())
    assert problem.value.code == "network"
    assert problem.value.refused is None
    assert desk.opened == []


def test_two_accounts_sign_in_at_the_same_time(idp: SandboxProvider, tmp_path: Path, watch: Watch) -> None:
    vault = Vault(tmp_path / "vault", MemoryKey())
    idp.grant_consent()
    keepers = {person: provider(idp, Vault(tmp_path / person, MemoryKey()), watch, person) for person in (MEIER, INFO)}
    desks = {person: at_the_desk(idp, person) for person in keepers}
    workers = [
        threading.Thread(target=keeper.sign_in, args=(desks[person].attempt(),)) for person, keeper in keepers.items()
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    for person, keeper in keepers.items():
        desks[person].leaves()
        session = keeper.session()
        assert session is not None
        assert session.username == person
    assert vault.load("info") is None


def test_a_token_is_given_out_while_somebody_signs_in(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper = signed_in(idp, vault, watch)
    opened = threading.Event()

    def browse(_: str) -> bool:
        opened.set()
        return True

    attempt = at_the_desk(idp).attempt(browse=browse)
    with ThreadPoolExecutor() as pool:
        ended = pool.submit(keeper.sign_in, attempt)
        assert opened.wait(10)
        assert isinstance(keeper.refresh(), Granted)
        attempt.cancel()
        with pytest.raises(SignInProblem):
            ended.result()


def test_a_vault_that_cannot_be_written_ends_the_sign_in_and_the_old_session_stays(
    idp: SandboxProvider, vault: Vault, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = signed_in(idp, vault, watch)
    stored = vault.load("info")

    def full(account: str, data: bytes) -> None:
        raise VaultProblem(f"{account}: {len(data)} bytes do not fit", code="vault_unwritable")

    monkeypatch.setattr(vault, "save", full)
    desk = at_the_desk(idp)
    with pytest.raises(VaultProblem):
        keeper.sign_in(desk.attempt())
    desk.leaves()
    assert desk.shown == ["<p>vault_unwritable"]
    assert vault.load("info") == stored


def test_signing_out_forgets_everything(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper = signed_in(idp, vault, watch)
    keeper.sign_out()
    assert (keeper.session(), keeper.token(), keeper.refresh(), vault.load("info")) == (None, None, None, None)
    assert provider(idp, vault, watch).session() is None


def test_a_retired_keeper_keeps_nothing_hands_out_nothing_and_can_still_sign_out(
    idp: SandboxProvider, vault: Vault, watch: Watch
) -> None:
    keeper, desk = provider(idp, vault, watch), at_the_desk(idp)

    def browse(url: str) -> bool:
        keeper.retire()
        return desk.browse(url)

    with pytest.raises(AccountChanged):
        keeper.sign_in(desk.attempt(browse=browse))
    desk.leaves()
    assert vault.load("info") is None
    for verb in (keeper.session, keeper.token, keeper.refresh):
        with pytest.raises(AccountChanged):
            verb()
    keeper.sign_out()
