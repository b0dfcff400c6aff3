"""How does the far side of a door come about? A connection to the real server, logged in with a token."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import socket as Socket  # noqa: N812  the module's own name would hide it
from typing import Any

from mail import connect
from mail.mailbox import Mailbox, Protocol, Server

_BEFORE_LOGIN = ("AUTH=", "SASL-IR", "STARTTLS", "LOGINDISABLED")


@dataclass(frozen=True)
class Admitted:
    """Who knocked, knew the password, and gets to which mailbox on which server."""

    mailbox: Mailbox
    server: Server
    token: str = field(repr=False)


@dataclass(frozen=True)
class Upstream:
    """`leftover` came from the server behind the login. `capability` is IMAP's."""

    socket: Socket
    leftover: bytes
    capability: str = ""


@contextmanager
def upstream(admitted: Admitted) -> Iterator[Upstream]:
    """Raises MailboxRefused, ServerUnreachable. Left without a farewell: the program has said its own."""
    mailbox, server = admitted.mailbox, admitted.server

    def token() -> str:
        return admitted.token

    match server.protocol:
        case Protocol.IMAP:
            with connect.imap(mailbox, server, token) as client:
                words = [name.decode("ascii", "replace") for name in client.capabilities()]
                capability = " ".join(word for word in words if not word.upper().startswith(_BEFORE_LOGIN))
                imap: Any = client._imap  # noqa: SLF001  IMAPClient shows it under no public name
                yield from _until_done(Upstream(client.socket(), _buffered(client.socket(), imap.file), capability))
        case Protocol.POP3:
            with connect.pop3(mailbox, server, token) as wire:
                yield from _until_done(Upstream(wire.socket, wire.leftover()))
        case Protocol.SMTP:
            with connect.smtp(mailbox, server, token) as smtp:
                if smtp.sock is None:
                    raise ConnectionAbortedError("the connection is gone")
                yield from _until_done(Upstream(smtp.sock, _buffered(smtp.sock, smtp.file)))


def _until_done(there: Upstream) -> Iterator[Upstream]:
    try:
        yield there
    finally:
        there.socket.close()


def _buffered(sock: Socket, file: Any) -> bytes:
    """What a library has read ahead: it would be missing from the stream."""
    sock.setblocking(False)
    try:
        return bytes(file.peek()) if file else b""
    except (BlockingIOError, ssl.SSLWantReadError):
        return b""
