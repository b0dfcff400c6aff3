"""What goes wrong on request, and in which words? Exchange Online's answers, by protocol, kind and moment."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum

from mail.mailbox import Protocol

ANYBODY = "*"


class Moment(StrEnum):
    """When an answer is given."""

    CONNECT = "connect"
    SIGN_IN = "sign_in"
    COMMAND = "command"  # the first command after a sign-in that seemed to work; for SMTP: MAIL
    DATA = "data"  # after the final dot


@dataclass(frozen=True)
class Answer:
    """`words` follow the tag in IMAP. After it the line is closed where `closes` says so."""

    moment: Moment
    words: str
    closes: bool = False


_BACKOFF = "Request is throttled. Suggested Backoff Time: {milliseconds} milliseconds"
_SMTP_AUTH = "535 5.7.139 Authentication unsuccessful, "
_DISABLED = "Visit https://aka.ms/smtp_auth_disabled for more information."
_POP3_REFUSED = "-ERR Authentication failure: unknown user name or bad password."

IMAP_TOKEN_REFUSED = "NO AUTHENTICATE failed."  # noqa: S105  an answer
POP3_TOKEN_REFUSED = _POP3_REFUSED
SMTP_TOKEN_REFUSED = "535 5.7.3 Authentication unsuccessful [LOOPBACK.SANDBOX]"  # noqa: S105  an answer
NOT_CONNECTED = Answer(Moment.COMMAND, "BAD User is authenticated but not connected.", closes=True)
SEND_AS_DENIED = "5.7.60 SMTP; Client does not have permissions to send as this sender"
TOO_MANY_CONNECTIONS = Answer(Moment.COMMAND, "432 4.3.2 concurrent connection limit exceeded", closes=True)

IMAP_ANSWERS = {
    "token_refused": Answer(Moment.SIGN_IN, IMAP_TOKEN_REFUSED),
    "not_connected": NOT_CONNECTED,
    "imap_disabled": NOT_CONNECTED,
    "throttled": Answer(Moment.COMMAND, f"BAD {_BACKOFF}", closes=True),
    "throttled_sign_in": Answer(Moment.SIGN_IN, f"NO {_BACKOFF}", closes=True),
    "too_many_connections": Answer(Moment.SIGN_IN, "NO [ALERT] Too many simultaneous connections. (Failure)"),
    "unavailable": Answer(Moment.SIGN_IN, "NO Server Unavailable. 15"),
    "unavailable_later": Answer(Moment.COMMAND, "BAD Server Unavailable. 15"),
    "google_refused": Answer(Moment.SIGN_IN, "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"),
    "google_browser_wanted": Answer(
        Moment.SIGN_IN,
        "NO [ALERT] Please log in via your web browser: https://support.google.com/mail/answer/78754 (Failure)",
    ),
    "google_imap_off": Answer(Moment.SIGN_IN, "NO [ALERT] Your account is not enabled for IMAP use. (Failure)"),
    "google_throttled": Answer(
        Moment.SIGN_IN, "NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)", closes=True
    ),
    "unreachable": Answer(Moment.CONNECT, "", closes=True),
}
POP3_ANSWERS = {
    "token_refused": Answer(Moment.SIGN_IN, _POP3_REFUSED),
    "not_connected": Answer(Moment.SIGN_IN, _POP3_REFUSED),
    "pop_disabled": Answer(Moment.SIGN_IN, _POP3_REFUSED),
    "throttled": Answer(Moment.SIGN_IN, f"-ERR {_BACKOFF}", closes=True),
    "unavailable": Answer(Moment.SIGN_IN, "-ERR Server Unavailable. 21"),
    "in_use": Answer(Moment.SIGN_IN, "-ERR [IN-USE] Mailbox is locked by another session."),
    "sys_temp": Answer(Moment.SIGN_IN, "-ERR [SYS/TEMP] Temporary system problem. Please try again later."),
    "login_too_long": Answer(Moment.SIGN_IN, "-ERR Protocol error. Connection is closed. 10", closes=True),
    "google_pop_off": Answer(Moment.SIGN_IN, "-ERR [SYS/PERM] Your account is not enabled for POP access."),
    "unreachable": Answer(Moment.CONNECT, "", closes=True),
}
SMTP_ANSWERS = {
    "token_refused": Answer(Moment.SIGN_IN, SMTP_TOKEN_REFUSED),
    "not_connected": Answer(Moment.SIGN_IN, SMTP_TOKEN_REFUSED),
    "smtp_auth_disabled_tenant": Answer(
        Moment.SIGN_IN, f"{_SMTP_AUTH}SmtpClientAuthentication is disabled for the Tenant. {_DISABLED}"
    ),
    "smtp_auth_disabled_mailbox": Answer(
        Moment.SIGN_IN, f"{_SMTP_AUTH}SmtpClientAuthentication is disabled for the Mailbox. {_DISABLED}"
    ),
    "security_defaults": Answer(
        Moment.SIGN_IN, f"{_SMTP_AUTH}user is locked by your organization's security defaults policy."
    ),
    "authentication_policy": Answer(Moment.SIGN_IN, f"{_SMTP_AUTH}basic authentication is disabled."),
    "federation_failed": Answer(Moment.SIGN_IN, f"{_SMTP_AUTH}federated STS service was unreachable"),
    "basic_retired": Answer(Moment.SIGN_IN, "550 5.7.30 Basic authentication is not supported for Client Submission."),
    "not_authenticated": Answer(Moment.COMMAND, "530 5.7.57 Client not authenticated to send mail"),
    "google_refused": Answer(Moment.SIGN_IN, "535 5.7.8 Username and Password not accepted. sandbox - gsmtp"),
    "unavailable": Answer(Moment.SIGN_IN, "451 4.7.0 Temporary server error. Please try again later."),
    "connection_limit": TOO_MANY_CONNECTIONS,
    "blocked_sender": Answer(Moment.COMMAND, "550 5.1.8 Access denied, bad outbound sender"),
    "try_later": Answer(Moment.COMMAND, "451 4.7.500 Server busy. Please try again later."),
    "throttled": Answer(Moment.DATA, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"),
    "quota": Answer(Moment.DATA, "554 5.2.2 Submission quota exceeded"),
    "daily_limit": Answer(
        Moment.DATA,
        "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
    ),
    "mailbox_full": Answer(Moment.DATA, "554 5.2.2 mailbox full"),
    "too_large": Answer(Moment.DATA, "552 5.3.4 Message size exceeds fixed maximum message size"),
    "tenant_blocked": Answer(Moment.COMMAND, "550 5.7.705 Access denied, tenant has exceeded threshold"),
    "send_as_denied": Answer(Moment.DATA, f"550 {SEND_AS_DENIED}"),
    "rejected": Answer(Moment.DATA, "554 5.6.0 Message content is not accepted"),
    "unreachable": Answer(Moment.CONNECT, "", closes=True),
}
ANSWERS = {Protocol.IMAP: IMAP_ANSWERS, Protocol.POP3: POP3_ANSWERS, Protocol.SMTP: SMTP_ANSWERS}


@dataclass(frozen=True)
class Cut:
    """Cut the line after so many bytes sent since the sign-in, or in place of the answer to the Nth command."""

    after_bytes: int | None = None
    at_command: int | None = None
    after_dot: bool = False
    taken: bool = True  # after the final dot: whether the message went on its way


@dataclass
class _Planned:
    what: Answer | Cut | float  # a number: so many seconds before every answer
    times: int  # 0: until cleared


class Faults:
    """What is to go wrong, by address (ANYBODY for all) and protocol. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: dict[tuple[str, Protocol], list[_Planned]] = {}

    def plan(self, address: str, protocol: Protocol, what: Answer | Cut | float, times: int = 0) -> None:
        with self._lock:
            self._planned.setdefault((address.casefold(), protocol), []).append(_Planned(what, times))

    def clear(self, address: str = "", protocol: Protocol | None = None) -> None:
        """All that is planned; or for this address, or this protocol, alone."""
        who = address.casefold()
        with self._lock:
            for key in [key for key in self._planned if who in {"", key[0]} and protocol in {None, key[1]}]:
                del self._planned[key]

    def answer(self, address: str, protocol: Protocol, moment: Moment) -> Answer | None:
        """The refusal planned for now; one of those asked for a number of times is thereby used up."""
        with self._lock:
            for key, planned in self._matching(address, protocol):
                if isinstance(planned.what, Answer) and planned.what.moment is moment:
                    self._use(key, planned)
                    return planned.what
        return None

    def cut(self, address: str, protocol: Protocol, *, after_dot: bool) -> Cut | None:
        with self._lock:
            for key, planned in self._matching(address, protocol):
                if isinstance(planned.what, Cut) and planned.what.after_dot == after_dot:
                    self._use(key, planned)
                    return planned.what
        return None

    def delay(self, address: str, protocol: Protocol) -> float:
        with self._lock:
            return sum(each.what for _, each in self._matching(address, protocol) if isinstance(each.what, float))

    def _matching(self, address: str, protocol: Protocol) -> list[tuple[tuple[str, Protocol], _Planned]]:
        keys = [(who, protocol) for who in dict.fromkeys((address.casefold(), ANYBODY)) if who]
        return [(key, planned) for key in keys for planned in self._planned.get(key, ())]

    def _use(self, key: tuple[str, Protocol], planned: _Planned) -> None:
        if planned.times == 1:
            self._planned[key].remove(planned)
        elif planned.times:
            planned.times -= 1


def known_answer(protocol: Protocol, kind: str, backoff_milliseconds: int) -> Answer:
    answers = ANSWERS[protocol]
    if kind not in answers:
        raise ValueError(f"{protocol} cannot be refused with {kind!r}; it knows {', '.join(sorted(answers))}")
    found = answers[kind]
    return Answer(found.moment, found.words.replace("{milliseconds}", str(backoff_milliseconds)), found.closes)
