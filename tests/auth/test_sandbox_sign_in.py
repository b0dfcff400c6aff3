"""Do the sandbox's pages lead a person to the program, as Entra's do?"""

from __future__ import annotations

import pytest

from auth.sandbox import SandboxProvider
from auth.sandbox.clients import registered
from auth.sandbox.people import Client
from tests.rigs.program import IDENTITY, IMAP, MAIL, SMTP, Program, Watch, claims, posted, redirected

MEIER = "meier@haus.example"


def test_a_person_types_address_and_password_and_accepts_then_the_program_gets_a_code(program: Program) -> None:
    page = program.open()
    assert page.name == "email"
    page = program.browser.press(page, "submit", {"email": MEIER})
    assert page.name == "password"
    page = program.browser.press(page, "submit", {"password": "demo"})
    assert page.name == "consent"
    answer = posted(program.browser.press(page, "accept"))
    assert answer.keys() == {"code", "state"}
    assert answer["state"] == "the-state"
    tokens = program.redeem(answer["code"])
    assert tokens["scope"].split() == [IMAP, SMTP]
    assert 3600 <= tokens["expires_in"] <= 5400
    identity = claims(tokens["id_token"])
    assert identity["nonce"] == "the-nonce"
    assert identity["preferred_username"] == MEIER


def test_a_query_answer_is_a_redirect(program: Program) -> None:
    program.sign_in(MEIER)
    answer = redirected(program.get(program.url(response_mode="query")))
    assert "refresh_token" in program.redeem(answer["code"])


def test_without_response_mode_the_answer_comes_by_query(program: Program) -> None:
    answer = redirected(program.get(program.url(response_mode=None, prompt="none")))
    assert answer["error"] == "login_required"
    assert answer["state"] == "the-state"


def test_wrong_input_is_told_on_the_page_and_can_be_put_right(program: Program) -> None:
    page = program.browser.press(program.open(), "submit", {"email": "nobody@haus.example"})
    assert (page.name, "error" in page.ids) == ("email", True)
    page = program.browser.press(page, "submit", {"email": MEIER.upper()})
    page = program.browser.press(page, "submit", {"password": "wrong"})
    assert (page.name, "error" in page.ids) == ("password", True)
    assert program.browser.press(page, "submit", {"password": "demo"}).name == "consent"


def test_a_second_factor_is_asked_for_once_per_browser(program: Program, idp: SandboxProvider) -> None:
    idp.person(MEIER).mfa = True
    page = program.password(MEIER)
    assert page.name == "code"
    page = program.browser.press(page, "submit", {"code": "999999"})
    assert (page.name, "error" in page.ids) == ("code", True)
    assert program.browser.press(page, "submit", {"code": "123456"}).name == "consent"
    assert program.open().name == "consent"


def test_a_second_request_in_the_same_browser_needs_no_password(program: Program) -> None:
    program.sign_in(MEIER, IDENTITY)
    page = program.open(MAIL)
    assert page.name == "consent"
    assert "code" in posted(program.browser.press(page, "accept"))
    assert "code" in posted(program.open(MAIL))


def test_another_browser_knows_nobody(program: Program, idp: SandboxProvider) -> None:
    program.sign_in(MEIER)
    assert Program(idp).open().name == "email"


def test_two_people_in_one_browser_are_offered_and_one_is_picked(program: Program) -> None:
    program.sign_in(MEIER, IDENTITY)
    program.sign_in("info@haus.example", IDENTITY)
    page = program.open(IDENTITY)
    assert page.name == "pick"
    assert {value for _, value in page.forms[0].buttons.values()} == {MEIER, "info@haus.example", "other"}
    answer = posted(program.browser.press(page, "account-1"))
    assert claims(program.redeem(answer["code"])["id_token"])["preferred_username"] == "info@haus.example"


def test_a_hint_chooses_among_those_signed_in_but_binds_nobody(program: Program) -> None:
    program.sign_in(MEIER, IDENTITY)
    program.sign_in("info@haus.example", IDENTITY)
    answer = posted(program.open(IDENTITY, login_hint=MEIER))
    assert claims(program.redeem(answer["code"])["id_token"])["preferred_username"] == MEIER
    page = program.open(IDENTITY, login_hint="chef@haus.example")
    assert page.name == "password"
    assert program.browser.press(page, "other").name == "email"


@pytest.mark.parametrize(
    ("prompt", "page"), [("login", "password"), ("select_account", "pick"), ("consent", "consent")]
)
def test_a_program_can_ask_for_a_page(program: Program, prompt: str, page: str) -> None:
    program.sign_in(MEIER, IDENTITY)
    assert program.open(IDENTITY, prompt=prompt, login_hint=MEIER if prompt == "login" else None).name == page


def test_asked_to_sign_in_afresh_nobody_is_known(program: Program) -> None:
    program.sign_in(MEIER, IDENTITY)
    page = program.browser.press(program.open(IDENTITY, prompt="login"), "submit", {"email": MEIER})
    assert page.name == "password"


def test_half_a_sign_in_is_none(program: Program, idp: SandboxProvider) -> None:
    idp.person(MEIER).mfa = True
    assert program.password(MEIER).name == "code"
    assert program.open().name == "email"


def test_a_silent_request_shows_no_page(program: Program, idp: SandboxProvider) -> None:
    assert posted(program.open(prompt="none"))["error"] == "login_required"
    program.sign_in(MEIER, IDENTITY)
    assert "code" in posted(program.open(IDENTITY, prompt="none"))
    assert posted(program.open(MAIL, prompt="none"))["error"] == "consent_required"
    idp.person(MEIER).mfa = True
    assert posted(program.open(IDENTITY, prompt="none"))["error"] == "interaction_required"


def test_max_age_wants_the_password_again(program: Program, watch: Watch) -> None:
    program.sign_in(MEIER, IDENTITY)
    watch.forward(minutes=10)
    assert program.open(IDENTITY, max_age="300").name == "password"
    assert "code" in posted(program.open(IDENTITY, max_age="900"))


@pytest.mark.parametrize(
    ("tick", "days", "page"), [((), 2, "email"), (("keep",), 2, "continue"), (("keep",), 91, "email")]
)
def test_staying_signed_in_is_a_choice(
    program: Program, watch: Watch, tick: tuple[str, ...], days: int, page: str
) -> None:
    program.sign_in(MEIER, IDENTITY)
    form = program.open(IDENTITY, prompt="login", login_hint=MEIER)
    program.browser.press(form, "submit", {"password": "demo"}, tick=tick)
    watch.forward(days=days)
    assert program.open(IDENTITY).name == page


def test_leaving_a_page_tells_the_program(program: Program) -> None:
    answer = posted(program.browser.press(program.open(), "leave"))
    assert answer == {"error": "access_denied", "error_subcode": "cancel", "state": "the-state"}


def test_a_page_that_lay_open_for_hours_has_expired(program: Program, watch: Watch) -> None:
    page = program.open()
    watch.forward(hours=2)
    assert program.browser.press(page, "submit", {"email": MEIER}).name == "expired"


def test_a_blocked_person_is_told_so_and_the_program_learns_the_number(program: Program, idp: SandboxProvider) -> None:
    idp.block(MEIER, 53003)
    page = program.password(MEIER)
    assert page.name == "blocked"
    answer = posted(program.browser.press(page, "back-to-app"))
    assert answer["error"] == "access_denied"
    assert answer["error_description"].startswith("AADSTS53003: ")
    idp.unblock(MEIER)
    assert program.open(login_hint=MEIER).name == "consent"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"client_id": "unknown"}, "AADSTS700016"),
        ({"redirect_uri": "https://elsewhere.example"}, "AADSTS50011"),
        ({"redirect_uri": "http://localhost:1/other"}, "AADSTS50011"),
        ({"redirect_uri": None}, "AADSTS900144"),
    ],
)
def test_nothing_goes_back_to_a_stranger(program: Program, wrong: dict[str, str | None], code: str) -> None:
    page = program.open(**wrong)
    assert (page.name, page.status) == ("error", 400)
    assert code in page.html


@pytest.mark.parametrize(
    ("uri", "accepted"),
    [
        ("http://localhost:54321", "yes"),
        ("http://localhost", "yes"),
        ("http://127.0.0.1:1/", "yes"),
        ("https://localhost:1", "no"),
        ("http://localhost.evil.example", "no"),
        ("http://localhost@evil.example", "no"),
        ("http://me@localhost:1", "no"),
        ("http://localhost:port", "no"),
        ("http://localhost:1/#fragment", "no"),
    ],
)
def test_loopback_is_registered_with_any_port_and_nothing_else_is(uri: str, accepted: str) -> None:
    assert registered(Client("any"), uri) is (accepted == "yes")


def test_a_tenant_that_does_not_exist_is_an_error_page(idp: SandboxProvider) -> None:
    assert "AADSTS90002" in Program(idp, tenant="elsewhere.example").open().html


@pytest.mark.parametrize("tenant", ["organizations", "common", "haus.example", SandboxProvider.tenant_id])
def test_a_tenant_may_be_named_in_several_ways(idp: SandboxProvider, tenant: str) -> None:
    assert "refresh_token" in Program(idp, tenant=tenant).sign_in(MEIER)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code_challenge": None}, 9002325),
        ({"code_challenge_method": "plain"}, 9002325),
        ({"response_type": "token"}, 70005),
        ({"response_mode": "web_message"}, 70007),
        ({"scope": "https://outlook.office.com/Nothing.All"}, 70011),
        ({"scope": None}, 900144),
    ],
)
def test_a_wrong_request_is_refused_at_the_program(program: Program, wrong: dict[str, str | None], code: int) -> None:
    response = program.get(program.url(**{"response_mode": "query"} | wrong))
    assert redirected(response)["error_description"].startswith(f"AADSTS{code}: ")


def test_the_pages_speak_the_persons_language(program: Program) -> None:
    german = program.get(program.url(), **{"Accept-Language": "de-DE,de;q=0.9,en;q=0.8"}).text
    english = program.get(program.url(), **{"Accept-Language": "fr,en;q=0.5"}).text
    assert "Demo-Anmeldung" in german
    assert "Demo sign-in" in english


def test_what_a_program_sends_is_not_run_on_the_page(program: Program) -> None:
    page = program.open(login_hint='"><script>alert(1)</script>', state='"><script>alert(2)</script>')
    assert "<script" not in page.html
    assert "<script>alert" not in program.browser.press(page, "leave").html
