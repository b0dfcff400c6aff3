"""How does each protocol log in with a token? The server's offer is looked at, then the talk of mail.sasl is held."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mail.pop3_wire import Pop3Refusal, Pop3Wire
from mail.sasl import Conversation, mechanism

if TYPE_CHECKING:
    from imapclient import IMAPClient

_ROUNDS = 3
"""The token, and the answer to a challenge that explains a refusal; a server that goes on asking is broken."""


class NoOAuth(Exception):  # noqa: N818  an answer; mail.connect makes a Problem of it
    """The server offers logins, but none with a token."""


def log_in_imap(client: IMAPClient, talk: Conversation) -> None:
    """Imaplib waits for the server to ask before it sends the token: always two steps."""
    offered = (name.decode("ascii", "replace") for name in client.capabilities())
    talk.mechanism = _chosen(name.removeprefix("AUTH=") for name in offered if name.startswith("AUTH="))
    try:
        client.sasl_login(talk.mechanism, talk.answer)
    except client.Error as error:
        # IMAPClient makes a LoginError of a connection that broke, too; that is no answer
        if isinstance(error.__context__, client.AbortError):
            raise error.__context__ from None
        raise


def log_in_pop3(wire: Pop3Wire, talk: Conversation) -> None:
    """Two lines: Exchange takes the one-line form for a protocol error."""
    talk.mechanism = _chosen(_sasl_of_pop3(wire))
    status = wire.ask(f"AUTH {talk.mechanism}")
    for _ in range(_ROUNDS):
        if not status.startswith("+"):
            return
        status = wire.ask(talk.line())
    raise Pop3Refusal("the server asks for more and more")


def log_in_smtp(client: smtplib.SMTP, talk: Conversation) -> None:
    """Two lines here too: a real token does not fit into one line of a command."""
    offered = str(client.esmtp_features.get("auth", "")).upper().split()
    if not mechanism(offered):
        client.noop()  # smtplib takes an offer that was cut off for a whole one; raises where the connection is gone
    talk.mechanism = _chosen(offered)
    code, answer = client.docmd("AUTH", talk.mechanism)
    for _ in range(_ROUNDS):
        if code != 334:  # noqa: PLR2004  SMTP's "go on"
            break
        code, answer = client.docmd(talk.line())
    if code == 235:  # noqa: PLR2004  SMTP's "you are in"
        return
    if not 400 <= code < 600:  # noqa: PLR2004  half a line, the rest of which never came
        raise smtplib.SMTPServerDisconnected("the connection ended in the middle of the answer")
    raise smtplib.SMTPAuthenticationError(code, answer)


def _chosen(offered: Iterable[str]) -> str:
    names = list(offered)
    if chosen := mechanism(names):
        return chosen
    raise NoOAuth(", ".join(names))


def _sasl_of_pop3(wire: Pop3Wire) -> list[str]:
    return pop3_capabilities(wire).get("SASL", [])


def pop3_capabilities(wire: Pop3Wire) -> dict[str, list[str]]:
    """Each capability with its parameters; empty where the server knows no CAPA."""
    try:
        lines = wire.ask_lines("CAPA")
    except Pop3Refusal:
        return {}
    words = (line.decode("ascii", "replace").upper().split() for line in lines)
    return {name: parameters for name, *parameters in words}
