"""Is every answer of a mail server understood? State, who can mend it, and complete sentences in both languages.

Written out by hand from what Exchange Online and Google are known to say: nothing here is taken from the program.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from auth.outcome import Granted
from auth.provider import Session
from mail.mailbox import Protocol
from mail.problems import MailboxRefused, MailProblem, ServerUnreachable
from mail.refusals import delivery_meaning, login_meaning, session_meaning
from tray.checks import check_of_problem
from tray.health import Facts, assess
from tray.learning import learn, learn_mailbox
from tray.texts import LANGUAGES, Texts

IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HELD = Session("info@office.example", NOW - timedelta(days=3), NOW - timedelta(hours=1))
OFF = "535 5.7.139 Authentication unsuccessful, "
BACK_OFF = "Request is throttled. Suggested Backoff Time: 299961 milliseconds"
FACTS = {
    "account": "info", "address": "info@office.example", "person": "info@office.example", "code": "x",
    "host": "outlook.office365.com", "port": "993",
}  # fmt: skip

NO = "mailbox_refused"

# protocol, the server's words, code, state, who, and a word of the administrator's step ("": any)
LOGINS = [
    (IMAP, "AUTHENTICATE failed.", "token_refused", NO, "admin", "Set-CASMailbox"),
    (IMAP, "AUTHENTICATE failed.", "token_refused", NO, "admin", "-BlockModernAuthImap:$false"),
    (POP3, "Authentication failure: unknown user name or bad password.", "token_refused", NO, "admin",
     "-PopEnabled $true"),
    (POP3, "Authentication failure: unknown user name or bad password.", "token_refused", NO, "admin",
     "-BlockModernAuthPop:$false"),
    (SMTP, "535 5.7.3 Authentication unsuccessful [FR0P281CA0001.DEU.PROD]", "token_refused", NO, "admin",
     "-SmtpClientAuthenticationDisabled $false"),
    (IMAP, "User is authenticated but not connected.", "imap_not_connected", NO, "admin",
     "-ImapEnabled $true"),
    (IMAP, "User is authenticated but not connected.", "imap_not_connected", NO, "admin",
     "Add-MailboxPermission"),
    (SMTP, OFF + "SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled",
     "smtp_auth_disabled_tenant", NO, "admin", "Set-TransportConfig -SmtpClientAuthenticationDisabled"),
    (SMTP, OFF + "SmtpClientAuthentication is disabled for the Mailbox.", "smtp_auth_disabled_mailbox", NO,
     "admin", "Set-CASMailbox"),
    (SMTP, "530 5.7.57 Client not authenticated to send mail", "smtp_auth_disabled_mailbox", NO, "admin",
     "Set-CASMailbox"),
    (SMTP, OFF + "user is locked by your organization's security defaults policy.", "security_defaults",
     NO, "admin", "security defaults|Sicherheitsstandards"),
    (SMTP, OFF + "basic authentication is disabled.", "authentication_policy", NO, "admin",
     "-AllowBasicAuthSmtp"),
    (SMTP, OFF + "the request did not meet the criteria to be authenticated successfully.", "authentication_policy",
     NO, "admin", "-AllowBasicAuthSmtp"),
    (SMTP, "550 5.7.30 Basic authentication is not supported for Client Submission.", "authentication_policy",
     NO, "admin", "Set-AuthenticationPolicy"),
    (SMTP, OFF + "federated STS service was unreachable", "federation_failed", NO, "admin", "AD FS"),
    (SMTP, OFF + "federated STS service does not support HTTPS", "federation_failed", NO, "admin", "TLS"),
    (SMTP, "550 5.1.8 Access denied, bad outbound sender", "sender_blocked", NO, "admin",
     "restrictedentities"),
    (POP3, "Protocol error. Connection is closed. 10", "login_too_long", NO, "admin", "IMAP"),
    # Google
    (IMAP, "[AUTHENTICATIONFAILED] Invalid credentials (Failure)", "google_refused", NO, "user",
     "admin.google.com"),
    (POP3, "[AUTH] Username and password not accepted.", "google_refused", NO, "user", "admin.google.com"),
    (SMTP, "535 5.7.8 Username and Password not accepted. ffacd0b85a97d-3a1 - gsmtp", "google_refused",
     NO, "user", "admin.google.com"),
    (IMAP, "[ALERT] Please log in via your web browser: https://support.google.com/mail/answer/78754 (Failure)",
     "google_browser_wanted", NO, "user", ""),
    (SMTP, "534 5.7.14 Please log in through your web browser and then try again. - gsmtp", "google_browser_wanted",
     NO, "user", ""),
    (IMAP, "[ALERT] Your account is not enabled for IMAP use.", "protocol_disabled", NO, "user",
     "Google Workspace"),
    (IMAP, "[ALERT] IMAP access is disabled for your domain. Please contact your domain administrator.",
     "protocol_disabled", NO, "user", "Google Workspace"),
    (POP3, "[SYS/PERM] Your account is not enabled for POP access.", "protocol_disabled", NO, "user",
     "Google Workspace"),
    # what passes
    (IMAP, BACK_OFF, "server_throttled", "offline", "nobody", ""),
    (POP3, BACK_OFF, "server_throttled", "offline", "nobody", ""),
    (IMAP, "[ALERT] Too many simultaneous connections. (Failure)", "server_throttled", "offline", "nobody", ""),
    (IMAP, "[OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)", "server_throttled", "offline",
     "nobody", ""),
    (SMTP, "432 4.3.2 concurrent connection limit exceeded", "server_throttled", "offline", "nobody", ""),
    (SMTP, "454 4.7.0 Too many login attempts, please try again later. - gsmtp", "server_throttled", "offline",
     "nobody", ""),
    (IMAP, "Server Unavailable. 15", "server_fault", "offline", "nobody", ""),
    (POP3, "Server Unavailable. 21", "server_fault", "offline", "nobody", ""),
    (SMTP, "451 4.7.500 Access denied, please try again later", "server_fault", "offline", "nobody", ""),
    (SMTP, "454 4.7.0 Temporary authentication failure", "server_fault", "offline", "nobody", ""),
    (IMAP, "Session invalidated - AccessTokenExpired", "connection_lost", "offline", "nobody", ""),
    # what nobody has heard of
    (IMAP, "[CONTACTADMIN] Something new.", "token_refused", NO, "admin", "Something new."),
    (SMTP, "535 5.7.999 Something new.", "token_refused", NO, "admin", "Something new."),
]  # fmt: skip

# an answer to a letter, code, whether it is final, and a word of the administrator's step
LETTERS = [
    ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send_as_denied", True,
     "Add-RecipientPermission"),
    ("554 5.2.252 SendAsDenied; info@office.example not allowed", "send_as_denied", True, "-AccessRights SendAs"),
    ("552 5.3.4 Message size exceeds fixed maximum message size", "message_too_large", True, "-MaxSendSize"),
    ("552 5.2.3 Your message exceeded Google's message size limits.", "message_too_large", True, "-MaxSendSize"),
    ("550 5.1.8 Access denied, bad outbound sender", "sender_blocked", True, "restrictedentities"),
    ("550 5.7.501 Access denied, spam abuse detected", "sender_blocked", True, "restrictedentities"),
    ("550 5.7.502 Access denied, banned sender", "sender_blocked", True, "restrictedentities"),
    ("550 5.7.503 Access denied, banned sender", "sender_blocked", True, "restrictedentities"),
    ("550 5.7.705 Access denied, tenant has exceeded threshold", "sender_blocked", True, "5.7.705"),
    ("550 5.7.708 Access denied, traffic not accepted from this IP", "sender_blocked", True, "5.7.708"),
    ("554 5.2.2 mailbox full", "mailbox_full", True, "Get-MailboxStatistics"),
    ("452 4.2.2 The recipient's inbox is over quota.", "mailbox_full", False, "Get-MailboxStatistics"),
    ("554 5.2.2 Submission quota exceeded", "sending_limit", False, "10,000|10.000"),
    ("550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
     "sending_limit", False, "10,000|10.000"),
    ("550 5.7.232 Your message can't be sent because your trial tenant has exceeded its limit", "sending_limit", False,
     "5.7.232"),
    ("550 5.7.233 Your message can't be sent because your tenant exceeded its daily external recipient limit",
     "sending_limit", False, "5.7.233"),
    ("550 5.4.5 Daily user sending limit exceeded. - gsmtp", "sending_limit", False, ""),
    ("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "server_throttled", False, ""),
    ("451 4.7.650 The mail server has been temporarily rate limited", "server_fault", False, ""),
    ("550 5.1.1 RESOLVER.ADR.RecipientNotFound; not found", "recipient_unknown", True, ""),
    ("550 5.7.1 This message is likely unsolicited mail. - gsmtp", "delivery_refused", True, ""),
    ("550 5.7.30 Basic authentication is not supported for Client Submission.", "authentication_policy", True, ""),
    ("554 5.9.9 Something new", "delivery_refused", True, "Something new"),
]  # fmt: skip


def problem(protocol: Protocol, answer: str) -> MailProblem:
    meaning = login_meaning(protocol, answer)
    facts = {**FACTS, "protocol": protocol.value, "answer": answer}
    del facts["code"]
    if meaning.final:
        return MailboxRefused(answer, code=meaning.code, server_code=meaning.server_code, **facts)
    return ServerUnreachable(answer, code=meaning.code, retry_after=meaning.retry_after, **facts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("protocol", "answer", "code", "state", "who", "admin"), LOGINS)
def test_each_answer_to_a_login_has_its_state_who_can_mend_it_and_its_words(
    protocol: Protocol, answer: str, code: str, state: str, who: str, admin: str, language: str
) -> None:
    told = problem(protocol, answer)
    assert isinstance(told, MailboxRefused | ServerUnreachable)
    well = learn(Facts(), Granted("t", NOW + timedelta(hours=1)), HELD, NOW)
    facts = learn_mailbox(well, {protocol.value: check_of_problem(told)}, NOW)
    verdict = assess(facts, NOW + timedelta(minutes=10), expiring=False)
    assert (verdict.texts[0], verdict.state, verdict.who) == (code, state, who)
    check_words(language, verdict.texts, {**FACTS, **verdict.facts}, admin)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("answer", "code", "final", "admin"), LETTERS)
def test_each_answer_to_a_letter_is_final_or_not_and_has_its_words(
    answer: str,
    code: str,
    final: bool,  # noqa: FBT001  a column of the table
    admin: str,
    language: str,
) -> None:
    meaning = delivery_meaning(answer)
    assert (meaning.code, meaning.final) == (code, final)
    check_words(language, (meaning.code,), {**FACTS, "protocol": "smtp", "answer": answer}, admin)


def check_words(language: str, texts: tuple[str, ...], facts: dict[str, object], admin: str) -> None:
    advice = Texts(language).advise(texts, facts)  # type: ignore[arg-type]  # texts and numbers only
    assert advice.title
    assert advice.next_step
    assert not re.search(r"OAuth|[Tt]oken\b|PowerShell|\{|\$", advice.title + advice.next_step)
    assert any(word in advice.admin_help for word in admin.split("|")), advice.admin_help


def test_a_session_understands_what_a_login_does() -> None:
    for protocol, answer, code, *_ in LOGINS:
        if code not in {"token_refused", "google_refused", "google_browser_wanted"}:
            assert session_meaning(protocol, answer).code == code
