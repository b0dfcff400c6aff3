"""Can a person sign in on another screen, with a code?"""

from __future__ import annotations

import pytest

from auth.sandbox import SandboxProvider
from auth.sandbox.headless import Page
from tests.rigs.program import MAIL, Answer, Program, Watch, claims

MEIER = "meier@haus.example"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture
def begun(program: Program) -> Answer:
    content: Answer = program.post(program.devices, scope=MAIL).json()
    return content


def poll(program: Program, begun: Answer) -> Answer:
    return program.ask(grant_type=GRANT, device_code=begun["device_code"])


def entered(program: Program, begun: Answer) -> Page:
    """The code is typed in, small letters and all, and the person signed in."""
    page = program.browser.open(begun["verification_uri"])
    page = program.browser.press(page, "submit", {"code": begun["user_code"].lower()})
    page = program.browser.press(page, "submit", {"email": MEIER})
    return program.browser.press(page, "submit", {"password": "demo"})


def test_the_program_waits_until_the_person_has_accepted(program: Program, begun: Answer) -> None:
    assert begun["interval"] == 5
    assert begun["user_code"] in begun["message"]
    assert poll(program, begun)["error"] == "authorization_pending"
    page = entered(program, begun)
    assert poll(program, begun)["error_codes"] == [70016]
    assert program.browser.press(page, "accept").name == "done"
    tokens = poll(program, begun)
    assert claims(tokens["access_token"])["preferred_username"] == MEIER
    assert "access_token" in program.refresh(tokens)
    assert poll(program, begun)["error"] == "bad_verification_code"


def test_declining_ends_it(program: Program, begun: Answer) -> None:
    assert program.browser.press(entered(program, begun), "cancel").name == "declined"
    assert poll(program, begun)["error"] == "authorization_declined"


def test_a_code_does_not_last(program: Program, begun: Answer, watch: Watch) -> None:
    watch.forward(minutes=16)
    page = program.browser.open(begun["verification_uri"])
    assert "error" in program.browser.press(page, "submit", {"code": begun["user_code"]}).ids
    assert poll(program, begun)["error"] == "expired_token"


def test_a_code_that_was_made_up_is_wrong(program: Program, idp: SandboxProvider) -> None:
    page = program.browser.open(f"{idp.url}/device")
    assert "error" in program.browser.press(page, "submit", {"code": "AAAAAAAAA"}).ids


def test_a_code_is_entered_once(program: Program, begun: Answer) -> None:
    program.browser.press(entered(program, begun), "accept")
    page = program.browser.open(begun["verification_uri"])
    assert "error" in program.browser.press(page, "submit", {"code": begun["user_code"]}).ids


def test_polling_is_not_taken_for_a_loop(program: Program, begun: Answer) -> None:
    assert {poll(program, begun)["error"] for _ in range(40)} == {"authorization_pending"}
