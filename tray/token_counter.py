"""What is a main app given that talks to a mail server itself? A token and all that a login takes."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime

from mail.mailbox import Server
from mail.sasl import Conversation
from tray.checks import Checker
from tray.journal import Happened, Journal
from tray.postman import Postman
from tray.problems import ProtocolNotUsed
from tray.program import Program
from tray.settings import Account


@dataclass(frozen=True)
class MailToken:
    """All a mail client needs to log in."""

    access_token: str = field(repr=False)
    expires_at: datetime
    username: str
    server: Server
    xoauth2: str = field(repr=False)


class TokenCounter:
    def __init__(self, checker: Checker, postman: Postman, journal: Journal) -> None:
        self._checker = checker
        self._postman = postman
        self._journal = journal
        self._given: dict[tuple[str, str, str], datetime] = {}

    def token(self, account: Account, protocol: str, program: Program) -> MailToken:
        """Raises ProtocolNotUsed, AccountNotReady, VaultProblem."""
        server = next((server for server in account.mailbox.servers if server.protocol == protocol), None)
        if server is None:
            raise ProtocolNotUsed(account=account.id, protocol=protocol.upper())
        granted = self._checker.granted(account)
        self._note(account.id, protocol, program, granted.expires_at)
        talk = Conversation("XOAUTH2", account.address, server.host, server.port, granted.access_token)
        sasl = base64.b64encode(talk.answer()).decode("ascii")
        return MailToken(granted.access_token, granted.expires_at, account.address, server, sasl)

    def _note(self, account_id: str, protocol: str, program: Program, expires_at: datetime) -> None:
        """Each token once for each program: one that asks every second would crowd the journal."""
        receiver = (account_id, protocol, program.name)
        if self._given.get(receiver) != expires_at:
            self._given[receiver] = expires_at
            given = {"protocol": protocol} | program.facts()
            self._postman.tell(lambda: self._journal.note(account_id, Happened.TOKEN_GIVEN, **given))
