"""Do real programs take the sandbox for a provider? Chromium shows its pages, Dovecot checks its tokens."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from auth.sandbox import SandboxProvider
from mail.mailbox import Protocol
from tests.rigs.browser import sign_in
from tests.rigs.dovecot import Dovecot
from tests.rigs.program import IDENTITY, MAIL, Program
from tests.rigs.receiving import Receiving

MEIER = "meier@haus.example"


@pytest.mark.needs("chromium")
def test_a_browser_asks_for_the_password_once_in_the_same_tab_and_in_the_next_one(
    idp: SandboxProvider, program: Program, receiving: Receiving, tmp_path: Path
) -> None:
    idp.person(MEIER).mfa = True
    identity, mail = (program.url(scope, redirect_uri=receiving.uri) for scope in (IDENTITY, MAIL))
    receiving.onward = [mail.replace("&state=the-state", "&state=second&prompt=consent")]
    assert sign_in(identity, MEIER, keep=True, profile=tmp_path / "profile") == "You may close this window."
    sign_in(mail, "nobody types this", password="nor this", profile=tmp_path / "profile")
    assert [answer["state"] for answer in receiving.answers] == ["the-state", "second", "the-state"]
    tokens = [program.redeem(answer["code"], redirect_uri=receiving.uri) for answer in receiving.answers]
    assert [idp.owner_of(each["access_token"]) for each in tokens] == [None, MEIER, MEIER]
    assert [seen.endpoint for seen in idp.requests].count("sign_in") == 5  # address to consent; then consent to mail


@pytest.mark.needs("chromium")
def test_a_browser_goes_back_where_an_administrator_has_to_approve(program: Program, receiving: Receiving) -> None:
    sign_in(program.url(redirect_uri=receiving.uri, login_hint=MEIER), "info@haus.example", consent="back")
    assert receiving.answers == [{"error": "access_denied", "error_subcode": "cancel", "state": "the-state"}]


@pytest.mark.needs("dovecot")
def test_dovecot_checks_the_tokens_by_itself(tmp_path: Path) -> None:
    """With the system's clock, since Dovecot knows no other."""
    with SandboxProvider(tmp_path) as idp:
        idp.add_person(MEIER)
        token = Program(idp).sign_in(MEIER)["access_token"]
        with Dovecot(keys={idp.kid: idp.signing_key_pem}, issuer=idp.issuer) as dovecot:
            port = dovecot.server(Protocol.IMAP).port
            context = ssl.create_default_context(cafile=str(dovecot.ca_file))
            with IMAPClient("localhost", port, ssl_context=context) as client:
                client.oauth2_login(MEIER, token)
                assert client.folder_exists("INBOX")
            with IMAPClient("localhost", port, ssl_context=context) as client, pytest.raises(LoginError):
                client.oauth2_login("chef@haus.example", token)
