"""Can the sandbox's pages be used by people who try the demo, by keyboard, and by a robot?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.sandbox import SandboxProvider
from auth.sandbox.robot import Person, Robot
from auth.sandbox.texts import CATALOGUES, words_for
from tests.rigs.program import IDENTITY, Program, claims
from tests.rigs.receiving import Receiving

MEIER = "meier@haus.example"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[SandboxProvider]:
    with SandboxProvider(tmp_path, hints=True) as provider:
        provider.add_person(MEIER, password="blue-42", mfa=True)
        yield provider


def test_in_the_demo_pages_show_what_is_to_be_typed(demo: SandboxProvider) -> None:
    program = Program(demo)
    page = program.open()
    assert MEIER in page.html
    page = program.browser.press(page, "submit", {"email": MEIER})
    assert "blue-42" in page.html
    assert demo.person(MEIER).mfa_code in program.browser.press(page, "submit", {"password": "blue-42"}).html


def test_elsewhere_they_do_not(program: Program, idp: SandboxProvider) -> None:
    idp.person(MEIER).mfa = True
    page = program.open(login_hint=MEIER)
    assert "demo" not in page.html.replace("Demo", "")
    assert "123456" not in program.browser.press(page, "submit", {"password": "demo"}).html


def test_every_page_says_its_language_and_loads_nothing_from_elsewhere(program: Program) -> None:
    text = program.get(program.url(), **{"Accept-Language": "de"}).text
    assert '<html lang="de">' in text
    assert "default-src &#x27;none&#x27;" in text
    assert "http" not in text.replace('http-equiv="', "")


def test_both_languages_say_the_same_things() -> None:
    assert CATALOGUES["de"].keys() == CATALOGUES["en"].keys()


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("", "en"), ("de", "de"), ("de-AT,en;q=0.5", "de"), ("en,de;q=0.9", "en"), ("fr;q=nonsense", "en"), ("DE", "de")],
)
def test_the_better_liked_language_is_spoken(wanted: str, language: str) -> None:
    assert words_for(wanted).language == language


def test_a_robot_walks_to_the_end(program: Program, idp: SandboxProvider, receiving: Receiving) -> None:
    idp.person(MEIER).mfa = True
    robot = Robot(idp.ca_file)
    url = program.url(IDENTITY, redirect_uri=receiving.uri)
    assert "You may close this window." in robot.walk(url, Person(MEIER))
    robot.walk(url, Person(MEIER))
    robot.walk(program.url(redirect_uri=receiving.uri), Person(MEIER, accepts=False))
    assert ["code" in answer for answer in receiving.answers] == [True, True, False]
    assert receiving.answers[2]["error_description"].startswith("AADSTS65004")


def test_a_robot_is_itself_although_somebody_else_is_expected(
    program: Program, idp: SandboxProvider, receiving: Receiving
) -> None:
    url = program.url(IDENTITY, redirect_uri=receiving.uri, login_hint=MEIER)
    Robot(idp.ca_file).walk(url, Person("chef@haus.example"))
    tokens = program.redeem(receiving.answers[0]["code"], redirect_uri=receiving.uri)
    assert claims(tokens["id_token"])["preferred_username"] == "chef@haus.example"


def test_a_robot_with_the_wrong_password_gives_up(program: Program, idp: SandboxProvider) -> None:
    with pytest.raises(ValueError, match="password"):
        Robot(idp.ca_file).walk(program.url(), Person(MEIER, password="wrong"))


def test_a_provider_may_be_called_by_another_name(tmp_path: Path) -> None:
    """As behind a proxy that leads programs here."""
    with SandboxProvider(tmp_path, names=["login.example"]) as idp:
        path = "/organizations/v2.0/.well-known/openid-configuration"
        found = Program(idp).get(idp.url + path, Host="login.example").json()
        assert found["token_endpoint"] == "https://login.example/organizations/oauth2/v2.0/token"
        instances = Program(idp).get(f"{idp.url}/common/discovery/instance", Host="login.example").json()
        assert instances["metadata"][0]["aliases"] == ["login.example"]


def test_a_shared_mailbox_is_open_to_its_people_alone(idp: SandboxProvider) -> None:
    idp.share("Verwaltung@haus.example", with_person=MEIER)
    assert idp.may(MEIER, "verwaltung@haus.example")
    assert idp.may(MEIER, MEIER.upper())
    assert not idp.may("info@haus.example", "verwaltung@haus.example")
