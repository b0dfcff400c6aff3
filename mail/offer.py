"""What does a mail server offer before anybody logs in? Its greeting, its encryption, its ways to log in."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from mail.answers import flat, understood
from mail.connect import StarttlsMissing, open_imap, open_pop3, open_smtp, opened
from mail.login import pop3_capabilities
from mail.mailbox import Mailbox, Protocol, Server
from mail.pop3_wire import Pop3Refusal, Pop3Wire
from mail.sasl import mechanism


@dataclass(frozen=True)
class Offer:
    """`mechanisms` are the names of the ways to log in, `tls` such as TLSv1.3, empty on an open line."""

    greeting: str
    mechanisms: tuple[str, ...]
    tls: str

    @property
    def takes_tokens(self) -> bool:
        """One that names no way at all may take them all the same, and is asked."""
        return bool(mechanism(self.mechanisms))


def offer(mailbox: Mailbox, server: Server) -> Offer:
    """Raises MailProblem."""
    opener, socket_of, close, asked = _WAYS[server.protocol]
    client = opened(mailbox, server, opener, socket_of)
    try:
        with understood(mailbox, server):
            greeting, mechanisms = asked(client)
            sock = socket_of(client)
            version = sock.version() if isinstance(sock, ssl.SSLSocket) else ""
    finally:
        with suppress(OSError):  # it may be closed already
            close(client)
    return Offer(flat(greeting), mechanisms, version or "")


def encrypted(server: Server, context: ssl.SSLContext) -> ssl.SSLSocket:
    """A connection on which nothing was said but what leads to encryption. Raises OSError."""
    opener, socket_of, _, _ = _WAYS[server.protocol]
    try:
        sock = socket_of(opener(server, context))
    except (Pop3Refusal, StarttlsMissing, smtplib.SMTPException) as refusal:
        raise ConnectionError(str(refusal)) from refusal
    if not isinstance(sock, ssl.SSLSocket):
        raise ConnectionError("not encrypted")
    return sock


def _imap(client: Any) -> tuple[str, tuple[str, ...]]:
    offered = [name.decode("ascii", "replace") for name in client.capabilities()]
    ways = tuple(name.removeprefix("AUTH=") for name in offered if name.startswith("AUTH="))
    return client.welcome.decode("utf-8", "replace"), ways


def _pop3(wire: Pop3Wire) -> tuple[str, tuple[str, ...]]:
    return "", tuple(pop3_capabilities(wire).get("SASL", []))


def _smtp(client: smtplib.SMTP) -> tuple[str, tuple[str, ...]]:
    said = (client.ehlo_resp or b"").decode("utf-8", "replace").partition("\n")[0]
    return said, tuple(str(client.esmtp_features.get("auth", "")).upper().split())


_Way = tuple[
    Callable[[Server, ssl.SSLContext], Any],
    Callable[[Any], socket.socket | None],
    Callable[[Any], object],
    Callable[[Any], tuple[str, tuple[str, ...]]],
]

_WAYS: dict[Protocol, _Way] = {
    Protocol.IMAP: (open_imap, lambda client: client.socket(), lambda client: client.shutdown(), _imap),
    Protocol.POP3: (open_pop3, lambda wire: wire.socket, lambda wire: wire.close(), _pop3),
    Protocol.SMTP: (open_smtp, lambda client: client.sock, lambda client: client.close(), _smtp),
}
