"""What does the token endpoint give, what does it refuse, and in which words?"""

from __future__ import annotations

import re

import jwt
import pytest
from jwt.types import Options

from auth.sandbox import SandboxProvider
from tests.rigs.program import IDENTITY, IMAP, MAIL, SMTP, Answer, Program, Watch, claims, posted

MEIER = "meier@haus.example"


@pytest.fixture
def tokens(program: Program) -> Answer:
    return program.sign_in(MEIER)


def test_a_refusal_has_entras_shape(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    idp.revoke(MEIER)
    response = program.post(program.tokens, grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    body = response.json()
    assert response.status_code == 400
    assert body.keys() == {
        "error",
        "error_description",
        "error_codes",
        "timestamp",
        "trace_id",
        "correlation_id",
        "error_uri",
        "suberror",
    }
    assert (body["error"], body["suberror"], body["error_codes"]) == ("invalid_grant", "bad_token", [50173])
    shape = r"AADSTS50173: .+ Trace ID: [\w-]{36} Correlation ID: [\w-]{36} Timestamp: 2026-11-24 08:00:00Z"
    assert re.fullmatch(shape, body["error_description"])


def test_each_refresh_brings_a_new_token_and_the_old_one_goes_on_working(program: Program, tokens: Answer) -> None:
    renewed = program.refresh(tokens)
    assert renewed["refresh_token"] != tokens["refresh_token"]
    assert "access_token" in program.refresh(tokens)
    assert "access_token" in program.refresh(renewed)


def test_a_refresh_token_dies_by_its_own_age_not_by_the_last_use(
    program: Program, watch: Watch, tokens: Answer
) -> None:
    watch.forward(days=89)
    renewed = program.refresh(tokens)
    watch.forward(days=2)
    refused = program.refresh(tokens)
    assert (refused["error_codes"], refused["suberror"]) == ([700082], "bad_token")
    assert "issued on 2026-11-24T08:00:00.0000000Z and was inactive for 90.00:00:00." in refused["error_description"]
    assert "access_token" in program.refresh(renewed)


def test_a_sign_in_gets_too_old_although_it_was_refreshed_all_the_time(
    program: Program, idp: SandboxProvider, watch: Watch, tokens: Answer
) -> None:
    idp.sign_in_every(watch.now - watch.now.replace(day=17))
    watch.forward(days=6)
    renewed = program.refresh(tokens)
    watch.forward(days=1)
    refused = program.refresh(renewed)
    assert (refused["error_codes"], refused["suberror"]) == ([70043], "token_expired")
    assert "maximum allowed lifetime for this request is 604800." in refused["error_description"]
    assert program.open(login_hint=MEIER).name == "password"  # the browser's session is too old as well


@pytest.mark.parametrize(
    ("control", "code", "page"),
    [("revoke", 50173, "password"), ("expire_inactive", 700082, "continue"), ("end_by_frequency", 70043, "password")],
)
def test_a_session_that_was_ended_is_over_until_the_person_signs_in_again(
    program: Program, idp: SandboxProvider, tokens: Answer, control: str, code: int, page: str
) -> None:
    getattr(idp, control)(MEIER)
    assert program.refresh(tokens)["error_codes"] == [code]
    assert program.open(login_hint=MEIER).name == page
    assert "access_token" in program.refresh(program.sign_in(MEIER))
    assert program.refresh(tokens)["error_codes"] == [code]


def test_an_access_token_outlives_the_session_but_not_its_hour(
    idp: SandboxProvider, watch: Watch, tokens: Answer
) -> None:
    idp.revoke(MEIER)
    assert idp.owner_of(tokens["access_token"]) == MEIER
    watch.forward(seconds=tokens["expires_in"])
    assert idp.owner_of(tokens["access_token"]) is None


def test_an_access_token_can_be_withdrawn(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    other = program.refresh(tokens)
    idp.withdraw_access_token(tokens["access_token"])
    assert idp.owner_of(tokens["access_token"]) is None
    assert idp.owner_of(other["access_token"]) == MEIER


def test_garbage_and_foreign_signatures_belong_to_nobody(idp: SandboxProvider, tokens: Answer) -> None:
    assert idp.owner_of("garbage") is None
    head, body, _ = tokens["access_token"].split(".")
    assert idp.owner_of(f"{head}.{body}.{'A' * 342}") is None
    unsigned = jwt.encode(claims(tokens["access_token"]), "", algorithm="none")
    assert idp.owner_of(unsigned) is None


def test_what_a_token_is_good_for_stands_in_it(program: Program, idp: SandboxProvider) -> None:
    sending = program.sign_in(MEIER, f"{IDENTITY} {SMTP}")
    assert idp.permissions_of(sending["access_token"]) == ("SMTP.Send",)
    assert "azp" not in claims(sending["access_token"])
    assert len(sending["access_token"]) > 1500


def test_anybody_can_check_a_token_with_the_published_key(
    program: Program, idp: SandboxProvider, tokens: Answer
) -> None:
    keys = jwt.PyJWKSet.from_dict(program.get(f"{idp.authority}/discovery/v2.0/keys").json())
    assert jwt.get_unverified_header(tokens["access_token"])["kid"] == idp.kid
    for key in (keys[idp.kid], idp.signing_key_pem):
        options: Options = {"verify_exp": False, "verify_aud": False, "verify_iat": False, "verify_nbf": False}
        assert jwt.decode(tokens["access_token"], key, ["RS256"], options, issuer=idp.issuer)["scp"]


def test_a_code_works_once_and_not_for_long(program: Program, watch: Watch, tokens: Answer) -> None:
    assert tokens
    code = posted(program.open())["code"]
    assert "access_token" in program.redeem(code)
    assert program.redeem(code)["error_codes"] == [54005]
    late = posted(program.open())["code"]
    watch.forward(minutes=11)
    assert program.redeem(late)["error_codes"] == [70008]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code_verifier": "w" * 64}, 501481),
        ({"code_verifier": ""}, 501481),
        ({"redirect_uri": "http://localhost:2"}, 500112),
        ({"code": "made-up"}, 70000),
        ({"code": ""}, 900144),
        ({"client_id": "unknown"}, 700016),
        ({"client_id": ""}, 900144),
        ({"client_secret": "one too many"}, 700025),
        ({"grant_type": "password"}, 70003),
        ({"scope": f"{IMAP} https://graph.microsoft.com/User.Read"}, 28000),
    ],
)
def test_a_wrong_redemption_is_refused(program: Program, tokens: Answer, wrong: dict[str, str], code: int) -> None:
    assert tokens
    right = {"code": posted(program.open())["code"]}
    assert program.redeem(**right | wrong)["error_codes"] == [code]


def test_a_code_is_the_programs_own(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    assert tokens
    idp.add_client("another")
    assert program.redeem(posted(program.open())["code"], client_id="another")["error_codes"] == [70000]


def test_a_session_that_was_revoked_before_the_code_was_redeemed_does_not_begin(
    program: Program, idp: SandboxProvider, tokens: Answer
) -> None:
    assert tokens
    code = posted(program.open())["code"]
    idp.revoke(MEIER)
    assert program.redeem(code)["error_codes"] == [50173]


def test_a_secret_is_asked_of_a_confidential_program(program: Program, idp: SandboxProvider) -> None:
    idp.add_client("confidential", secret="s3cret")
    code = posted(program.browser.press(program.password(MEIER, client_id="confidential"), "accept"))["code"]
    response = program.post(program.tokens, client_id="confidential", grant_type="authorization_code", code=code)
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")
    assert program.redeem(code, client_id="confidential", client_secret="wrong")["error_codes"] == [7000215]
    assert "access_token" in program.redeem(code, client_id="confidential", client_secret="s3cret")


def test_a_refresh_token_is_the_programs_own(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    idp.add_client("another")
    assert program.refresh(tokens, client_id="another")["error_codes"] == [70000]


def test_a_person_who_is_gone_or_blocked_gets_nothing(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    idp.block(MEIER)
    refused = program.refresh(tokens)
    assert (refused["error_codes"], refused["suberror"]) == ([53003], "message_only")
    assert "capolids" in refused["claims"]
    idp.unblock(MEIER)
    idp.disable(MEIER)
    assert program.refresh(tokens)["error_codes"] == [50057]
    idp.enable(MEIER)
    assert "access_token" in program.refresh(tokens)


def test_a_second_factor_that_is_newly_wanted_ends_the_silence(
    program: Program, idp: SandboxProvider, tokens: Answer
) -> None:
    idp.person(MEIER).mfa = True
    refused = program.refresh(tokens)
    assert (refused["error_codes"], refused["suberror"]) == ([50076], "basic_action")


def test_a_wrong_tenant_is_refused(idp: SandboxProvider, tokens: Answer) -> None:
    elsewhere = Program(idp, tenant="elsewhere.example")
    assert elsewhere.refresh(tokens)["error_codes"] == [90002]


def test_asking_in_vain_over_and_over_is_stopped(program: Program, idp: SandboxProvider, watch: Watch) -> None:
    tokens = program.sign_in("info@haus.example", IDENTITY)
    idp.habits.loop_limit = 3
    answers = [program.refresh(tokens, MAIL)["error_codes"] for _ in range(5)]
    assert answers == [[65001], [65001], [65001], [50196], [50196]]
    assert "access_token" in program.refresh(tokens, IDENTITY)
    watch.forward(minutes=6)
    assert program.refresh(tokens, MAIL)["error_codes"] == [65001]
