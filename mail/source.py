"""What does a round of fetching need of a protocol? Two speak it: mail.imap and mail.pop3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from mail.inbox import Arrival
from mail.problems import MailboxRefused


class Stop(Protocol):
    """Whether a round is to end early, and leave the rest to the next: a threading.Event, or what a caller likes."""

    def is_set(self) -> bool: ...


class Source(Protocol):
    """One connection, one round."""

    trouble: MailboxRefused | None
    skipped: int  # messages the server listed and could not give
    expected: int  # messages that are new, in all folders that were looked at so far

    def batches(self) -> Iterator[list[Arrival]]:
        """New messages, each batch to be committed as a whole. May end with a Problem after a last batch."""

    def delete(self) -> int:
        """Delete on the server what the inbox says it has. To be called once all batches are committed."""

    def settle(self) -> None:
        """To be called at the end of all: the next round begins from here."""


class Stopped(Exception):  # noqa: N818  not an error: somebody wants it so
    """The round was told to stop; what was read so far has been yielded."""
