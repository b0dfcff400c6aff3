"""Who is let in, and who is not, when people really sign in: at Microsoft's and at any other provider."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from auth.http import Line
from auth.identity import Identity
from auth.keeper import Keeper
from auth.microsoft import MicrosoftClient
from auth.outcome import Granted, Refused
from auth.problems import SignInProblem, VaultProblem, WrongPerson
from auth.provider import SignedIn
from auth.providers import provider_for
from auth.sandbox import SandboxProvider
from auth.sandbox.robot import Robot
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import INFO, MEIER, at_the_desk
from tests.rigs.program import IMAP, SMTP, Watch


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


@pytest.fixture(params=["microsoft", "openid"])
def mine(request: pytest.FixtureRequest, idp: SandboxProvider) -> Identity:
    idp.habits.loop_limit, idp.person(INFO).consent = 0, "user"
    where: dict[str, Any] = {"authority": idp.authority} if request.param == "microsoft" else {"issuer": idp.issuer}
    return Identity("info", MEIER, idp.client_id, (IMAP, SMTP), ca_file=idp.ca_file, **where)


@pytest.fixture
def keeper(mine: Identity, vault: Vault, watch: Watch) -> Keeper:
    return provider(mine, vault, watch)


def provider(mine: Identity, vault: Vault, watch: Watch) -> Keeper:
    made = provider_for(mine, vault, watch)
    assert isinstance(made, Keeper)
    return made


def signs_in(idp: SandboxProvider, keeper: Keeper, address: str = MEIER) -> SignedIn:
    desk = at_the_desk(idp, address)
    try:
        return keeper.sign_in(desk.attempt())
    finally:
        desk.leaves()


def asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_an_alias_of_the_configuration_opens_the_door(
    idp: SandboxProvider, mine: Identity, vault: Vault, watch: Watch
) -> None:
    known = provider(replace(mine, aliases=("Info@HAUS.example",)), vault, watch)
    ended = signs_in(idp, known, INFO)
    assert ended.session.username == INFO
    assert not ended.renamed


def test_a_guest_is_known_by_the_home_address(idp: SandboxProvider, keeper: Keeper, mine: Identity) -> None:
    guest = "meier_haus.example#EXT#@verband.onmicrosoft.example"
    idp.person(MEIER).claims = {"preferred_username": guest, "upn": guest, "email": "other@haus.example"}
    assert isinstance(signs_in(idp, keeper).outcome, Granted)
    idp.person(MEIER).claims = {"preferred_username": guest.replace("meier", "mueller"), "email": None}
    idp.person(MEIER).first_address = "somebody@else.example"
    with pytest.raises(WrongPerson) as problem:
        signs_in(idp, keeper)
    assert problem.value.facts == {"expected": mine.person, "signed_in": "mueller@haus.example"}


def test_upper_and_lower_case_make_no_difference(
    idp: SandboxProvider, mine: Identity, vault: Vault, watch: Watch
) -> None:
    known = provider(replace(mine, person="MEIER@Haus.Example"), vault, watch)
    assert isinstance(signs_in(idp, known).outcome, Granted)


def test_a_changed_address_is_the_same_person_and_is_told(
    idp: SandboxProvider, keeper: Keeper, mine: Identity, vault: Vault, watch: Watch
) -> None:
    signs_in(idp, keeper)
    idp.rename(MEIER, "schulz@haus.example")
    idp.revoke("schulz@haus.example")
    watch.forward(days=1)
    assert isinstance(keeper.refresh(), Refused)
    ended = signs_in(idp, keeper, "schulz@haus.example")
    assert isinstance(ended.outcome, Granted)
    assert ended.renamed
    assert ended.session.username == "schulz@haus.example"
    restarted = provider(mine, vault, watch)
    assert restarted.session() == ended.session
    assert isinstance(restarted.refresh(), Granted)


def test_a_changed_address_is_nobody_where_nobody_was_signed_in(idp: SandboxProvider, keeper: Keeper) -> None:
    signs_in(idp, keeper)
    keeper.sign_out()
    idp.rename(MEIER, "schulz@haus.example")
    with pytest.raises(WrongPerson):
        signs_in(idp, keeper, "schulz@haus.example")


def test_the_session_goes_on_once_the_configuration_has_the_changed_address(
    idp: SandboxProvider, keeper: Keeper, mine: Identity, vault: Vault, watch: Watch
) -> None:
    signs_in(idp, keeper)
    idp.rename(MEIER, "schulz@haus.example")
    signs_in(idp, keeper, "schulz@haus.example")
    corrected = provider(replace(mine, person="Schulz@haus.example"), vault, watch)
    assert isinstance(corrected.refresh(), Granted)
    by_alias = provider(replace(mine, person="post@haus.example", aliases=("schulz@haus.example",)), vault, watch)
    assert isinstance(by_alias.refresh(), Granted)
    assert provider(replace(mine, person=INFO), vault, watch).refresh() is None


def test_another_account_is_chosen_by_the_person_and_not_by_the_browser(
    idp: SandboxProvider, keeper: Keeper, mine: Identity
) -> None:
    browser = Robot(idp.ca_file)
    somebody = at_the_desk(idp, INFO)
    somebody.robot = browser
    with pytest.raises(WrongPerson):
        keeper.sign_in(somebody.attempt())
    somebody.leaves()
    right = at_the_desk(idp)
    right.robot = browser
    attempt = right.attempt()
    attempt.select_account = True
    assert isinstance(keeper.sign_in(attempt).outcome, Granted)
    right.leaves()
    first = asked(right.opened[0])
    assert "login_hint" not in first, "Entra refuses a hint together with select_account"
    assert first["prompt"] == (["select_account"] if mine.authority else ["select_account consent"])
    assert asked(somebody.opened[0])["login_hint"] == [MEIER]


def test_damage_of_the_token_file_keeps_nobody_from_signing_in(
    idp: SandboxProvider, keeper: Keeper, mine: Identity, vault: Vault, watch: Watch, tmp_path: Path
) -> None:
    signs_in(idp, keeper)
    file = tmp_path / "vault" / "account-info.vault"
    file.write_bytes(file.read_bytes()[:-1])
    restarted = provider(mine, vault, watch)
    with pytest.raises(VaultProblem):
        restarted.session()
    with pytest.raises(WrongPerson):
        signs_in(idp, restarted, INFO)
    with pytest.raises(VaultProblem):
        restarted.session()
    assert isinstance(signs_in(idp, restarted).outcome, Granted)
    assert provider(mine, vault, watch).session()


def test_an_id_token_that_names_nobody_changes_nothing(idp: SandboxProvider, keeper: Keeper, vault: Vault) -> None:
    signs_in(idp, keeper)
    before = vault.load("info")
    idp.person(MEIER).claims = {"preferred_username": "", "email": "", "upn": None}
    with pytest.raises(SignInProblem) as problem:
        signs_in(idp, keeper)
    assert problem.value.code == "nobody_named"
    assert vault.load("info") == before


CLOUDS = {
    "the global one": "https://login.microsoftonline.com",
    "US Government": "https://login.microsoftonline.us",
    "China, operated by 21Vianet": "https://login.partner.microsoftonline.cn",
    "one that MSAL does not know": "https://login.cloud.example",
}


@pytest.mark.parametrize("host", CLOUDS.values(), ids=CLOUDS.keys())
def test_each_cloud_is_asked_itself_and_no_other(idp: SandboxProvider, mine: Identity, watch: Watch, host: str) -> None:
    class Elsewhere(Line):
        """As if the sandbox had that name in the DNS."""

        asked: ClassVar[list[str]] = []

        def get(self, url: str, **options: Any) -> requests.Response:
            self.asked.append(url)
            return super().get(url.replace(host, idp.url), **options)

    Elsewhere.asked.clear()
    there = replace(mine, authority=f"{host}/organizations", issuer="")
    client = MicrosoftClient(there, Elsewhere(idp.ca_file), watch)
    assert client.begin((), "http://localhost:1", "the-state", MEIER).url.startswith(idp.url)
    assert Elsewhere.asked == [f"{host}/organizations/v2.0/.well-known/openid-configuration"]
