"""Does the probe tell a mailbox that works from one that does not, and why?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from mail.mailbox import Mailbox, Protocol, Security
from mail.probe import probe
from tests.rigs.dovecot import Dovecot
from tests.rigs.scripted import ScriptedServer
from tests.rigs.tokens import TokenMaker

Token = Callable[[], str]

IMAP_LOGIN = (
    ("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 IDLE\n{tag} OK done"),
    ("AUTHENTICATE XOAUTH2", "+ "),
)
IMAP_IN = (*IMAP_LOGIN, ("^[A-Za-z0-9+/=]{20,}$", "{tag} OK AUTHENTICATE completed."))


def scripted(server: ScriptedServer) -> Mailbox:
    if server.server.protocol is Protocol.SMTP:
        return Mailbox("info", "info@example.org", None, server.server)
    return Mailbox("info", "info@example.org", server.server, None)


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize("receive", [Protocol.IMAP, Protocol.POP3])
def test_a_mailbox_that_works_is_ok_over_every_protocol(
    dovecot: Dovecot, address: str, token: Token, receive: Protocol, security: Security
) -> None:
    results = probe(dovecot.mailbox(address, receive, security), token)
    assert {name: result.ok for name, result in results.items()} == {receive.value: True, "smtp": True}


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("receive", [Protocol.IMAP, Protocol.POP3])
def test_somebody_elses_token_is_refused(dovecot: Dovecot, maker: TokenMaker, address: str, receive: Protocol) -> None:
    results = probe(dovecot.mailbox(address, receive), lambda: maker.token("other@hausverwaltung.example"))
    assert {(result.ok, result.code, result.reachable) for result in results.values()} == {
        (False, "token_refused", True)
    }
    assert results["smtp"].server_code == "5.7.8"
    assert results[receive.value].server_code in ("AUTHENTICATIONFAILED", "AUTH")
    assert results[receive.value].facts["address"] == address


@pytest.mark.needs("dovecot")
def test_an_expired_token_is_refused(dovecot: Dovecot, maker: TokenMaker, address: str) -> None:
    results = probe(dovecot.mailbox(address), lambda: maker.token(address, lasts=timedelta(minutes=-10)))
    assert [result.code for result in results.values()] == ["token_refused", "token_refused"]


@pytest.mark.needs("dovecot")
def test_a_token_as_long_as_real_ones_get_passes(dovecot: Dovecot, maker: TokenMaker, address: str) -> None:
    for receive in (Protocol.IMAP, Protocol.POP3):
        results = probe(dovecot.mailbox(address, receive), lambda: maker.token(address, size=3000))
        assert all(result.ok for result in results.values())


@pytest.mark.needs("dovecot")
def test_no_token_is_ever_logged_nor_told(
    dovecot: Dovecot, maker: TokenMaker, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    good, bad = maker.token(address), maker.token("other@hausverwaltung.example")
    told = [probe(dovecot.mailbox(address, receive), lambda: good) for receive in (Protocol.IMAP, Protocol.POP3)]
    told += [probe(dovecot.mailbox(address, receive), lambda: bad) for receive in (Protocol.IMAP, Protocol.POP3)]
    for part in (good.split(".")[1], good.split(".")[2], bad.split(".")[2]):
        assert part not in caplog.text
        assert part not in repr(told)


def test_exchange_that_lets_in_but_does_not_connect_is_a_refusal() -> None:
    script = (*IMAP_IN, ("EXAMINE|SELECT", "{tag} BAD User is authenticated but not connected."))
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        result = probe(scripted(server), lambda: "token")["imap"]
    assert (result.ok, result.code, result.reachable) == (False, "imap_not_connected", True)
    assert result.detail == "User is authenticated but not connected."


def test_a_throttled_mailbox_is_not_refused() -> None:
    answer = "{tag} NO Request is throttled. Suggested Backoff Time: 299961 milliseconds"
    script = (*IMAP_IN, ("EXAMINE|SELECT", answer))
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        result = probe(scripted(server), lambda: "token")["imap"]
    assert (result.code, result.reachable) == ("server_throttled", False)


def test_smtp_switched_off_for_the_tenant_is_named() -> None:
    refusal = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."
    script = (("EHLO", "250-exchange\n250-SIZE 157286400\n250 AUTH XOAUTH2"), ("AUTH XOAUTH2", "334 "), (".", refusal))
    with ScriptedServer(Protocol.SMTP, "220 ready", script) as server:
        result = probe(scripted(server), lambda: "token")["smtp"]
    assert (result.code, result.server_code) == ("smtp_auth_disabled_tenant", "5.7.139")
    assert server.heard[1] == "AUTH XOAUTH2", "the token has to come in a line of its own"


def test_exchanges_pop3_refusal_is_read_after_two_lines() -> None:
    refusal = "-ERR Authentication failure: unknown user name or bad password."
    script = (("CAPA", "+OK\nSASL PLAIN XOAUTH2\nUIDL\n."), ("AUTH XOAUTH2", "+ "), (".", refusal))
    with ScriptedServer(Protocol.POP3, "+OK ready", script) as server:
        result = probe(scripted(server), lambda: "token")["pop3"]
    assert (result.code, result.reachable) == ("token_refused", True)
    assert server.heard[:2] == ["CAPA", "AUTH XOAUTH2"]


def test_a_server_that_quotes_the_token_does_not_make_us_tell_it() -> None:
    script = (("CAPA", "+OK\nSASL XOAUTH2\n."), ("AUTH XOAUTH2", "+ "), (".", "-ERR unknown command: {line}"))
    with ScriptedServer(Protocol.POP3, "+OK ready", script) as server:
        result = probe(scripted(server), lambda: "very-secret-token")["pop3"]
    assert result.facts["answer"] == "unknown command: …"
    assert server.heard[2] not in repr(result)


def test_a_server_without_oauth_is_told_so() -> None:
    script = (("CAPA", "+OK\nSASL PLAIN LOGIN\nUIDL\n."),)
    with ScriptedServer(Protocol.POP3, "+OK ready", script) as server:
        result = probe(scripted(server), lambda: "token")["pop3"]
    assert (result.code, result.reachable) == ("oauth_missing", True)
    assert server.heard == ["CAPA"], "nothing secret goes to it"


def test_only_oauthbearer_is_spoken_where_only_that_is_offered() -> None:
    script = (("CAPA", "+OK\nSASL OAUTHBEARER\n."), ("AUTH OAUTHBEARER", "+ "), ("STAT|QUIT", "+OK 0 0"), (".", "+OK"))
    with ScriptedServer(Protocol.POP3, "+OK ready", script) as server:
        assert probe(scripted(server), lambda: "token")["pop3"].ok


def test_one_protocols_refusal_leaves_the_others_result_alone() -> None:
    script = (("CAPA", "+OK\nSASL XOAUTH2\n."), ("AUTH", "+ "), ("STAT|QUIT", "+OK 0 0"), (".", "+OK"))
    busy = (("EHLO", "250-x\n250 AUTH XOAUTH2"), ("AUTH", "454 4.7.0 Temporary authentication failure"))
    with (
        ScriptedServer(Protocol.POP3, "+OK ready", script) as first,
        ScriptedServer(Protocol.SMTP, "220 ready", busy) as second,
    ):
        results = probe(Mailbox("info", "info@example.org", first.server, second.server), lambda: "token")
    assert results["pop3"].ok
    assert (results["smtp"].code, results["smtp"].reachable) == ("server_fault", False)
