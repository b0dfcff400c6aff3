"""What happens in one round of sending? Each letter that is due is tried once, and its answer kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from mail.letter import LIMIT, PACED, THROTTLED, Letter, LetterState
from mail.mailbox import Mailbox, TokenSource
from mail.outbox import LetterNotFound, Outbox
from mail.problems import MailboxRefused, ServerUnreachable
from mail.send import Delivery, Envelope, Result, sending
from mail.source import Stop


@dataclass(frozen=True)
class Dispatched:
    """How the letters that were tried stand now. `queued`: they wait for another try. `outage` is why the server, which
    let us in, took no more of any letter.
    """

    sent: int = 0
    queued: int = 0
    failed: int = 0
    unconfirmed: int = 0
    outage: Delivery | None = field(default=None, compare=False)


class Conversation(Protocol):
    def deliver(self, envelope: Envelope, before_data: Callable[[], None]) -> Delivery: ...


Send = Callable[[Mailbox, TokenSource], AbstractContextManager[Conversation]]
OnChange = Callable[[Letter], None]

_LIMITS = frozenset({THROTTLED, LIMIT})
"""The server has had enough of this mailbox, whichever letter it was told about."""

_ABOUT_THE_LETTER = frozenset({"connection_lost", LIMIT, "mailbox_full"})
"""May be the letter's or the mailbox's own doing: no word about the server."""


def dispatch(
    mailbox: Mailbox,
    token: TokenSource,
    outbox: Outbox,
    *,
    stop: Stop,
    send: Send = sending,
    on_change: OnChange = lambda _: None,
) -> Dispatched:
    """One round, over one connection. To be run once at a time for an account.

    Raises MailboxRefused and ServerUnreachable, after all that is due was put off; StoreProblem and what `token` raises
    (a sign-in is needed) count nothing against the letters, they stay as they are.
    """
    round_ = _Round(outbox, on_change)
    for letter in outbox.recover(mailbox.account):  # a round before this one ended without an answer kept
        round_.tell(letter)
    letters = outbox.due(mailbox.account)
    if letters and round_.within_limits(letters[0], mailbox):
        try:
            with send(mailbox, token) as conversation:
                round_.run(conversation, letters, mailbox, stop)
        except (MailboxRefused, ServerUnreachable) as trouble:
            round_.put_off(letters, _delivery(trouble))
            raise
    return round_.dispatched()


class _Round:
    def __init__(self, outbox: Outbox, on_change: OnChange) -> None:
        self._outbox = outbox
        self._on_change = on_change
        self._told: dict[int, LetterState] = {}
        self._outage: Delivery | None = None

    def run(self, conversation: Conversation, letters: Sequence[Letter], mailbox: Mailbox, stop: Stop) -> None:
        for letter in letters:
            if stop.is_set() or not self.within_limits(letter, mailbox):
                return
            try:
                delivery, begun = self._try(conversation, letter)
                if _concerns_all(delivery, begun=begun):
                    self._outage = None if delivery.code in _ABOUT_THE_LETTER else delivery
                    self.put_off(letters, delivery, letter.id if delivery.code == "connection_lost" else 0)
                    return
                self.tell(self._outbox.settle(letter.id, delivery))
            except LetterNotFound:
                return  # withdrawn at the last moment; the next round has a fresh conversation for the others

    def within_limits(self, letter: Letter, mailbox: Mailbox) -> bool:
        """Where not, all letters wait until they may be sent. Waiting is no try."""
        until = self._outbox.free_at(letter, mailbox)
        if until:
            self._outbox.hold(letter.account, until, PACED)
            self._on_change(letter)
        return until is None

    def _try(self, conversation: Conversation, letter: Letter) -> tuple[Delivery, bool]:
        """The answer, and whether the letter itself was begun to be handed over."""
        begun: list[Letter] = []

        def before_data() -> None:
            begun.append(self._outbox.mark_sending(letter.id))
            self._on_change(begun[0])

        return conversation.deliver(self._outbox.envelope(letter), before_data), bool(begun)

    def put_off(self, letters: Sequence[Letter], delivery: Delivery, stumbled: int = 0) -> None:
        """What holds for the server holds for each letter that this round has not tried yet."""
        open_ = [letter for letter in letters if letter.id not in self._told]
        for letter in self._outbox.put_off(open_, delivery, stumbled):
            self.tell(letter)

    def tell(self, letter: Letter) -> None:
        self._told[letter.id] = letter.state
        self._on_change(letter)

    def dispatched(self) -> Dispatched:
        counts = Counter(state.value for state in self._told.values())
        return Dispatched(**counts, outage=self._outage)


def _concerns_all(delivery: Delivery, *, begun: bool) -> bool:
    """A server that is not there, or wants a pause, would give every further letter the same answer."""
    if delivery.result is not Result.LATER or delivery.refused:
        return False
    return not begun or delivery.code in _LIMITS


def _delivery(trouble: MailboxRefused | ServerUnreachable) -> Delivery:
    if isinstance(trouble, MailboxRefused):
        answer = str(trouble.facts.get("answer", trouble.detail))
        return Delivery(Result.LATER, trouble.code, trouble.server_code, answer)
    return Delivery(Result.LATER, trouble.code, answer=trouble.detail, retry_after=trouble.retry_after)
