"""Are the servers' words understood? A table of what Exchange, Google and Dovecot really say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mail.mailbox import Protocol
from mail.refusals import Meaning, delivery_meaning, greeting_meaning, login_meaning, server_code, session_meaning

IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP
UNSUCCESSFUL = "535 5.7.139 Authentication unsuccessful"
DISABLED = f"{UNSUCCESSFUL}, SmtpClientAuthentication is disabled for the"
LOCKED = f"{UNSUCCESSFUL}, user is locked by your organization's security defaults policy."


@pytest.mark.parametrize(
    ("protocol", "answer", "code", "own"),
    [
        (IMAP, "AUTHENTICATE failed.", "token_refused", ""),
        (IMAP, "[AUTHENTICATIONFAILED] Authentication failed.", "token_refused", "AUTHENTICATIONFAILED"),
        (IMAP, "User is authenticated but not connected.", "imap_not_connected", ""),
        (IMAP, "[ALERT] Your account is not enabled for IMAP use.", "protocol_disabled", "ALERT"),
        (POP3, "Authentication failure: unknown user name or bad password.", "token_refused", ""),
        (POP3, "[AUTH] Authentication failed.", "token_refused", "AUTH"),
        (POP3, "[SYS/PERM] Your account is not enabled for POP access.", "protocol_disabled", "SYS/PERM"),
        (SMTP, "535 5.7.3 Authentication unsuccessful [FR0P281CA0001.DEU.PROD]", "token_refused", "5.7.3"),
        (SMTP, f"{DISABLED} Tenant. Visit https://aka.ms/smtp_auth_disabled", "smtp_auth_disabled_tenant", "5.7.139"),
        (SMTP, f"{DISABLED} Mailbox.", "smtp_auth_disabled_mailbox", "5.7.139"),
        (SMTP, LOCKED, "security_defaults", "5.7.139"),
        (SMTP, f"{UNSUCCESSFUL}, basic authentication is disabled.", "authentication_policy", "5.7.139"),
        (SMTP, "550 5.7.30 Basic authentication is not supported", "authentication_policy", "5.7.30"),
        (SMTP, "530 5.7.57 Client not authenticated to send mail", "smtp_auth_disabled_mailbox", "5.7.57"),
        (SMTP, "535 5.7.8 Authentication failed.", "token_refused", "5.7.8"),
        (SMTP, "535 Incorrect authentication data", "token_refused", "535"),
    ],
)  # fmt: skip
def test_a_refused_login_is_definite_and_named(protocol: Protocol, answer: str, code: str, own: str) -> None:
    assert login_meaning(protocol, answer) == Meaning(code, own)


@pytest.mark.parametrize(
    ("protocol", "answer", "code"),
    [
        (IMAP, "[UNAVAILABLE] Temporary authentication failure.", "server_fault"),
        (IMAP, "Server Unavailable. 15", "server_fault"),
        (IMAP, "Session invalidated - AccessTokenExpired", "connection_lost"),
        (IMAP, "[LIMIT] Too many simultaneous connections", "server_throttled"),
        (POP3, "[IN-USE] Mailbox is locked", "server_fault"),
        (POP3, "[LOGIN-DELAY] minimum time between mail checks violation", "server_throttled"),
        (POP3, "[SYS/TEMP] Temporary system problem", "server_fault"),
        (SMTP, "454 4.7.0 Temporary authentication failure", "server_fault"),
        (SMTP, "421 4.3.2 Service not available", "server_fault"),
        (SMTP, "432 4.3.2 concurrent connection limit exceeded", "server_throttled"),
    ],
)
def test_a_passing_trouble_is_never_a_refusal(protocol: Protocol, answer: str, code: str) -> None:
    for meaning in (login_meaning(protocol, answer), session_meaning(protocol, answer)):
        assert (meaning.code, meaning.final) == (code, False)


def test_how_long_a_throttled_server_wants_us_to_wait_is_read() -> None:
    meaning = session_meaning(IMAP, "Request is throttled. Suggested Backoff Time: 299961 milliseconds")
    assert meaning == Meaning("server_throttled", final=False, retry_after=timedelta(milliseconds=299961))


@pytest.mark.parametrize("answer", ["[NONEXISTENT] Unknown Mailbox: Rechnungen", "Rechnungen doesn't exist."])
def test_a_folder_that_is_not_there_is_named(answer: str) -> None:
    assert session_meaning(IMAP, answer).code == "folder_missing"


@pytest.mark.parametrize(
    ("answer", "code", "final"),
    [
        ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send_as_denied", True),
        ("554 5.2.252 SendAsDenied; info@example.org not allowed", "send_as_denied", True),
        ("550 5.7.705 Access denied, tenant has exceeded threshold", "sender_blocked", True),
        ("550 5.1.90 Your message can't be sent because you've reached your daily limit", "sending_limit", False),
        ("550 5.7.232 tenant exceeded its external recipient limit", "sending_limit", False),
        ("552 5.2.2 mailbox full", "mailbox_full", True),
        ("552 5.2.3 message too big", "message_too_large", True),
        ("550 5.1.1 user unknown", "recipient_unknown", True),
        ("451 4.7.650 The mail server has been temporarily rate limited", "server_fault", False),
        ("554 5.7.1 spam", "delivery_refused", True),
        ("550 5.4.1 temporarily fed up", "delivery_refused", True),
    ],
)
def test_what_is_said_to_a_letter_is_told_apart_for_good_and_for_now(answer: str, code: str, final: bool) -> None:  # noqa: FBT001  a column of the table
    meaning = delivery_meaning(answer)
    assert (meaning.code, meaning.final) == (code, final)


@pytest.mark.parametrize("protocol", list(Protocol))
def test_a_greeting_never_says_anything_about_a_mailbox(protocol: Protocol) -> None:
    assert not greeting_meaning(protocol, "554 5.7.1 your address is on a list").final


@pytest.mark.parametrize(
    ("answer", "own"), [("535 5.7.3 no", "5.7.3"), ("550 no", "550"), ("[AUTH] no", "AUTH"), ("no 127.0.0.1", "")]
)
def test_the_servers_own_code_is_kept_for_the_hotline(answer: str, own: str) -> None:
    assert server_code(answer) == own
