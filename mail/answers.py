"""Which Problem is it that a mail library raised? The one place where foreign exceptions become ours."""

from __future__ import annotations

import imaplib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from auth.problems import Problem
from mail.certificates import fault
from mail.mailbox import Mailbox, Protocol, Server
from mail.pop3_wire import Pop3Refusal
from mail.problems import MailboxRefused, MailProblem, ServerUnreachable
from mail.refusals import Meaning, session_meaning

Reading = Callable[[Protocol, str], Meaning]

_LONGEST_ANSWER = 300
_WRAPPED = re.compile(r"^\w+ (?:command error: BAD \[b?['\"](?P<bad>.*)['\"]\]|failed: (?P<no>.*))$", re.DOTALL)
"""How imaplib and IMAPClient dress up what the server said."""


@contextmanager
def understood(mailbox: Mailbox, server: Server, reading: Reading = session_meaning) -> Iterator[None]:
    """Run what talks to `server`; whatever goes wrong with it comes out as MailboxRefused or ServerUnreachable."""
    try:
        yield
    except Problem:
        raise
    except ssl.SSLCertVerificationError as error:
        raise unreachable(mailbox, server, fault(error), error.verify_message or str(error), issuer="") from error
    except smtplib.SMTPResponseException as error:  # an OSError by descent, so before it
        raise _answered(mailbox, server, error, reading) from error
    except (imaplib.IMAP4.abort, OSError) as error:
        raise lost(mailbox, server, error) from error
    except (imaplib.IMAP4.error, Pop3Refusal) as error:
        raise _answered(mailbox, server, error, reading) from error


def _answered(mailbox: Mailbox, server: Server, error: Exception, reading: Reading) -> MailProblem:
    answer = answer_of(error)
    meaning = reading(server.protocol, answer)
    if not meaning.final:
        return unreachable(mailbox, server, meaning.code, answer, meaning.retry_after)
    return refusal(mailbox, server, meaning.code, answer, meaning.server_code)


def refusal(mailbox: Mailbox, server: Server, code: str, answer: str, server_code: str = "") -> MailboxRefused:
    """A definite no."""
    return MailboxRefused(answer, code=code, server_code=server_code, **_facts(mailbox, server, answer))


def lost(mailbox: Mailbox, server: Server, error: Exception) -> ServerUnreachable:
    """A connection that broke, or never came about."""
    answer = answer_of(error)
    parting = session_meaning(server.protocol, answer)
    if not parting.final:  # a server that says why it hangs up
        return unreachable(mailbox, server, parting.code, answer, parting.retry_after)
    return unreachable(mailbox, server, _network_fault(error), answer)


def unreachable(
    mailbox: Mailbox, server: Server, code: str, answer: str, wait: timedelta | None = None, **more: str
) -> ServerUnreachable:
    """No definite answer."""
    return ServerUnreachable(answer, code=code, retry_after=wait, **_facts(mailbox, server, answer), **more)


def answer_of(error: Exception) -> str:
    """The server's own words, on one line."""
    text = str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        text = f"{error.smtp_code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    if dressed := _WRAPPED.match(text):
        text = dressed["bad"] or dressed["no"] or ""
    return flat(text)


def flat(text: str) -> str:
    """On one line, not longer than a person reads."""
    return " ".join(text.split())[:_LONGEST_ANSWER]


def _facts(mailbox: Mailbox, server: Server, answer: str) -> dict[str, str]:
    return {
        "protocol": server.protocol.value,
        "host": server.host,
        "port": str(server.port),
        "address": mailbox.address,
        "answer": answer,
    }


def _network_fault(error: Exception) -> str:
    if isinstance(error.__context__, TimeoutError):  # smtplib hides it
        return "server_silent"
    match error:
        case socket.gaierror():
            return "server_not_found"
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return "connection_lost"
        case ssl.SSLError():
            return "server_tls"
        case TimeoutError():
            return "server_silent"
        case ConnectionRefusedError():
            return "server_unreachable"
        case ConnectionError() | imaplib.IMAP4.abort() | smtplib.SMTPServerDisconnected():
            return "connection_lost"
        case _:
            return "server_unreachable"
