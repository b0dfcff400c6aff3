"""How is a mail server reached? The one way to open IMAP, POP3 and SMTP: TLS, time limits, login with a token."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from mail.answers import refusal, understood, unreachable
from mail.certificates import Trust, issuer, looking, verifying
from mail.login import NoOAuth, log_in_imap, log_in_pop3, log_in_smtp, pop3_capabilities
from mail.mailbox import Mailbox, Security, Server, TokenSource
from mail.pop3_wire import Pop3Refusal, Pop3Wire
from mail.problems import MailProblem, ServerUnreachable
from mail.refusals import greeting_meaning, login_meaning
from mail.sasl import Conversation

if TYPE_CHECKING:
    from imapclient import IMAPClient

CONNECT_SECONDS = 15.0
READ_SECONDS = 60.0

_Client = TypeVar("_Client")


class StarttlsMissing(Exception):  # noqa: N818  an answer; opened() makes a Problem of it
    """The server offers no encryption where the account demands it, so nothing was sent to it."""


@contextmanager
def imap(mailbox: Mailbox, server: Server, token: TokenSource) -> Iterator[IMAPClient]:
    """Logged in. Left by LOGOUT, or just closed where something went wrong: a dead link would make LOGOUT hang."""
    client = imap_client(mailbox, server, token)
    with closed_on_error(client.shutdown):
        yield client
    log_out(client)


def imap_client(mailbox: Mailbox, server: Server, token: TokenSource, trust: Trust = verifying) -> IMAPClient:
    """Logged in; to be closed by the caller."""
    client = opened(mailbox, server, open_imap, lambda client: client.socket(), trust)
    with closed_on_error(client.shutdown):
        _log_in(mailbox, server, token, lambda talk: log_in_imap(client, talk))
    return client


def log_out(client: IMAPClient) -> None:
    """The work is done, a lost farewell changes nothing."""
    with suppress(OSError, client.Error):
        client.logout()


@contextmanager
def pop3(mailbox: Mailbox, server: Server, token: TokenSource) -> Iterator[Pop3Wire]:
    """Logged in. Closed without QUIT, which would make deletions final and is the caller's to say."""
    wire = opened(mailbox, server, open_pop3, lambda wire: wire.socket)
    with closing(wire):
        _log_in(mailbox, server, token, lambda talk: log_in_pop3(wire, talk))
        yield wire


@contextmanager
def smtp(mailbox: Mailbox, server: Server, token: TokenSource) -> Iterator[smtplib.SMTP]:
    """Logged in, EHLO said."""
    client = opened(mailbox, server, open_smtp, lambda client: client.sock)
    with closing(client):
        _log_in(mailbox, server, token, lambda talk: log_in_smtp(client, talk))
        yield client
        with suppress(OSError):  # the work is done, a lost farewell changes nothing
            client.quit()


def open_imap(server: Server, context: ssl.SSLContext) -> IMAPClient:
    """Connected and encrypted, not logged in."""
    from imapclient import IMAPClient, SocketTimeout  # the largest of the mail libraries

    client = IMAPClient(
        server.host,
        server.port,
        ssl=server.security is Security.TLS,
        ssl_context=context,
        timeout=SocketTimeout(CONNECT_SECONDS, READ_SECONDS),
    )
    if server.security is Security.STARTTLS:
        with closed_on_error(client.shutdown):
            if not client.has_capability("STARTTLS"):
                raise StarttlsMissing
            client.starttls(context)
    return client


def open_pop3(server: Server, context: ssl.SSLContext) -> Pop3Wire:
    wire = Pop3Wire(socket.create_connection((server.host, server.port), CONNECT_SECONDS))
    with closed_on_error(wire.close):
        if server.security is Security.TLS:
            wire.wrap(context, server.host)
        wire.socket.settimeout(READ_SECONDS)
        wire.status()
        if server.security is Security.STARTTLS:
            if "STLS" not in pop3_capabilities(wire):
                raise StarttlsMissing
            wire.ask("STLS")
            wire.wrap(context, server.host)
    return wire


def open_smtp(server: Server, context: ssl.SSLContext) -> smtplib.SMTP:
    # An address literal as our name: smtplib would ask the DNS for one, which can take long and tells more than needed.
    if server.security is Security.TLS:
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname="[127.0.0.1]", timeout=CONNECT_SECONDS, context=context
        )
    else:
        client = smtplib.SMTP(server.host, server.port, local_hostname="[127.0.0.1]", timeout=CONNECT_SECONDS)
    with closed_on_error(client.close):
        set_patience(client, READ_SECONDS)
        # the final dot is a packet of its own, which must not wait for the answer to the one before
        _socket_of(client).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            if not client.has_extn("starttls"):
                raise StarttlsMissing
            client.starttls(context=context)
            client.ehlo()
    return client


def set_patience(client: smtplib.SMTP, seconds: float) -> None:
    """How long each answer may take from here on."""
    _socket_of(client).settimeout(seconds)


def _socket_of(client: smtplib.SMTP) -> socket.socket:
    if client.sock is None:
        raise smtplib.SMTPServerDisconnected("not connected")
    return client.sock


@contextmanager
def closed_on_error(close: Callable[[], None]) -> Iterator[None]:
    """A connection whose conversation broke off is of no use any more."""
    try:
        yield
    except BaseException:
        with suppress(OSError):  # it may be closed already
            close()
        raise


def opened(
    mailbox: Mailbox,
    server: Server,
    opener: Callable[[Server, ssl.SSLContext], _Client],
    socket_of: Callable[[_Client], socket.socket | None],
    trust: Trust = verifying,
) -> _Client:
    """Connected and encrypted, not logged in. Raises ServerUnreachable, MailboxRefused."""
    try:
        with understood(mailbox, server, greeting_meaning):
            return opener(server, trust(mailbox.ca_file))
    except StarttlsMissing as missing:
        raise unreachable(mailbox, server, "starttls_missing", "") from missing
    except ServerUnreachable as trouble:
        if "issuer" in trouble.facts:  # the certificate failed: look at it once more, to name who issued it
            trouble.facts["issuer"] = _issuer(server, opener, socket_of)
        raise


def _issuer(
    server: Server,
    opener: Callable[[Server, ssl.SSLContext], _Client],
    socket_of: Callable[[_Client], socket.socket | None],
) -> str:
    try:
        sock = socket_of(opener(server, looking()))
    except (OSError, Pop3Refusal, StarttlsMissing):
        return ""  # the sentence does without the name
    if not isinstance(sock, ssl.SSLSocket):
        return ""
    with closing(sock):
        return issuer(sock.getpeercert(binary_form=True))


def _log_in(mailbox: Mailbox, server: Server, token: TokenSource, log_in: Callable[[Conversation], None]) -> None:
    talk = Conversation("", mailbox.address, server.host, server.port, token())
    try:
        with understood(mailbox, server, login_meaning):
            log_in(talk)
    except NoOAuth as offer:
        raise refusal(mailbox, server, "oauth_missing", talk.without_secrets(str(offer))) from None
    except MailProblem as trouble:
        trouble.detail = talk.without_secrets(trouble.detail)
        trouble.facts["answer"] = trouble.detail
        raise
