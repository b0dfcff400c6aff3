"""Does a provider that is not Microsoft's serve as well: Google with its habits, and any other one?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from auth.discovery import Discovery, checked_metadata
from auth.http import Line, NoToken
from auth.identity import Identity
from auth.keeper import Keeper
from auth.openid import OpenIdClient, OpenIdProvider
from auth.outcome import Cure, Granted, Refused, Unreachable
from auth.problems import SignInProblem, VaultProblem, WrongPerson
from auth.providers import provider_for
from auth.sandbox import SandboxProvider
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import INFO, MEIER, at_the_desk
from tests.rigs.program import Program, Watch

GMAIL = "https://mail.google.com/"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


def identity(idp: SandboxProvider, **more: Any) -> Identity:
    usual: dict[str, Any] = {"client_id": idp.client_id, "issuer": idp.issuer, "ca_file": idp.ca_file}
    return Identity(**{"account": "info", "person": MEIER, "scopes": (GMAIL,), **usual, **more})


@pytest.fixture
def keeper(idp: SandboxProvider, vault: Vault, watch: Watch) -> Keeper:
    idp.tenant.habits.loop_limit = 0
    keeper, desk = OpenIdProvider(identity(idp), vault, watch), at_the_desk(idp)
    keeper.sign_in(desk.attempt())
    desk.leaves()
    return keeper


def kept(vault: Vault) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json.loads(vault.load("info") or b"")["cache"])
    return content


def test_the_configuration_says_which_provider_it_is(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    microsoft = Identity("info", MEIER, idp.client_id, (), authority=idp.authority)
    assert "MicrosoftClient" in repr(vars(provider_for(microsoft, vault, watch)))
    assert "OpenIdClient" in repr(vars(provider_for(identity(idp), vault, watch)))


@pytest.mark.parametrize("google", [True, False])
def test_one_sign_in_brings_session_and_mail(idp: SandboxProvider, vault: Vault, watch: Watch, *, google: bool) -> None:
    if google:
        idp.act_like_google()
    for _ in range(2):  # Google gives a refresh token once, unless asked well
        keeper, desk = OpenIdProvider(identity(idp), vault, watch), at_the_desk(idp)
        ended = keeper.sign_in(desk.attempt())
        desk.leaves()
        assert isinstance(ended.outcome, Granted)
        assert idp.owner_of(ended.outcome.access_token) == MEIER
        assert ended.session.username == MEIER
        assert desk.shown == ["<p>signed in"]
    asks = parse_qs(urlsplit(desk.opened[0]).query)
    assert asks["login_hint"] == [MEIER]
    assert asks["code_challenge_method"] == ["S256"]
    assert "response_mode" not in asks
    assert asks["redirect_uri"][0].startswith("http://127.0.0.1:"), "the only one that any port is fine for"


def test_the_session_and_the_token_survive_a_restart(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, watch: Watch
) -> None:
    session, token = keeper.session(), keeper.token()
    idp.offline()
    restarted = OpenIdProvider(identity(idp), vault, watch)
    assert (restarted.session(), restarted.token()) == (session, token)
    assert isinstance(restarted.refresh(), Unreachable)


@pytest.mark.parametrize("rotates", [True, False])
def test_a_refresh_keeps_the_newest_token_and_prolongs_the_session(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, watch: Watch, *, rotates: bool
) -> None:
    idp.habits.rotates = rotates
    before = kept(vault)["refresh_token"]
    watch.forward(days=1)
    assert isinstance(keeper.refresh(), Granted)
    assert (kept(vault)["refresh_token"] != before) == rotates
    session = OpenIdProvider(identity(idp), vault, watch).session()
    assert session is not None
    assert session.refreshed_at == watch.now
    assert isinstance(keeper.refresh(), Granted)


def test_the_wrong_person_is_named_and_nothing_changes(idp: SandboxProvider, keeper: Keeper, vault: Vault) -> None:
    before = vault.load("info")
    desk = at_the_desk(idp, INFO)
    with pytest.raises(WrongPerson) as problem:
        keeper.sign_in(desk.attempt())
    desk.leaves()
    assert problem.value.facts == {"expected": MEIER, "signed_in": INFO}
    assert vault.load("info") == before
    assert isinstance(keeper.refresh(), Granted)


def test_a_person_who_declines_is_not_signed_in(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper, desk = OpenIdProvider(identity(idp), vault, watch), at_the_desk(idp, accepts=False)
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(desk.attempt())
    desk.leaves()
    assert problem.value.code in {"access_denied", "AADSTS65004"}
    assert keeper.session() is None


def test_a_session_that_is_over_is_a_refusal_in_googles_words(
    idp: SandboxProvider, keeper: Keeper, vault: Vault
) -> None:
    idp.act_like_google()
    before = vault.load("info")
    idp.revoke(MEIER)
    answer = keeper.refresh()
    assert isinstance(answer, Refused)
    assert (answer.code, answer.cure) == ("invalid_grant", Cure.SIGN_IN)
    assert vault.load("info") == before


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (SandboxProvider.offline, "network"),
        (SandboxProvider.captive_portal, "captive_portal"),
        (lambda idp: idp.throttle(30), "throttled"),
        (lambda idp: idp.fail_next(503), "service_fault"),
        (lambda idp: idp.fail_next(429), "throttled"),
    ],
)
def test_no_answer_is_no_refusal(
    idp: SandboxProvider, keeper: Keeper, vault: Vault, trouble: Callable[[SandboxProvider], object], code: str
) -> None:
    before = vault.load("info")
    trouble(idp)
    answer = keeper.refresh()
    assert isinstance(answer, Unreachable), answer
    assert answer.code == code
    assert vault.load("info") == before


@pytest.mark.parametrize("secret", ["s3cret", "söme thing:+%"])
def test_a_program_with_a_secret_sends_it(idp: SandboxProvider, vault: Vault, watch: Watch, secret: str) -> None:
    idp.add_client("with-secret", secret=secret)
    keeper = OpenIdProvider(identity(idp, client_id="with-secret", client_secret=secret), vault, watch)
    desk = at_the_desk(idp)
    assert isinstance(keeper.sign_in(desk.attempt()).outcome, Granted)
    desk.leaves()
    assert isinstance(keeper.refresh(), Granted)


def test_a_wrong_secret_is_the_vendors_to_mend(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    idp.add_client("with-secret", secret="right")
    keeper = OpenIdProvider(identity(idp, client_id="with-secret", client_secret="wrong"), vault, watch)
    desk = at_the_desk(idp)
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(desk.attempt())
    desk.leaves()
    assert problem.value.refused is not None
    assert problem.value.refused.cure is Cure.VENDOR


def test_an_entry_of_another_shape_is_damage(idp: SandboxProvider, keeper: Keeper, vault: Vault, watch: Watch) -> None:
    assert keeper.session()
    entry = json.loads(vault.load("info") or b"")
    vault.save("info", json.dumps({**entry, "cache": "{}"}).encode())
    with pytest.raises(VaultProblem) as problem:
        OpenIdProvider(identity(idp), vault, watch).session()
    assert problem.value.code == "vault_damaged"


def test_a_box_left_unticked_is_told_at_the_sign_in_and_not_by_the_mail_server(
    idp: SandboxProvider, keeper: Keeper, vault: Vault
) -> None:
    before = vault.load("info")
    idp.habits.left_out = frozenset({GMAIL})
    desk = at_the_desk(idp)
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(desk.attempt())
    desk.leaves()
    assert problem.value.code == "scope_left_out"
    assert vault.load("info") == before


@pytest.mark.parametrize(
    ("said", "taken"),
    [("{issuer}", True), ("https://evil.example", False), ("{issuer}/", False), ("", False), (None, False)],
)
def test_an_answer_says_who_gives_it_where_the_provider_has_announced_that(
    idp: SandboxProvider, watch: Watch, said: str | None, *, taken: bool
) -> None:
    client = OpenIdClient(identity(idp), Line(idp.ca_file), watch)
    request = client.begin((GMAIL,), "http://localhost:1", "the-state", MEIER)
    answer = {"code": "made-up"} | ({} if said is None else {"iss": said.format(issuer=idp.issuer)})
    with pytest.raises(NoToken) as none:
        client.redeem(request, answer)
    assert (none.value.outcome.code != "provider_not_as_configured") is taken


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://login.example/token"},
        {"jwks_uri": ""},
        {"authorization_endpoint": None},
    ],
)
def test_metadata_that_lead_elsewhere_are_not_used(change: dict[str, object]) -> None:
    good = {
        "issuer": "https://login.example",
        "authorization_endpoint": "https://login.example/a",
        "token_endpoint": "https://login.example/t",
        "jwks_uri": "https://login.example/k",
    }
    assert checked_metadata(good, "https://login.example/") == good
    with pytest.raises(NoToken) as none:
        checked_metadata({**good, **change}, "https://login.example")
    assert isinstance(none.value.outcome, Refused)
    assert none.value.outcome.cure is Cure.VENDOR


def test_an_id_token_of_another_sign_in_is_not_taken(idp: SandboxProvider, keeper: Keeper, watch: Watch) -> None:
    assert keeper.session()
    token = Program(idp, is_open=True).sign_in(MEIER, "openid email offline_access")["id_token"]
    discovery = Discovery(idp.issuer, Line(idp.ca_file))

    def seconds() -> int:
        return int(watch.now.timestamp())

    assert discovery.claims(token, idp.client_id, "the-nonce", seconds)["email"] == MEIER
    head, body, signature = token.split(".")
    for bad, program, nonce in (
        (token, "another-program", "the-nonce"),
        (token, idp.client_id, "another-nonce"),
        (f"{head}.{body}.{signature[:-4]}AAAA", idp.client_id, "the-nonce"),
        (f"eyJhbGciOiJub25lIn0.{body}.", idp.client_id, "the-nonce"),
        ("rubbish", idp.client_id, "the-nonce"),
        ("", idp.client_id, "the-nonce"),
    ):
        with pytest.raises(NoToken) as none:
            discovery.claims(bad, program, nonce, seconds)
        assert none.value.outcome.code == "provider_not_as_configured"
