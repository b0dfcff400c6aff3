"""Is a server reached only when it is the right one, and is it said why where it is not?"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auth.problems import Problem
from auth.sandbox.certificate import make_ca
from mail import connect
from mail.mailbox import Mailbox, Protocol, Security, Server
from mail.problems import ServerUnreachable
from tests.rigs.dovecot import Dovecot, free_ports
from tests.rigs.scripted import ScriptedServer

Token = Callable[[], str]
OPEN = {Protocol.IMAP: connect.imap, Protocol.POP3: connect.pop3, Protocol.SMTP: connect.smtp}
EVERY = list(Protocol)


def reach(mailbox: Mailbox, server: Server, token: Token = lambda: "token") -> Problem:
    """The Problem that opening ends with."""
    with pytest.raises(Problem) as caught, OPEN[server.protocol](mailbox, server, token):
        pass
    return caught.value


def at(server: Server) -> Mailbox:
    return Mailbox("info", "info@example.org", server, server)


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize("protocol", EVERY)
def test_a_certificate_of_an_unknown_authority_is_named_with_its_issuer(
    dovecot: Dovecot, address: str, token: Token, protocol: Protocol, security: Security
) -> None:
    mailbox = replace(dovecot.mailbox(address), ca_file=None)
    problem = reach(mailbox, dovecot.server(protocol, security), token)
    assert isinstance(problem, ServerUnreachable)
    assert problem.code == "server_certificate"
    assert problem.facts["issuer"] == "Postwart sandbox"
    assert problem.facts["host"] == "localhost"


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("protocol", EVERY)
def test_a_certificate_for_another_name_is_refused(
    dovecot: Dovecot, address: str, token: Token, protocol: Protocol
) -> None:
    elsewhere = replace(dovecot.server(protocol), host="127.1")  # the same machine by a name that was not certified
    assert reach(dovecot.mailbox(address), elsewhere, token).code == "server_certificate_name"


@pytest.mark.needs("dovecot")
def test_an_own_ca_file_is_trusted_besides_the_systems(
    dovecot: Dovecot, address: str, token: Token, tmp_path: Path
) -> None:
    mailbox = dovecot.mailbox(address)
    with connect.imap(mailbox, dovecot.server(Protocol.IMAP), token) as client:
        assert client.noop()
    other = replace(mailbox, ca_file=make_ca(tmp_path).file)
    assert reach(other, dovecot.server(Protocol.IMAP), token).code == "server_certificate"


@pytest.mark.parametrize("protocol", EVERY)
def test_no_token_goes_to_a_server_that_does_not_offer_the_encryption_asked_for(protocol: Protocol) -> None:
    greeting, script = {
        Protocol.IMAP: ("* OK ready", [("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\n{tag} OK done")]),
        Protocol.POP3: ("+OK ready", [("CAPA", "+OK\nSASL XOAUTH2\n.")]),
        Protocol.SMTP: ("220 ready", [("EHLO", "250-ready\n250 AUTH XOAUTH2")]),
    }[protocol]
    with ScriptedServer(protocol, greeting, script) as scripted:
        server = replace(scripted.server, security=Security.STARTTLS)
        problem = reach(at(server), server)
    assert isinstance(problem, ServerUnreachable)
    assert problem.code == "starttls_missing"
    assert not [line for line in scripted.heard if "AUTH" in line]


@pytest.mark.parametrize("protocol", EVERY)
def test_a_port_where_nobody_listens_is_unreachable(protocol: Protocol) -> None:
    (port,) = free_ports(1)
    server = Server(protocol, "127.0.0.1", port, Security.TLS)
    assert reach(at(server), server).code == "server_unreachable"


@pytest.mark.parametrize("protocol", EVERY)
def test_a_name_that_does_not_exist_is_said_to(protocol: Protocol) -> None:
    server = Server(protocol, "mail.invalid", 993, Security.TLS)
    assert reach(at(server), server).code == "server_not_found"


@pytest.mark.parametrize("security", [Security.TLS, Security.NONE])
@pytest.mark.parametrize("protocol", EVERY)
def test_a_server_that_says_nothing_is_given_up_after_the_time_limit(
    protocol: Protocol, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(connect, "READ_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(protocol, "127.0.0.1", listener.getsockname()[1], security)
        began = time.monotonic()
        problem = reach(at(server), server)
    assert problem.code == "server_silent"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("protocol", EVERY)
def test_a_server_that_speaks_no_tls_is_told_so(protocol: Protocol) -> None:
    with ScriptedServer(protocol, "* OK 220 +OK in the clear", []) as scripted:
        server = replace(scripted.server, security=Security.TLS)
        assert reach(at(server), server).code in ("server_tls", "connection_lost")


@pytest.mark.parametrize(
    ("protocol", "greeting"),
    [
        (Protocol.IMAP, "* BYE too many connections"),
        (Protocol.POP3, "-ERR [SYS/TEMP] busy"),
        (Protocol.SMTP, "421 4.3.2 Service not available"),
    ],
)
def test_a_server_that_will_not_talk_says_nothing_about_the_mailbox(protocol: Protocol, greeting: str) -> None:
    with ScriptedServer(protocol, greeting, []) as scripted:
        problem = reach(at(scripted.server), scripted.server)
    assert isinstance(problem, ServerUnreachable)
    assert problem.code in ("server_fault", "server_throttled")


@pytest.mark.parametrize("protocol", EVERY)
def test_a_token_that_is_not_to_be_had_ends_the_attempt_with_its_own_problem(protocol: Protocol) -> None:
    greeting, script = {
        Protocol.IMAP: ("* OK ready", [("CAPABILITY", "* CAPABILITY IMAP4rev1\n{tag} OK done")]),
        Protocol.POP3: ("+OK ready", []),
        Protocol.SMTP: ("220 ready", [("EHLO", "250 ready")]),
    }[protocol]

    def none() -> str:
        raise Problem("nobody is signed in", code="sign_in_required")

    with ScriptedServer(protocol, greeting, script) as scripted:
        assert reach(at(scripted.server), scripted.server, none).code == "sign_in_required"
