"""Does the mailbox work? A real login over each of its protocols, and one question after it."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from mail import connect
from mail.answers import understood
from mail.mailbox import Mailbox, Protocol, Server, TokenSource
from mail.problems import MailboxRefused, MailProblem, ServerUnreachable


@dataclass(frozen=True)
class ProbeResult:
    """How one login went. `code` is the catalogue's, `server_code` the server's own.

    Not `reachable`: the server gave no definite answer, so nothing is known of the mailbox. `retry_after`: the pause it
    asked for.
    """

    ok: bool
    code: str = ""
    server_code: str = ""
    reachable: bool = True
    detail: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    retry_after: timedelta | None = None


def probe(mailbox: Mailbox, token: TokenSource) -> dict[str, ProbeResult]:
    """Each protocol the mailbox uses, with its own result. What `token` raises goes through."""
    return {server.protocol.value: _tried(mailbox, server, token) for server in mailbox.servers}


def _tried(mailbox: Mailbox, server: Server, token: TokenSource) -> ProbeResult:
    try:
        _TRIALS[server.protocol](mailbox, server, token)
    except MailboxRefused as refusal:
        return _failed(refusal, server_code=refusal.server_code)
    except ServerUnreachable as silence:
        return _failed(silence, reachable=False, retry_after=silence.retry_after)
    except MailProblem as trouble:
        return _failed(trouble, reachable=False)
    return ProbeResult(ok=True)


def _failed(trouble: MailProblem, **more: Any) -> ProbeResult:
    facts = {name: str(fact) for name, fact in trouble.facts.items()}
    return ProbeResult(ok=False, code=trouble.code, detail=trouble.detail, facts=facts, **more)


def _imap(mailbox: Mailbox, server: Server, token: TokenSource) -> None:
    """Exchange accepts the token of somebody without rights, and says so at the first question only."""
    with connect.imap(mailbox, server, token) as client, understood(mailbox, server):
        client.select_folder(mailbox.folders[0] if mailbox.folders else "INBOX", readonly=True)
        client.noop()


def _pop3(mailbox: Mailbox, server: Server, token: TokenSource) -> None:
    with connect.pop3(mailbox, server, token) as wire, understood(mailbox, server):
        wire.ask("STAT")
        wire.ask("QUIT")


def _smtp(mailbox: Mailbox, server: Server, token: TokenSource) -> None:
    """Exchange lets somebody in and refuses the sender; so a letter is announced, and taken back at once."""
    with connect.smtp(mailbox, server, token) as client, understood(mailbox, server):
        announces = mailbox.address.isascii()
        code, answer = client.mail(mailbox.address) if announces else client.noop()
        if code != 250:  # noqa: PLR2004  SMTP's "done"
            raise smtplib.SMTPResponseException(code, answer)
        client.rset()


_TRIALS = {Protocol.IMAP: _imap, Protocol.POP3: _pop3, Protocol.SMTP: _smtp}
