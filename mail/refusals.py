"""What do a mail server's words mean? Pure: an answer of IMAP, POP3 or SMTP in, a code of the catalogue out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from mail.mailbox import Protocol


@dataclass(frozen=True)
class Meaning:
    """`code` names the sentences; `server_code` is the server's own. Not `final`: a later try may well succeed."""

    code: str
    server_code: str = ""
    final: bool = True
    retry_after: timedelta | None = None


_DAILY_LIMIT = timedelta(hours=4)
"""The limits are of a rolling day: an hour is too often to ask, a whole day too long to wait."""

# Exchange Online's words first, then Google's, as far as they are known; the rest is what others say. The first line
# that fits wins.
_PASSING = (
    (r"throttled|too many [a-z ]*(login|connection|failed)|connection limit|thread limit", "server_throttled"),
    (r"command or bandwidth limits|\[LOGIN-DELAY\]", "server_throttled"),
    (r"AccessTokenExpired|session invalidated", "connection_lost"),
    (r"\[(UNAVAILABLE|INUSE|IN-USE|SYS/TEMP|SERVERBUG|LIMIT)\]", "server_fault"),
    (r"^b?['\"]?\* BYE", "server_fault"),
    (r"server (is )?(unavailable|busy)|temporar|try again later", "server_fault"),
)
_ACCESS = (
    (r"authenticated but not connected", "imap_not_connected"),
    (r"SmtpClientAuthentication is disabled for the tenant", "smtp_auth_disabled_tenant"),
    (r"SmtpClientAuthentication is disabled for the mailbox|\b5\.7\.57\b", "smtp_auth_disabled_mailbox"),
    (r"security defaults", "security_defaults"),
    (
        r"basic authentication is (disabled|not supported)|\b5\.7\.30\b|did not meet the criteria",
        "authentication_policy",
    ),
    (r"federated STS", "federation_failed"),
    (r"Protocol error\. Connection is closed", "login_too_long"),
    (r"not enabled for (IMAP|POP)|(IMAP|POP)3? (access )?is disabled|access via (IMAP|POP)", "protocol_disabled"),
    (r"bad outbound sender|\b5\.1\.8\b|\b5\.7\.50[123]\b|\b5\.7\.70[58]\b", "sender_blocked"),
)
_LOGIN = (
    *_ACCESS,
    (r"log ?in (via|through|with) your web browser|\b5\.7\.14\b", "google_browser_wanted"),
    (r"Invalid credentials \(Failure\)|username and password not accepted|\bgsmtp\b", "google_refused"),
)
_FOLDER = ((r"\[NONEXISTENT\]|does ?n[o']t exist|no such (mailbox|folder)|unknown mailbox", "folder_missing"),)
_SENDER = (
    (
        r"SendAsDenied|send as this sender|\b5\.7\.60\b|\b5\.2\.252\b|sender address rejected: not owned",
        "send_as_denied",
    ),
)
_DELIVERY = (
    *_SENDER,
    (
        r"message size exceeds|message (is )?too (large|big)|message size limit|\b5\.3\.4\b|\b5\.2\.3\b",
        "message_too_large",
    ),
    (r"does not exist|user unknown|no such (user|mailbox)|\b5\.1\.1\b|\b5\.1\.10\b", "recipient_unknown"),
)
_LIMIT = (
    r"submission quota exceeded|\b5\.2\.2\b.*submission|\b5\.1\.90\b|\b5\.7\.23[23]\b|\b5\.4\.5\b"
    r"|daily (user )?(sending |smtp relay )?(limit|quota)"
)
_FULL = r"mailbox (is )?full|over ?quota|quota exceeded|\b[45]\.2\.2\b"
_SERVER_CODE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b|(?<=\[)[A-Z][A-Z/-]+(?=[\] ])|^[2345]\d\d\b")
_BACK_OFF = re.compile(r"Backoff Time: (\d+) milliseconds", re.IGNORECASE)


def greeting_meaning(protocol: Protocol, answer: str) -> Meaning:
    """Why the server would not even talk: never a word about this mailbox."""
    return _passing(protocol, answer) or Meaning("server_fault", server_code(answer), final=False)


def login_meaning(protocol: Protocol, answer: str) -> Meaning:
    """Why the login was not let in."""
    return _passing(protocol, answer) or _first(_LOGIN, answer) or Meaning("token_refused", server_code(answer))


def session_meaning(protocol: Protocol, answer: str) -> Meaning:
    """Why something was refused after the login: choosing a folder, listing, reading, announcing a sender."""
    known = _passing(protocol, answer) or _first((*_LOGIN, *_FOLDER, *_SENDER), answer)
    return known or Meaning("mailbox_refused", server_code(answer))


def delivery_meaning(answer: str) -> Meaning:
    """Why a letter or a recipient was not taken; `answer` begins with the three digits of SMTP."""
    own = server_code(answer)
    if re.search(_LIMIT, answer, re.IGNORECASE):
        return Meaning("sending_limit", own, final=False, retry_after=_DAILY_LIMIT)
    if re.search(_FULL, answer, re.IGNORECASE):  # 5.2.2 means either: the words tell
        return Meaning("mailbox_full", own, final=answer.startswith("5"))
    if passing := _passing(Protocol.SMTP, answer):
        return passing
    return _first((*_DELIVERY, *_ACCESS), answer) or Meaning("delivery_refused", own)


def server_code(answer: str) -> str:
    """The server's own code: `5.7.139`, `AUTHENTICATIONFAILED`, or SMTP's three digits. Empty where it gives none."""
    found = _SERVER_CODE.findall(answer)
    return max(found, key=lambda code: not code.isdigit(), default="")


def _passing(protocol: Protocol, answer: str) -> Meaning | None:
    final_digit = protocol is Protocol.SMTP and answer.startswith("5")
    if (meaning := _first(_PASSING, answer)) and not final_digit:
        back_off = _BACK_OFF.search(answer)
        wait = timedelta(milliseconds=int(back_off[1])) if back_off else None
        return Meaning(meaning.code, meaning.server_code, final=False, retry_after=wait)
    if protocol is Protocol.SMTP and answer.startswith("4"):
        return Meaning("server_fault", server_code(answer), final=False)
    return None


def _first(table: tuple[tuple[str, str], ...], answer: str) -> Meaning | None:
    code = next((code for pattern, code in table if re.search(pattern, answer, re.IGNORECASE)), "")
    return Meaning(code, server_code(answer)) if code else None
