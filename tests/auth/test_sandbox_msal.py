"""Does Microsoft's own library take the sandbox for Microsoft?"""

from __future__ import annotations

from typing import Any

import msal
import pytest

from auth.sandbox import SandboxProvider
from tests.rigs.program import IMAP, SMTP, Program, posted

MEIER = "meier@haus.example"


@pytest.fixture(autouse=True)
def _no_other_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """These would win over the sandbox's own, and over MSAL's `verify`."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


def app(idp: SandboxProvider, **more: Any) -> Any:
    usual = {"authority": idp.authority, "instance_discovery": False, "verify": str(idp.ca_file), "http_cache": {}}
    return msal.PublicClientApplication(idp.client_id, **usual | more)


def signed_in(application: Any, program: Program, scopes: list[str]) -> Any:
    flow = application.initiate_auth_code_flow(
        scopes, redirect_uri="http://localhost:1", response_mode="form_post", login_hint=MEIER
    )
    page = program.browser.press(program.browser.open(flow["auth_uri"]), "submit", {"password": "demo"})
    answer = posted(program.browser.press(page, "accept"))
    return application.acquire_token_by_auth_code_flow(flow, answer)


def test_identity_first_then_the_mail_scopes_silently_once_approved(idp: SandboxProvider, program: Program) -> None:
    application = app(idp)
    result = signed_in(application, program, [])
    assert result["id_token_claims"]["preferred_username"] == MEIER
    (account,) = application.get_accounts(MEIER)
    assert account["home_account_id"] == f"{idp.person(MEIER).id}.{idp.tenant_id}"
    refused = application.acquire_token_silent_with_error([IMAP, SMTP], account)
    assert (refused["error"], refused["classification"]) == ("invalid_grant", "consent_required")
    idp.grant_consent(MEIER)
    approved = app(idp, token_cache=application.token_cache)  # MSAL repeats a refusal from memory for 60 s
    assert idp.owner_of(approved.acquire_token_silent_with_error([IMAP, SMTP], account)["access_token"]) == MEIER


def test_a_forced_refresh_meets_the_truth_that_a_cached_token_hides(idp: SandboxProvider, program: Program) -> None:
    application = app(idp)
    signed_in(application, program, [IMAP])
    (account,) = application.get_accounts()
    idp.expire_inactive(MEIER)
    assert "access_token" in application.acquire_token_silent_with_error([IMAP], account)
    refused = application.acquire_token_silent_with_error([IMAP], account, force_refresh=True)
    assert refused["error_codes"] == [700082]


def test_the_other_way_to_name_an_authority_works_too(idp: SandboxProvider, program: Program) -> None:
    application = app(idp, authority=None, oidc_authority=f"{idp.url}/any/path")
    assert "access_token" in signed_in(application, program, ["mail"])


def test_a_device_code_is_taken_to_another_screen(idp: SandboxProvider, program: Program) -> None:
    idp.habits.device_interval = 1
    application = app(idp)
    flow = application.initiate_device_flow([IMAP])
    page = program.browser.press(program.browser.open(flow["verification_uri"]), "submit", {"code": flow["user_code"]})
    page = program.browser.press(page, "submit", {"email": MEIER})
    page = program.browser.press(page, "submit", {"password": "demo"})
    assert program.browser.press(page, "accept").name == "done"
    assert "access_token" in application.acquire_token_by_device_flow(flow)


def test_a_tenant_that_does_not_exist_is_told_at_once(idp: SandboxProvider) -> None:
    with pytest.raises(ValueError, match="tenant"):
        app(idp, authority=f"{idp.url}/elsewhere.example")
