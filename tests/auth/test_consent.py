"""Where does the administrator's link lead, and does it open the door?"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from auth.consent import admin_consent_url
from auth.sandbox import SandboxProvider
from auth.sandbox.headless import Headless
from auth.sandbox.robot import Person, Robot
from tests.auth.signing_in import INFO, identity
from tests.rigs.program import IMAP, SMTP, Program


@pytest.mark.parametrize(
    ("authority", "tenant"),
    [
        ("https://login.microsoftonline.com/organizations", "organizations"),
        ("https://login.microsoftonline.com/common", "organizations"),
        ("https://login.microsoftonline.com/haus.example/", "haus.example"),
        (
            "https://login.microsoftonline.com/72f988bf-0000-4000-8000-2d7cd011db47/v2.0",
            "72f988bf-0000-4000-8000-2d7cd011db47",
        ),
    ],
)
def test_the_link_names_the_tenant_and_every_scope(idp: SandboxProvider, authority: str, tenant: str) -> None:
    url = urlsplit(admin_consent_url(replace(identity(idp), authority=authority)))
    assert (url.netloc, url.path) == ("login.microsoftonline.com", f"/{tenant}/v2.0/adminconsent")
    assert "+" not in url.query
    assert parse_qs(url.query) == {
        "client_id": [idp.client_id],
        "scope": [f"openid profile offline_access {IMAP} {SMTP}"],
        "redirect_uri": ["http://localhost"],
    }


def test_an_administrator_who_follows_it_finds_the_program_registered(idp: SandboxProvider) -> None:
    page = Headless(idp.ca_file).open(admin_consent_url(identity(idp, INFO)))
    assert page.status == 200
    assert page.name in {"email", "password", "pick"}


def test_after_it_even_those_can_sign_in_who_may_approve_nothing(idp: SandboxProvider) -> None:
    idp.add_person("neu@haus.example", consent="none")
    assert Program(idp).password("neu@haus.example", "openid profile offline_access").name == "approval"
    with pytest.raises(requests.ConnectionError):  # it ends where nobody listens on the administrator's PC
        Robot(idp.ca_file).walk(admin_consent_url(identity(idp, INFO)), Person("chef@haus.example"))
    granted = Program(idp).sign_in("neu@haus.example")
    assert granted["access_token"]
