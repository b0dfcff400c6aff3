"""Was the letter taken? One SMTP conversation for each, and an honest answer: sent, later, never or unconfirmed."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from mail import connect
from mail.answers import flat, lost, refusal
from mail.mailbox import Mailbox, Server, TokenSource
from mail.problems import MailProblem, ServerUnreachable
from mail.refusals import Meaning, delivery_meaning, login_meaning
from mail.wire_format import dot_stuffed

FINAL_SECONDS = 600.0
"""A server may take ten minutes over the final dot (RFC 5321, 4.5.3.2.6); giving up earlier would make a letter
unconfirmed that is merely slow.
"""

_CHUNK = 1 << 16
"""Python's limit is for the whole of a sendall: a large letter over a slow line goes out in pieces."""


@dataclass(frozen=True)
class Envelope:
    """What goes out and to whom. `raw` is the finished message without Bcc; its line ends are CRLF.

    `source` is a hash of what it was made from, where making it again gives other bytes (a new Message-ID, the time).
    """

    sender: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)
    message_id: str = ""
    source: str = field(default="", repr=False)


class Result(StrEnum):
    SENT = "sent"
    LATER = "later"  # not taken, and a later try may succeed
    NEVER = "never"  # refused for good
    UNCONFIRMED = "unconfirmed"  # the connection broke after the final dot: taken or not, nobody knows


@dataclass(frozen=True)
class Delivery:
    """How it went. `code` is the catalogue's, empty where all went well; `answer` is the server's words.

    `refused` holds each recipient that was not taken, with the answer. Those also in `postponed` may be tried again
    later, alone, once the letter was sent to the others.
    """

    result: Result
    code: str = ""
    server_code: str = ""
    answer: str = ""
    retry_after: timedelta | None = None
    refused: Mapping[str, str] = field(default_factory=dict)
    postponed: tuple[str, ...] = ()


@contextmanager
def sending(mailbox: Mailbox, token: TokenSource, *, final_seconds: float = FINAL_SECONDS) -> Iterator[Sender]:
    """One connection for several letters. Raises MailboxRefused and ServerUnreachable before the first."""
    if mailbox.smtp is None:
        raise MailProblem(f"{mailbox.account} has no SMTP server", code="no_smtp_server", address=mailbox.address)
    sender = Sender(mailbox, mailbox.smtp, token, final_seconds)
    with sender.stack:
        sender.connected()
        yield sender


def deliver(
    mailbox: Mailbox, token: TokenSource, envelope: Envelope, before_data: Callable[[], None] = lambda: None
) -> Delivery:
    """One letter on a connection of its own. Raises MailboxRefused where the login is."""
    try:
        with sending(mailbox, token) as sender:
            return sender.deliver(envelope, before_data)
    except ServerUnreachable as trouble:
        return _unreachable(trouble)


class Sender:
    """Made by `sending()`. Connects anew where the connection was lost between two letters."""

    def __init__(self, mailbox: Mailbox, server: Server, token: TokenSource, final_seconds: float) -> None:
        self.stack = ExitStack()
        self._mailbox = mailbox
        self._server = server
        self._token = token
        self._final_seconds = final_seconds
        self._client: smtplib.SMTP | None = None

    def connected(self) -> smtplib.SMTP:
        if self._client is None:
            self._client = self.stack.enter_context(connect.smtp(self._mailbox, self._server, self._token))
        return self._client

    def deliver(self, envelope: Envelope, before_data: Callable[[], None] = lambda: None) -> Delivery:
        """`before_data` is called when all that can be refused without the letter has been accepted."""
        try:
            client = self.connected()
        except ServerUnreachable as trouble:
            return _unreachable(trouble)
        if misfit := _misfit(client, envelope):
            return misfit
        try:
            taken = self._announce(client, envelope)
        except OSError as error:
            return self._broken(error)
        if taken.result is not Result.SENT:
            return self._reset(client, taken)
        before_data()
        return self._hand_over(client, envelope, taken)

    def _announce(self, client: smtplib.SMTP, envelope: Envelope) -> Delivery:
        """Sender and recipients, without the letter."""
        code, words = client.mail(envelope.sender, _options(client, envelope))
        if code != 250:  # noqa: PLR2004  SMTP's "done"
            return self._answered(_text(code, words))
        refused: dict[str, str] = {}
        for recipient in envelope.recipients:
            code, words = client.rcpt(recipient)
            if code == 421:  # noqa: PLR2004  SMTP's "I am hanging up"
                return self._answered(_text(code, words))
            if code not in (250, 251):
                refused[recipient] = _text(code, words)
        return _counted(envelope, refused)

    def _hand_over(self, client: smtplib.SMTP, envelope: Envelope, taken: Delivery) -> Delivery:
        try:
            code, words = client.docmd("DATA")
            if code != 354:  # noqa: PLR2004  SMTP's "go on"
                return self._reset(client, self._answered(_text(code, words)))
            wire = memoryview(dot_stuffed(envelope.raw))
            for start in range(0, len(wire), _CHUNK):
                client.send(wire[start : start + _CHUNK])
        except OSError as error:  # without the final dot no server takes it
            return self._broken(error)
        return self._finish(client, taken)

    def _finish(self, client: smtplib.SMTP, taken: Delivery) -> Delivery:
        try:
            connect.set_patience(client, self._final_seconds)
            client.send(b".\r\n")
            code, words = client.getreply()
            connect.set_patience(client, connect.READ_SECONDS)
        except OSError as error:
            self._client = None
            return replace(taken, result=Result.UNCONFIRMED, code="unconfirmed", answer=flat(str(error)))
        answer = _text(code, words)
        if code == 250:  # noqa: PLR2004  SMTP's "done"
            return replace(taken, answer=answer)
        if code < 400:  # noqa: PLR2004  neither a yes nor a no
            return replace(taken, result=Result.UNCONFIRMED, code="unconfirmed", answer=answer)
        return self._answered(answer)

    def _answered(self, answer: str) -> Delivery:
        """What was said to the letter. A "log in first" is about the mailbox, and raised."""
        if answer.startswith(("530", "535")):
            meaning = login_meaning(self._server.protocol, answer)
            raise refusal(self._mailbox, self._server, meaning.code, answer, meaning.server_code)
        return _meant(delivery_meaning(answer), answer)

    def _reset(self, client: smtplib.SMTP, delivery: Delivery) -> Delivery:
        """Ready for the next letter, or rid of a connection that the server is closing."""
        try:
            client.rset()
        except OSError:
            self._client = None
        return delivery

    def _broken(self, error: OSError) -> Delivery:
        self._client = None
        return _unreachable(lost(self._mailbox, self._server, error))


def _misfit(client: smtplib.SMTP, envelope: Envelope) -> Delivery | None:
    """What the server's own list of abilities rules out."""
    limit = str(client.esmtp_features.get("size", ""))
    if limit.isdigit() and 0 < int(limit) < len(envelope.raw):
        return Delivery(Result.NEVER, "message_too_large", answer=f"SIZE {limit}")
    if not envelope.raw.isascii() and not client.has_extn("8bitmime"):
        return Delivery(Result.NEVER, "eight_bit_missing")
    if _needs_utf8(envelope) and not client.has_extn("smtputf8"):
        return Delivery(Result.NEVER, "smtputf8_missing")
    return None


def _options(client: smtplib.SMTP, envelope: Envelope) -> list[str]:
    options = [f"SIZE={len(envelope.raw)}"] if client.has_extn("size") else []
    if not envelope.raw.isascii():
        options.append("BODY=8BITMIME")
    if _needs_utf8(envelope):
        options.append("SMTPUTF8")
    return options


def _needs_utf8(envelope: Envelope) -> bool:
    return not all(address.isascii() for address in (envelope.sender, *envelope.recipients))


def _counted(envelope: Envelope, refused: dict[str, str]) -> Delivery:
    """Sent where at least one recipient was taken; else later where a try may help at least one."""
    meanings = {recipient: delivery_meaning(answer) for recipient, answer in refused.items()}
    postponed = tuple(recipient for recipient, meaning in meanings.items() if not meaning.final)
    if len(refused) < len(envelope.recipients):
        return Delivery(Result.SENT, refused=refused, postponed=postponed)
    first = postponed[0] if postponed else next(iter(refused), "")
    whole = _meant(meanings[first], refused[first]) if first else Delivery(Result.NEVER, "no_recipient")
    return replace(whole, refused=refused, postponed=postponed)


def _meant(meaning: Meaning, answer: str) -> Delivery:
    result = Result.NEVER if meaning.final else Result.LATER
    return Delivery(result, meaning.code, meaning.server_code, answer, meaning.retry_after)


def _unreachable(trouble: ServerUnreachable) -> Delivery:
    return Delivery(Result.LATER, trouble.code, answer=trouble.detail, retry_after=trouble.retry_after)


def _text(code: int, words: bytes) -> str:
    return flat(f"{code} {words.decode('utf-8', 'replace')}")
