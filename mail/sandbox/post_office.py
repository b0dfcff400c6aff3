"""How is the sandbox's post office opened, filled, looked into and disturbed?"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from mail.mailbox import Protocol, Security, Server
from mail.sandbox.counter import Counter
from mail.sandbox.faults import ANYBODY, Cut, Moment, known_answer
from mail.sandbox.house import House, May, OwnerOf, Submission
from mail.sandbox.imap_server import ImapSession
from mail.sandbox.imap_words import to_utf7
from mail.sandbox.mailboxes import EXCHANGE_FOLDERS, Folder, Mailboxes, with_crlf
from mail.sandbox.pop3_server import Pop3Session
from mail.sandbox.smtp_server import SmtpSession

HOST = "127.0.0.1"


def same_address(owner: str, mailbox: str) -> bool:
    return owner.casefold() == mailbox.casefold()


class SandboxPostOffice:
    """IMAP, POP3 and SMTP for made-up mailboxes. All methods may be called from any thread.

    Mailboxes live in memory; each letter submitted over SMTP is also written to `folder`/submitted, to be looked at.
    `certificate` is a certificate (with its chain) and its key, as PEM files, or one file with both. `owner_of` tells
    whose an access token is (None: nobody's, or no longer good); `may` whether that person may use a mailbox.
    """

    def __init__(
        self,
        folder: Path,
        certificate: tuple[Path, Path] | Path,
        owner_of: OwnerOf,
        may: May = same_address,
        *,
        folders: Mapping[str, str] = EXCHANGE_FOLDERS,
        host: str = HOST,
    ) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        chain, key = (certificate, None) if isinstance(certificate, Path) else certificate
        context.load_cert_chain(chain, key)
        self._house = House(folder / "submitted", context, Mailboxes(folders), owner_of, may)
        self._host = host
        self._counters: dict[tuple[Protocol, Security], Counter] = {}

    def start(self) -> Self:
        for session in (ImapSession, Pop3Session, SmtpSession):
            for security in (Security.TLS, Security.STARTTLS):
                listening = socket.create_server((HOST, 0))
                counter = Counter(self._house, session, listening, implicit_tls=security is Security.TLS)
                self._counters[session.protocol, security] = counter
                counter.start()
        return self

    def stop(self) -> None:
        counters, self._counters = list(self._counters.values()), {}
        for counter in counters:
            counter.begin_stop()
        for counter in counters:
            counter.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def imap(self) -> Server:
        return self.server(Protocol.IMAP, Security.TLS)

    @property
    def pop3(self) -> Server:
        return self.server(Protocol.POP3, Security.TLS)

    @property
    def smtp(self) -> Server:
        return self.server(Protocol.SMTP, Security.STARTTLS)

    def server(self, protocol: Protocol, security: Security) -> Server:
        """Each protocol is there in both ways, TLS from the start and STARTTLS."""
        return Server(protocol, self._host, self._counters[protocol, security].port, security)

    def add_mailbox(self, address: str) -> None:
        """Mail to it is from now on delivered here. Signing in and `deliver` do this too."""
        self._house.mailboxes.open(address)

    def deliver(
        self,
        address: str,
        raw: bytes,
        folder: str = "INBOX",
        *,
        flags: Iterable[str] = (),
        received: datetime | None = None,
    ) -> int:
        """The new message's UID. Whoever waits in IDLE hears of it at once."""
        return self._folder(address, folder).add(with_crlf(raw), flags, received).uid

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        with self._house.mailboxes.lock:
            return [message.raw for message in self._folder(address, folder).messages]

    def flags(self, address: str, uid: int, folder: str = "INBOX") -> frozenset[str] | None:
        """None where there is no such message."""
        with self._house.mailboxes.lock:
            found = self._folder(address, folder).by_uid(uid)
            return found.flags if found else None

    def remove(self, address: str, uids: Iterable[int], folder: str = "INBOX") -> None:
        """As another mail program would do it."""
        with self._house.mailboxes.lock:
            found = self._folder(address, folder)
            wanted = set(uids)
            found.remove([message for message in found.messages if message.uid in wanted])

    def renumber(self, address: str, folder: str = "INBOX") -> int:
        """A new UIDVALIDITY and UIDs from 1, as after a mailbox was moved. Open sessions are closed."""
        with self._house.mailboxes.lock:
            found = self._folder(address, folder)
            found.uidvalidity = self._house.mailboxes.new_uidvalidity()
            for number, message in enumerate(found.messages, 1):
                message.uid = number
            found.uidnext = len(found.messages) + 1
        self.disconnect(address)
        return found.uidvalidity

    @property
    def submitted(self) -> list[Submission]:
        """Every letter taken over SMTP, oldest first."""
        with self._house.lock:
            return list(self._house.submitted)

    @property
    def sent(self) -> list[Submission]:
        """Those of them that went to recipients outside of this post office."""
        return [letter for letter in self.submitted if letter.outside]

    def connections(self, address: str = ANYBODY, protocol: Protocol | str | None = None) -> int:
        """How many sessions are open, signed in to this mailbox (or at all)."""
        return len(self._house.sessions_of(address.casefold(), Protocol(protocol) if protocol else None))

    def refuse(
        self,
        address: str,
        protocol: Protocol | str,
        kind: str,
        *,
        times: int = 0,
        backoff_milliseconds: int = 299_961,
    ) -> None:
        """Answer as Exchange does where `kind` is the matter (faults.py lists them). `times` 0: until cleared.

        `address` "*" is everybody. Sessions already open are hit at their next command where the kind shows there.
        """
        protocol = Protocol(protocol)
        answer = known_answer(protocol, kind, backoff_milliseconds)
        if answer.moment is Moment.CONNECT and address != ANYBODY:
            raise ValueError(f"{kind} comes before anybody has said who they are: it is for {ANYBODY!r} only")
        self._house.faults.plan(address, protocol, answer, times)

    def refuse_recipient(
        self, address: str, answer: str = "550 5.1.1 RESOLVER.ADR.RecipientNotFound; not found"
    ) -> None:
        """Answer RCPT TO this address so."""
        self._house.refused_recipients[address.casefold()] = answer

    def drop(
        self,
        address: str,
        protocol: Protocol | str,
        *,
        after_bytes: int | None = None,
        at_command: int | None = None,
        times: int = 1,
    ) -> None:
        """Cut the next session's line after so many bytes sent to a signed-in client, or at its Nth command."""
        if (after_bytes is None) == (at_command is None):
            raise ValueError("give either after_bytes or at_command")
        cut = Cut(after_bytes=after_bytes, at_command=at_command)
        self._house.faults.plan(address, Protocol(protocol), cut, times)

    def drop_after_dot(self, address: str, *, taken: bool, times: int = 1) -> None:
        """SMTP: cut the line after the final dot in place of the answer; `taken`: the letter goes on its way."""
        self._house.faults.plan(address, Protocol.SMTP, Cut(after_dot=True, taken=taken), times)

    def slow(self, address: str, protocol: Protocol | str, seconds: float) -> None:
        """Wait so long before every answer to a signed-in client."""
        self._house.faults.plan(address, Protocol(protocol), float(seconds))

    def expire_sessions(self, address: str = ANYBODY) -> None:
        """The token of every open IMAP session runs out now: `* BYE Session invalidated - AccessTokenExpired`."""
        for session in self._house.sessions_of(address.casefold(), Protocol.IMAP):
            session.expired.set()
            session.wire.wake()

    def disconnect(self, address: str = ANYBODY) -> None:
        """Close all open connections now, without a word."""
        for session in self._house.sessions_of(address.casefold()):
            session.wire.stop()

    def clear_faults(self) -> None:
        self._house.faults.clear()
        self._house.refused_recipients.clear()

    def heal(self, address: str, protocol: Protocol | str | None = None) -> None:
        """Nothing is planned for this mailbox any more, or for this protocol of it."""
        self._house.faults.clear(address, Protocol(protocol) if protocol else None)

    def _folder(self, address: str, name: str) -> Folder:
        found = self._house.mailboxes.open(address).find(to_utf7(name))
        if found is None:
            raise KeyError(f"{address} has no folder {name}")
        return found
