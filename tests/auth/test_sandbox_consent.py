"""Who may let a program in: the person, or only an administrator? As Entra's default has it since November 2025."""

from __future__ import annotations

import pytest
import requests

from auth.sandbox import SandboxProvider
from auth.sandbox.tenant import Habits
from tests.rigs.program import IDENTITY, IMAP, MAIL, POP, SMTP, Program, posted, redirected

MEIER, INFO, CHEF = "meier@haus.example", "info@haus.example", "chef@haus.example"
SEND = f"{IDENTITY} {SMTP}"


def test_a_person_who_may_approve_is_asked_once(program: Program) -> None:
    assert program.password(MEIER).name == "consent"
    program.sign_in(MEIER)
    assert "code" in posted(program.open(login_hint=MEIER))


def test_where_everything_was_approved_nobody_is_asked(program: Program, idp: SandboxProvider) -> None:
    idp.add_person("old@haus.example", consent="granted")
    assert "code" in posted(program.password("old@haus.example", f"{MAIL} {POP}"))


def test_approval_of_one_thing_is_not_approval_of_another(program: Program) -> None:
    program.sign_in(MEIER, SEND)
    assert program.open(MAIL, login_hint=MEIER).name == "consent"


def test_declining_says_so(program: Program) -> None:
    answer = posted(program.browser.press(program.password(MEIER), "cancel"))
    assert answer["error"] == "access_denied"
    assert answer["error_description"].startswith("AADSTS65004: ")
    assert answer["error_uri"].endswith("/error?code=65004")


@pytest.mark.parametrize(
    ("habits", "error", "described"),
    [
        (Habits(decline_says="subcode"), "access_denied", ""),
        (Habits(decline_says="consent_required"), "consent_required", "AADSTS65004:"),
    ],
)
def test_declining_can_be_said_in_other_ways(
    program: Program, idp: SandboxProvider, habits: Habits, error: str, described: str
) -> None:
    idp.tenant.habits = habits
    answer = posted(program.browser.press(program.password(MEIER), "cancel"))
    assert (answer["error"], answer.get("error_description", "")[:12]) == (error, described)


def test_imap_and_pop_need_an_administrator_and_sending_does_not(program: Program) -> None:
    assert program.password(INFO, f"{IDENTITY} {IMAP}").name == "approval"
    assert program.open(f"{IDENTITY} {POP}", login_hint=INFO).name == "approval"
    assert program.open(SEND, login_hint=INFO).name == "consent"
    assert program.sign_in(INFO, SEND)["scope"] == SMTP


def test_going_back_without_approval_does_not_say_why(program: Program, idp: SandboxProvider) -> None:
    answer = posted(program.browser.press(program.password(INFO), "back-to-app"))
    assert answer == {"error": "access_denied", "error_subcode": "cancel", "state": "the-state"}
    idp.habits.back_says_why = True
    answer = posted(program.browser.press(program.open(login_hint=INFO), "back-to-app"))
    assert answer["error_description"].startswith("AADSTS90094: ")


def test_approval_can_be_requested_on_the_page(program: Program, idp: SandboxProvider) -> None:
    idp.habits.approval_workflow = True
    page = program.password(INFO)
    page = program.browser.press(page, "request", {"reason": "for the office"})
    assert idp.approval_requests == (INFO,)
    assert page.buttons == {"back-to-app"}
    assert posted(program.browser.press(page, "back-to-app"))["error"] == "access_denied"


def test_an_identity_alone_leaves_a_refresh_token_that_tells_when_approval_has_come(
    program: Program, idp: SandboxProvider
) -> None:
    tokens = program.sign_in(INFO, IDENTITY)
    assert idp.owner_of(tokens["access_token"]) is None  # it is for Graph: no mail server takes it
    refused = program.refresh(tokens)
    assert (refused["error"], refused["suberror"], refused["error_codes"]) == (
        "invalid_grant",
        "consent_required",
        [65001],
    )
    idp.grant_consent(INFO, [IMAP, SMTP])
    granted = program.refresh(tokens)
    assert idp.owner_of(granted["access_token"]) == INFO
    assert program.refresh(tokens, f"{IDENTITY} {POP}")["error_codes"] == [65001]


def test_one_refresh_token_serves_every_scope_that_was_consented_to(program: Program) -> None:
    tokens = program.sign_in(MEIER)
    assert program.refresh(tokens, SMTP)["scope"].split() == [SMTP, IMAP]  # a token carries all that was consented to
    assert "refresh_token" not in program.refresh(tokens, SMTP)


def test_where_nobody_may_approve_even_the_identity_is_refused(program: Program, idp: SandboxProvider) -> None:
    idp.person(MEIER).consent = "none"
    assert program.password(MEIER, IDENTITY).name == "approval"


def test_a_tenant_that_turns_strict_keeps_what_was_approved(program: Program, idp: SandboxProvider) -> None:
    tokens = program.sign_in(MEIER)
    idp.add_person("old@haus.example", consent="granted")
    idp.require_admin_consent()
    assert "access_token" in program.refresh(tokens)
    assert "access_token" in Program(idp).sign_in("old@haus.example")
    assert program.open(f"{IDENTITY} {POP}", login_hint=MEIER).name == "approval"


def test_approval_that_is_withdrawn_is_missed_at_the_next_refresh(program: Program, idp: SandboxProvider) -> None:
    tokens = program.sign_in(MEIER)
    idp.withdraw_consent()
    assert program.refresh(tokens)["error_codes"] == [65001]


def test_an_administrator_can_approve_for_everybody_while_signing_in(program: Program, idp: SandboxProvider) -> None:
    page = program.password(INFO)
    page = program.browser.press(page, "other")
    page = program.browser.press(page, "submit", {"email": CHEF})
    page = program.browser.press(page, "submit", {"password": "demo"})
    assert "code" in posted(program.browser.press(page, "accept", tick=["on-behalf"]))
    assert "access_token" in Program(idp).sign_in(INFO)


def consent_link(idp: SandboxProvider, **more: str) -> str:
    asks = {"client_id": idp.client_id, "scope": f"{IMAP} {SMTP}", "redirect_uri": "http://localhost:1", "state": "s"}
    query = "&".join(f"{name}={value}" for name, value in (asks | more).items())
    return f"{idp.authority}/v2.0/adminconsent?{query.replace(' ', '%20')}"


def signed_in_admin(program: Program, address: str, link: str) -> None:
    page = program.browser.press(program.browser.open(link), "submit", {"email": address})
    program.browser.press(page, "submit", {"password": "demo"})


def test_the_link_for_the_administrator_approves_for_everybody(program: Program, idp: SandboxProvider) -> None:
    link = consent_link(idp)
    signed_in_admin(program, CHEF, link)
    page = program.browser.open(link)
    assert page.name == "consent"
    answer = redirected(press_once(program, page.forms[0].fields["visit"], "accept"))
    assert answer == {"admin_consent": "True", "tenant": idp.tenant_id, "scope": f"{IMAP} {SMTP}", "state": "s"}
    idp.grant_consent(scopes=IDENTITY.split())
    assert "access_token" in Program(idp).sign_in(INFO)


def press_once(program: Program, visit: str, act: str) -> requests.Response:
    url = f"{program.idp.url}/sign-in"
    return program._session.post(url, data={"visit": visit, "act": act}, allow_redirects=False, timeout=10)


def test_the_administrator_can_say_no(program: Program, idp: SandboxProvider) -> None:
    link = consent_link(idp)
    signed_in_admin(program, CHEF, link)
    visit = program.browser.open(link).forms[0].fields["visit"]
    answer = redirected(press_once(program, visit, "cancel"))
    assert (answer["admin_consent"], answer["error"], "tenant" in answer) == ("True", "access_denied", False)
    assert program.password(INFO).name == "approval"


def test_the_link_is_for_administrators_alone(program: Program, idp: SandboxProvider) -> None:
    link = consent_link(idp)
    signed_in_admin(program, MEIER, link)
    page = program.browser.open(link)
    assert page.name == "not-admin"
    press_once(program, page.forms[0].fields["visit"], "accept")
    assert program.open(f"{IDENTITY} {IMAP}", login_hint=INFO).name == "password"
    assert not idp.tenant.granted


def test_the_link_does_not_work_at_common(program: Program, idp: SandboxProvider) -> None:
    page = program.browser.open(consent_link(idp).replace("/organizations/", "/common/"))
    assert "AADSTS90002" in page.html
