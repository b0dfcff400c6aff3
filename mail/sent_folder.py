"""Is this letter in the mailbox's folder of sent mail? Looked up by Message-ID over IMAP, without touching anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mail import connect
from mail.answers import understood
from mail.folders import SENT, as_listed, choice
from mail.mailbox import Mailbox, Protocol, TokenSource

if TYPE_CHECKING:
    from imapclient import IMAPClient

_FOUND_BY = re.compile(r"<[!-;=?-~]{3,200}@[!-;=?-~]{1,200}>")
"""A Message-ID that is one: HEADER in IMAP's SEARCH finds parts of words, so a short one would be found anywhere."""


def can_be_looked_up(mailbox: Mailbox, message_id: str) -> bool:
    """Only where the account may use IMAP, and the letter has a name of its own."""
    imap = mailbox.receive is not None and mailbox.receive.protocol is Protocol.IMAP
    return imap and bool(_FOUND_BY.fullmatch(message_id)) and not set(message_id) & {'"', "\\"}


def found_in_sent(mailbox: Mailbox, token: TokenSource, message_ids: Iterable[str]) -> set[str]:
    """Those that are there; none where the mailbox has no such folder. Raises MailboxRefused, ServerUnreachable."""
    server = mailbox.receive
    if server is None:
        return set()
    with connect.imap(mailbox, server, token) as client, understood(mailbox, server):
        folder = _sent_folder(client)
        if folder is None:
            return set()
        client.select_folder(folder, readonly=True)
        return {each for each in message_ids if client.search(["HEADER", "Message-ID", each])}


def _sent_folder(client: IMAPClient) -> str | None:
    """By its special use (RFC 6154), else by the names that servers usually give it, in German, too."""
    found = choice((SENT,), [as_listed(*line) for line in client.list_folders()]).names
    return found[0] if found else None
