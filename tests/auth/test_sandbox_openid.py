"""Does the sandbox also pass for a provider that is not Microsoft's, down to Google's habits?"""

from __future__ import annotations

import base64

import jwt
import pytest

from auth.sandbox import SandboxProvider
from tests.rigs.program import Program, claims, posted, redirected

MEIER = "meier@haus.example"
GMAIL = "openid email https://mail.google.com/"
OFFLINE = f"{GMAIL} offline_access"


@pytest.fixture
def plain(idp: SandboxProvider) -> Program:
    return Program(idp, is_open=True)


@pytest.mark.parametrize("path", ["", "/any/path"])
def test_discovery_names_the_issuer_it_was_asked_at(plain: Program, idp: SandboxProvider, path: str) -> None:
    found = plain.get(f"{idp.url}{path}/.well-known/openid-configuration").json()
    assert found["issuer"] == idp.url + path
    assert found["token_endpoint"] == f"{idp.url}{path}/connect/token"
    assert found["code_challenge_methods_supported"] == ["S256"]


def test_a_sign_in_brings_tokens_that_name_the_issuer(plain: Program, idp: SandboxProvider) -> None:
    tokens = plain.sign_in(MEIER, OFFLINE)
    keys = jwt.PyJWKSet.from_dict(plain.get(f"{idp.url}/connect/keys").json())
    identity = claims(tokens["id_token"])
    assert (identity["iss"], identity["email"], identity["email_verified"]) == (idp.issuer, MEIER, True)
    assert jwt.get_unverified_header(tokens["id_token"])["kid"] == keys.keys[0].key_id
    assert idp.owner_of(tokens["access_token"]) == MEIER
    assert "client_info" not in tokens
    userinfo = plain.get(f"{idp.url}/connect/userinfo", Authorization=f"Bearer {tokens['access_token']}")
    assert userinfo.json()["email"] == MEIER


def test_the_answer_comes_by_query_unless_asked_otherwise(plain: Program) -> None:
    plain.sign_in(MEIER, OFFLINE)
    assert "code" in redirected(plain.get(plain.url(OFFLINE, response_mode=None)))


def test_refreshing_rotates_the_token_or_not(plain: Program, idp: SandboxProvider) -> None:
    tokens = plain.sign_in(MEIER, OFFLINE)
    assert plain.refresh(tokens, "")["refresh_token"] != tokens["refresh_token"]
    idp.habits.rotates = False
    assert "refresh_token" not in plain.refresh(tokens, "")


def test_more_than_was_granted_is_not_given(plain: Program) -> None:
    tokens = plain.sign_in(MEIER, OFFLINE)
    assert plain.refresh(tokens, f"{OFFLINE} calendar")["error"] == "invalid_scope"


def test_a_session_that_is_over_is_refused_in_googles_words(plain: Program, idp: SandboxProvider) -> None:
    tokens = plain.sign_in(MEIER, OFFLINE)
    idp.revoke(MEIER)
    assert plain.refresh(tokens, "") == {
        "error": "invalid_grant",
        "error_description": "Token has been expired or revoked.",
    }


def test_a_program_can_give_its_token_back(plain: Program, idp: SandboxProvider) -> None:
    tokens = plain.sign_in(MEIER, OFFLINE)
    assert plain.post(f"{idp.url}/connect/revoke", token=tokens["refresh_token"]).status_code == 200
    assert plain.refresh(tokens, "")["error"] == "invalid_grant"


def test_google_gives_a_refresh_token_once_and_only_for_offline_access(plain: Program, idp: SandboxProvider) -> None:
    idp.act_like_google()
    assert "refresh_token" not in plain.sign_in(MEIER, GMAIL)
    assert "refresh_token" not in plain.sign_in(MEIER, GMAIL, access_type="offline")  # consent was given before
    tokens = plain.sign_in(MEIER, GMAIL, access_type="offline", prompt="consent")
    assert "refresh_token" in tokens
    assert "refresh_token" not in plain.refresh(tokens, "")


def test_declining_reaches_the_program(plain: Program) -> None:
    answer = posted(plain.browser.press(plain.password(MEIER, GMAIL), "cancel"))
    assert answer["error"] == "access_denied"
    assert "AADSTS" not in answer["error_description"]


def test_a_secret_may_be_optional_and_travels_in_either_way(plain: Program, idp: SandboxProvider) -> None:
    idp.add_client("desktop", secret="s3cret", secret_optional=True)
    idp.grant_consent()
    codes = [posted(plain.password(MEIER, GMAIL, client_id="desktop", prompt="login"))["code"] for _ in range(3)]
    assert "access_token" in plain.redeem(codes[0], client_id="desktop")
    assert "access_token" in plain.redeem(codes[1], client_id="desktop", client_secret="s3cret")
    basic = base64.b64encode(b"desktop:s3cret").decode()
    plain._session.headers["Authorization"] = f"Basic {basic}"
    assert "access_token" in plain.redeem(codes[2], client_id="")
