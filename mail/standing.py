"""How does a server say that an IMAP folder stands? Its answer to STATUS or SELECT in, what we keep of it out."""

from __future__ import annotations

from collections.abc import Mapping

from mail.mailbox import Mailbox
from mail.seen import LARGEST_UID, UNCOUNTED, Origin, Standing


def origin_of(mailbox: Mailbox, folder: str, answer: Mapping[bytes, object]) -> Origin:
    """A server that gives no UIDVALIDITY claims that its UIDs never change."""
    given = answer.get(b"UIDVALIDITY")
    uidvalidity = given % LARGEST_UID if isinstance(given, int) else 0
    return Origin(mailbox.account, mailbox.place, folder, uidvalidity or 1)


def standing_of(answer: Mapping[bytes, object], count: bytes = b"MESSAGES") -> Standing:
    """Of STATUS's answer; SELECT calls the number of messages EXISTS."""
    uidnext, messages = answer.get(b"UIDNEXT"), answer.get(count)
    if isinstance(uidnext, int) and isinstance(messages, int) and uidnext <= LARGEST_UID >= messages:
        return Standing(uidnext, messages)
    return UNCOUNTED
