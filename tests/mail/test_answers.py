"""Can every code that a mail server's answer leads to be told, with the facts that come with it?"""

from __future__ import annotations

import imaplib
import re
import smtplib
import socket
import ssl
from importlib.resources import files

import pytest

from auth.problems import Problem
from mail import refusals
from mail.answers import understood
from mail.mailbox import Mailbox, Protocol, Security, Server
from mail.pop3_wire import Pop3Refusal
from mail.problems import MailboxRefused, MailProblem, ServerUnreachable
from tray.texts import LANGUAGES, Texts

SERVER = Server(Protocol.IMAP, "mail.example.org", 993, Security.TLS)
BOX = Mailbox("info", "info@example.org", SERVER, None)


def ended(error: Exception) -> MailProblem:
    with pytest.raises(MailProblem) as caught, understood(BOX, SERVER):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (imaplib.IMAP4.error("EXAMINE command error: BAD [b'authenticated but not connected.']"), MailboxRefused,
         "imap_not_connected"),
        (imaplib.IMAP4.error("select failed: [NONEXISTENT] no such mailbox"), MailboxRefused, "folder_missing"),
        (imaplib.IMAP4.error("something new"), MailboxRefused, "mailbox_refused"),
        (imaplib.IMAP4.abort("Session invalidated - AccessTokenExpired"), ServerUnreachable, "connection_lost"),
        (imaplib.IMAP4.abort("Request is throttled. Suggested Backoff Time: 5000 milliseconds"), ServerUnreachable,
         "server_throttled"),
        (imaplib.IMAP4.abort("socket error: EOF"), ServerUnreachable, "connection_lost"),
        (Pop3Refusal("[IN-USE] locked"), ServerUnreachable, "server_fault"),
        (smtplib.SMTPResponseException(550, b"5.1.8 bad outbound sender"), MailboxRefused, "sender_blocked"),
        (smtplib.SMTPServerDisconnected("gone"), ServerUnreachable, "connection_lost"),
        (socket.gaierror(-2, "Name or service not known"), ServerUnreachable, "server_not_found"),
        (TimeoutError("timed out"), ServerUnreachable, "server_silent"),
        (ConnectionRefusedError(111, "refused"), ServerUnreachable, "server_unreachable"),
        (ConnectionResetError(104, "reset"), ServerUnreachable, "connection_lost"),
        (ssl.SSLEOFError(8, "EOF"), ServerUnreachable, "connection_lost"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), ServerUnreachable, "server_tls"),
        (OSError(113, "No route to host"), ServerUnreachable, "server_unreachable"),
    ],
)  # fmt: skip
def test_every_librarys_exception_becomes_one_of_two_problems(
    error: Exception, kind: type[MailProblem], code: str
) -> None:
    problem = ended(error)
    assert (type(problem), problem.code) == (kind, code)
    assert problem.facts["host"] == "mail.example.org"


def test_what_is_a_problem_already_stays_the_same() -> None:
    problem = Problem("nobody", code="sign_in_required")
    with pytest.raises(Problem) as caught, understood(BOX, SERVER):
        raise problem
    assert caught.value is problem


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("protocol", list(Protocol))
def test_every_sentence_about_mail_servers_is_complete_with_the_facts_at_hand(
    language: str, protocol: Protocol
) -> None:
    facts = {**ended(OSError()).facts, "protocol": protocol.value, "issuer": "Some CA"}
    catalogue = (files("tray.texts") / language / "mail_servers.ftl").read_text("utf-8")
    codes = re.findall(r"^([a-z0-9_]+) =$", catalogue, re.MULTILINE)
    assert len(codes) > 30
    for code in codes:
        advice = Texts(language).advise((code,), facts)
        assert advice.title
        assert advice.next_step


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_meaning_has_its_sentences(language: str) -> None:
    tables = (refusals._PASSING, refusals._LOGIN, refusals._FOLDER, refusals._DELIVERY)
    others = ("token_refused", "mailbox_refused", "delivery_refused", "sending_limit", "oauth_missing", "unconfirmed")
    known = {code for table in tables for _, code in table} | set(others)
    facts = {**ended(OSError()).facts, "issuer": "Some CA"}
    assert all(Texts(language).advise((code,), facts).title for code in known)
