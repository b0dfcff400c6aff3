"""Can a person sign in at the demo with their own browser, which knows nothing of the sandbox's certificate?"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msal
import pytest
import requests
from playwright.sync_api import Error

from auth.sandbox import SandboxProvider
from auth.sandbox.robot import Person, Robot
from tests.rigs.browser import sign_in
from tests.rigs.program import IMAP, MAIL, Program
from tests.rigs.receiving import Receiving

MEIER, CHEF = "meier@haus.example", "chef@haus.example"
CONFIGURATION = "/organizations/v2.0/.well-known/openid-configuration"


@pytest.fixture(autouse=True)
def _no_other_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """These would win over MSAL's `verify`."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def idp(tmp_path: Path) -> Iterator[SandboxProvider]:
    with SandboxProvider(tmp_path / "idp", plain_pages=True) as provider:
        provider.add_person(MEIER)
        provider.add_person(CHEF, admin=True)
        yield provider


def app(idp: SandboxProvider) -> Any:
    return msal.PublicClientApplication(
        idp.client_id, authority=idp.authority, instance_discovery=False, verify=str(idp.ca_file)
    )


def unknowing(tmp_path: Path) -> Robot:
    """A browser without the sandbox's certificate: over TLS it gets nowhere."""
    nobody = tmp_path / "nobody.pem"
    nobody.touch()
    return Robot(nobody)


def host(idp: SandboxProvider) -> str:
    return urlsplit(idp.plain(idp.url + "/")).netloc


def test_browsers_are_sent_to_plain_pages_and_programs_to_tls(idp: SandboxProvider, program: Program) -> None:
    found = program.get(idp.url + CONFIGURATION).json()
    assert found["authorization_endpoint"] == f"http://{host(idp)}/organizations/oauth2/v2.0/authorize"
    begun = program.post(program.devices, scope=MAIL).json()
    assert begun["verification_uri"] == f"http://{host(idp)}/device"
    rest = {name: url for name, url in found.items() if str(url).startswith("http:")}
    assert rest.keys() == {"authorization_endpoint"}


def test_a_sign_in_needs_no_certificate_on_its_way_through_the_pages(
    idp: SandboxProvider, receiving: Receiving, tmp_path: Path
) -> None:
    application, robot = app(idp), unknowing(tmp_path)
    flow = application.initiate_auth_code_flow([IMAP], redirect_uri=receiving.uri, response_mode="form_post")
    assert "You may close this window." in robot.walk(flow["auth_uri"], Person(MEIER))
    tokens = application.acquire_token_by_auth_code_flow(flow, receiving.answers[0])
    assert idp.owner_of(tokens["access_token"]) == MEIER
    with pytest.raises(requests.exceptions.RequestException):
        robot.walk(idp.url, Person(MEIER))


def test_a_device_code_is_entered_on_a_plain_page(idp: SandboxProvider, program: Program) -> None:
    idp.habits.device_interval = 1
    application = app(idp)
    flow = application.initiate_device_flow([IMAP])
    page = program.browser.press(program.browser.open(flow["verification_uri"]), "submit", {"code": flow["user_code"]})
    page = program.browser.press(page, "submit", {"email": MEIER})
    page = program.browser.press(page, "submit", {"password": "demo"})
    assert program.browser.press(page, "accept").name == "done"
    assert "access_token" in application.acquire_token_by_device_flow(flow)


def test_the_administrators_link_has_a_plain_twin(idp: SandboxProvider, receiving: Receiving, tmp_path: Path) -> None:
    link = f"{idp.authority}/v2.0/adminconsent?client_id={idp.client_id}&scope={IMAP}&redirect_uri={receiving.uri}"
    unknowing(tmp_path).walk(idp.plain(link), Person(CHEF))
    assert idp.tenant.granted


def test_only_this_providers_pages_have_one(idp: SandboxProvider, tmp_path: Path) -> None:
    token = f"{idp.authority}/oauth2/v2.0/token"
    others = [token, "https://login.example/sign-in", f"{idp.url}1/sign-in", idp.url + CONFIGURATION]
    assert [idp.plain(url) for url in others] == others
    usual = SandboxProvider(tmp_path / "usual")
    assert usual.plain(f"{usual.url}/device") == f"{usual.url}/device"


@pytest.mark.parametrize("path", ["/organizations/oauth2/v2.0/token", "/connect/token", CONFIGURATION, "/nowhere"])
def test_nothing_but_pages_is_served_without_tls(idp: SandboxProvider, path: str) -> None:
    assert (
        requests.post(f"http://{host(idp)}{path}", data={"grant_type": "refresh_token"}, timeout=5).status_code == 404
    )


def test_a_foreign_name_does_not_lead_to_the_pages(idp: SandboxProvider, program: Program) -> None:
    assert program.get(f"http://{host(idp)}/").status_code == 200
    assert program.get(f"http://{host(idp)}/", Host="rebound.example").status_code == 404


def test_the_cookie_is_secure_over_tls_alone_and_each_server_has_its_own(
    idp: SandboxProvider, program: Program
) -> None:
    secure, plain = (program.get(url).headers["Set-Cookie"] for url in (idp.url, idp.plain(idp.url + "/")))
    assert "; Secure" in secure
    assert "Secure" not in plain
    assert "HttpOnly" in plain
    assert secure.partition("=")[0] != plain.partition("=")[0]


def test_the_pages_are_on_both_addresses_and_go_offline_with_the_rest(idp: SandboxProvider) -> None:
    port = int(host(idp).rpartition(":")[2])
    for address in ("127.0.0.1", "::1"):
        socket.create_connection((address, port), 5).close()
    idp.offline()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)
    idp.online()
    assert requests.get(f"http://{host(idp)}/", timeout=5).status_code == 200


@pytest.mark.needs("chromium")
def test_a_browser_that_takes_no_unknown_certificate_signs_in(
    idp: SandboxProvider, program: Program, receiving: Receiving
) -> None:
    url = program.url(redirect_uri=receiving.uri)
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        sign_in(url, MEIER, strict=True)
    assert sign_in(idp.plain(url), MEIER, strict=True) == "You may close this window."
    (answer,) = receiving.answers
    tokens = program.redeem(answer["code"], redirect_uri=receiving.uri)
    assert idp.owner_of(tokens["access_token"]) == MEIER
