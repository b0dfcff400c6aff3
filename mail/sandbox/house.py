"""What do all counters of the post office share? Mailboxes, faults, who may in, what was submitted, who is there."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from mail.mailbox import Protocol
from mail.sandbox.faults import Answer, Cut, Faults, Moment
from mail.sandbox.mailboxes import Mailboxes
from mail.sandbox.sasl import Credentials
from mail.sandbox.wire import Closed, Wire

OwnerOf = Callable[[str], str | None]
May = Callable[[str, str], bool]

_log = logging.getLogger(__name__)


class Admission(Enum):
    WELCOME = auto()
    BAD_TOKEN = auto()
    NO_RIGHTS = auto()  # a good token, but of somebody who may not into this mailbox


@dataclass(frozen=True)
class Submission:
    """One letter handed in over SMTP. `outside` are the recipients whose mailbox is not in this post office."""

    signed_in_as: str
    mail_from: str
    recipients: tuple[str, ...]
    outside: tuple[str, ...]
    raw: bytes = field(repr=False)


@dataclass(eq=False)
class House:
    folder: Path  # submitted letters are kept here, to be looked at
    context: ssl.SSLContext
    mailboxes: Mailboxes
    owner_of: OwnerOf
    may: May
    faults: Faults = field(default_factory=Faults)
    submitted: list[Submission] = field(default_factory=list)
    refused_recipients: dict[str, str] = field(default_factory=dict)
    sessions: set[Session] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def admits(self, credentials: Credentials | None) -> Admission:
        owner = self.owner_of(credentials.token) if credentials else None
        if owner is None or credentials is None:
            return Admission.BAD_TOKEN
        return Admission.WELCOME if self.may(owner, credentials.user) else Admission.NO_RIGHTS

    def sessions_of(self, address: str, protocol: Protocol | None = None) -> list[Session]:
        """Those signed in to this mailbox (or all, for "*")."""
        with self.lock:
            return [
                session
                for session in self.sessions
                if address in ("*", session.address.casefold()) and protocol in (None, session.protocol)
            ]


class Session:
    """One client's conversation, in its own thread; each protocol says what happens in `talk`."""

    protocol: Protocol

    def __init__(self, house: House, wire: Wire, *, implicit_tls: bool) -> None:
        self.house, self.wire, self.implicit_tls = house, wire, implicit_tls
        self.address = ""  # the mailbox, once signed in
        self.token = ""
        self.expired = threading.Event()  # a fault: the token ran out while the session was open
        self.refusal: Answer | None = None  # of this session's own: signed in, and yet not to be let in
        self._commands = 0
        self._cut: Cut | None = None

    def talk(self) -> None:
        raise NotImplementedError

    def run(self) -> None:
        try:
            if self.planned(Moment.CONNECT):
                self.wire.drop()
            if self.implicit_tls:
                self.wire.start_tls(self.house.context)
            self.talk()
        except Closed:
            pass  # the ordinary end
        except Exception:  # noqa: BLE001  this is the thread's top
            _log.exception("the sandbox's %s conversation failed", self.protocol)
        finally:
            self.wire.close()

    def planned(self, moment: Moment, address: str = "") -> Answer | None:
        return self.house.faults.answer(address or self.address, self.protocol, moment)

    def signed_in(self, credentials: Credentials) -> None:
        """From here on the faults planned for this mailbox are at work."""
        self.address, self.token = credentials.user, credentials.token
        self.house.mailboxes.open(self.address)
        self._cut = self.house.faults.cut(self.address, self.protocol, after_dot=False)
        if self._cut:
            self.wire.flush()
            self.wire.cut_after = self._cut.after_bytes

    def before_command(self) -> None:
        """Called once for each command after the sign-in, before it is answered."""
        self._commands += 1
        if self._cut and self._cut.at_command == self._commands:
            self.wire.drop()
        delay = self.house.faults.delay(self.address, self.protocol)
        if delay:
            self.wire.flush()
            self.wire.sleep(delay)

    def say(self, line: str) -> None:
        self.wire.write(line.encode("utf-8") + b"\r\n")
