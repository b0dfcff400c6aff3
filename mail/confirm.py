"""Did unconfirmed letters arrive after all? One round of looking them up in *Sent*, where the account may."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta

from mail import letter_rows as rows
from mail.dispatch import OnChange
from mail.letter import LONGEST_WAIT, Letter, LetterState
from mail.mailbox import Mailbox, TokenSource
from mail.outbox import Outbox
from mail.problems import MailboxRefused, ServerUnreachable, StoreProblem
from mail.sent_folder import can_be_looked_up, found_in_sent
from mail.unconfirmed import Seen, after_look, provable

log = logging.getLogger(__name__)

WITNESS_AGE = timedelta(days=14)
"""An older letter may have been tidied out of *Sent* since."""

Look = Callable[[Mailbox, TokenSource, Iterable[str]], Collection[str]]


def confirm(
    mailbox: Mailbox, token: TokenSource, outbox: Outbox, *, look: Look = found_in_sent, on_change: OnChange
) -> None:
    """Look up what is due. To be run once at a time for an account, and not while it sends.

    A letter that is there was sent. One that is not there for an hour is sent again, but only if the last letter that
    the server certainly took is there: that proves that it keeps what it takes. Raises StoreProblem and what `token`
    raises.
    """
    letters = _due(outbox, mailbox.account)
    hopeful = {each.id: each.message_id for each in letters if _can_be_told(mailbox, outbox, each)}
    witness = _witness(outbox, mailbox.account) if hopeful else ""
    there = _looked(mailbox, token, {*hopeful.values(), witness} - {""}, look) if hopeful else set[str]()
    for letter in letters:
        _settle(outbox, letter, _seen(letter, there, witness) if letter.id in hopeful else Seen.CANNOT, on_change)


def _looked(mailbox: Mailbox, token: TokenSource, names: set[str], look: Look) -> set[str] | None:
    """Those that are in *Sent*; None: the server could not be asked."""
    try:
        return set(look(mailbox, token, names))
    except (MailboxRefused, ServerUnreachable) as trouble:  # the next check or fetch tells the user
        log.info("%s: the folder of sent mail cannot be looked into: %s", mailbox.account, trouble.code)
        return None


def _due(outbox: Outbox, account: str) -> list[Letter]:
    now = outbox.clock()
    with outbox.database.read() as connection:
        return rows.letters(
            connection,
            "account = ? AND state = 'unconfirmed' AND (next_attempt_at <= ? OR next_attempt_at > ?) ORDER BY id",
            (account, now.timestamp(), (now + LONGEST_WAIT).timestamp()),
        )


def _can_be_told(mailbox: Mailbox, outbox: Outbox, letter: Letter) -> bool:
    """Not where a copy in *Sent* may be of another letter with the same Message-ID, or of a try that reached some."""
    if not (provable(letter) and can_be_looked_up(mailbox, letter.message_id)):
        return False
    with outbox.database.read() as connection:
        others = rows.letters(connection, "message_id = ? AND id <> ? LIMIT 1", (letter.message_id, letter.id))
    return not others


def _witness(outbox: Outbox, account: str) -> str:
    """The Message-ID of the last letter of which the server said that it took it."""
    since = (outbox.clock() - WITNESS_AGE).timestamp()
    with outbox.database.read() as connection:
        sent = rows.letters(
            connection,
            "account = ? AND state = 'sent' AND ended_at > ? ORDER BY ended_at DESC LIMIT 1",
            (account, since),
        )
    return sent[0].message_id if sent else ""


def _seen(letter: Letter, there: Collection[str] | None, witness: str) -> Seen:
    if there is None:
        return Seen.NOT_ASKED
    if letter.message_id in there:
        return Seen.FOUND
    return Seen.ABSENT if witness in there else Seen.NOTHING


def _settle(outbox: Outbox, letter: Letter, seen: Seen, on_change: OnChange) -> None:
    try:
        changed = outbox.change(
            letter.id,
            {LetterState.UNCONFIRMED},
            lambda found: after_look(found, seen, outbox.clock(), outbox.chance()),
        )
    except StoreProblem as problem:
        if problem.code not in {"letter_not_found", "letter_not_changeable"}:
            raise
        return  # the main app closed it, or had it sent again meanwhile
    if changed.state is not LetterState.UNCONFIRMED or changed.next_attempt_at is None:
        on_change(changed)
