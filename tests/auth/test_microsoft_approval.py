"""What if mail is approved already, not yet, or not at all, when somebody signs in at Microsoft's?"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from auth.keeper import Keeper
from auth.microsoft import MicrosoftProvider
from auth.outcome import Cure, Granted, Refused
from auth.problems import SignInProblem
from auth.sandbox import SandboxProvider
from auth.sandbox.headless import Headless
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import INFO, MEIER, at_the_desk, identity
from tests.rigs.program import Watch


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


def provider(idp: SandboxProvider, vault: Vault, watch: Watch, person: str = MEIER) -> Keeper:
    return MicrosoftProvider(identity(idp, person), vault, watch)


def test_where_mail_is_approved_already_the_person_is_asked_once(
    idp: SandboxProvider, vault: Vault, watch: Watch
) -> None:
    idp.grant_consent(MEIER)
    keeper, desk = provider(idp, vault, watch), at_the_desk(idp)
    assert isinstance(keeper.sign_in(desk.attempt()).outcome, Granted)
    desk.leaves()
    assert [seen.endpoint for seen in idp.requests].count("authorize") == 1


def test_where_approval_is_missing_the_session_is_kept(idp: SandboxProvider, vault: Vault, watch: Watch) -> None:
    keeper, desk = provider(idp, vault, watch, INFO), at_the_desk(idp, INFO)
    ended = keeper.sign_in(desk.attempt())
    desk.leaves()
    assert isinstance(ended.outcome, Refused)
    assert (ended.outcome.cure, ended.outcome.code[:6]) == (Cure.CONSENT, "AADSTS")
    assert desk.shown == ["<p>signed in"]
    restarted = provider(idp, vault, watch, INFO)
    assert restarted.session() == ended.session
    refused = restarted.token()
    assert isinstance(refused, Refused)
    assert (refused.code, refused.cure) == ("AADSTS65001", Cure.CONSENT)
    idp.grant_consent()
    assert isinstance(restarted.refresh(), Granted)
    assert isinstance(provider(idp, vault, watch, INFO).token(), Granted)


@pytest.mark.parametrize("says", ["65004", "subcode", "consent_required"])
def test_a_person_who_declines_stays_signed_in(idp: SandboxProvider, vault: Vault, watch: Watch, says: str) -> None:
    idp.grant_consent(MEIER, ["openid", "profile", "offline_access"])
    idp.tenant.habits.decline_says = says  # type: ignore[assignment]  # the parameter is one of its values
    keeper, desk = provider(idp, vault, watch), at_the_desk(idp, accepts=False)
    ended = keeper.sign_in(desk.attempt())
    desk.leaves()
    assert isinstance(ended.outcome, Refused)
    assert ended.outcome.cure is (Cure.CONSENT if says == "subcode" else Cure.SIGN_IN)
    assert keeper.session() == ended.session


def test_a_tab_closed_on_the_page_for_mail_leaves_the_person_signed_in(
    idp: SandboxProvider, vault: Vault, watch: Watch
) -> None:
    idp.grant_consent(MEIER, ["openid", "profile", "offline_access"])
    keeper, desk, last = provider(idp, vault, watch), at_the_desk(idp), list[str]()
    attempt = desk.attempt()

    def walk_half_way() -> None:
        browser = Headless(idp.ca_file)
        page = browser.press(browser.open(desk.opened[0]), "submit", {"password": "demo"})
        last.append(browser.press(page, "continue").name)
        attempt.cancel()

    def browse(url: str) -> bool:
        desk.opened.append(url)
        desk.threads.append(threading.Thread(target=walk_half_way))
        desk.threads[0].start()
        return True

    attempt.browse = browse
    ended = keeper.sign_in(attempt)
    desk.leaves()
    assert last == ["consent"]
    assert isinstance(ended.outcome, Refused)
    assert ended.outcome.code == "AADSTS65001"
    assert keeper.session() == ended.session


def test_a_tenant_that_lets_nobody_in_without_approval_says_so(
    idp: SandboxProvider, vault: Vault, watch: Watch
) -> None:
    idp.add_person("neu@haus.example", consent="none")
    idp.tenant.habits.back_says_why = True
    keeper, desk = provider(idp, vault, watch, "neu@haus.example"), at_the_desk(idp, "neu@haus.example")
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(desk.attempt())
    desk.leaves()
    assert problem.value.code == "AADSTS90094"
    assert problem.value.refused
    assert problem.value.refused.cure is Cure.CONSENT
    assert keeper.session() is None
    idp.tenant.habits.back_says_why = False
    with pytest.raises(SignInProblem) as problem:
        keeper.sign_in(at_the_desk(idp, "neu@haus.example").attempt())
    assert problem.value.code == "access_denied"
