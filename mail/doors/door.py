"""Who comes in through a door? One loopback port for one protocol; each connection is a thread, asleep while silent."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from types import ModuleType
from typing import Self

from auth.exclusive_port import listening
from auth.problems import Problem
from mail.doors import imap_door, pop3_door, smtp_door
from mail.doors.caller import Caller, Left, Login, ascii_words
from mail.doors.splice import splice
from mail.doors.upstream import Admitted, Upstream, upstream
from mail.mailbox import Protocol

log = logging.getLogger(__name__)

CONNECTIONS = 64
TRIES = 3
WRONG_PASSWORD_SECONDS = 1.0
"""Before a wrong password is answered."""

HOST = "127.0.0.1"
_DIALOGUES: dict[Protocol, ModuleType] = {
    Protocol.IMAP: imap_door,
    Protocol.POP3: pop3_door,
    Protocol.SMTP: smtp_door,
}

Admit = Callable[[Protocol, str, str], Admitted]
"""Protocol, address and password in. Raises WrongPassword, or the Problem that keeps the mailbox shut at present."""


class DoorPortTaken(Problem):
    """Facts: port, protocol."""

    code = "door_port_taken"


class WrongPassword(Problem):
    """Which of address and password is wrong is not told."""

    code = "door_password_wrong"


class Door:
    """A context manager: entered, it is open; left, it is shut and everybody is out."""

    def __init__(self, protocol: Protocol, port: int, admit: Admit, words: Callable[[Problem], str]) -> None:
        """`words` makes a sentence for the person who reads what their program shows. Raises DoorPortTaken."""
        self.protocol = protocol
        self._dialogue = _DIALOGUES[protocol]
        self._admit = admit
        self._words = words
        self._listener = _listener(protocol, port)
        self.port: int = self._listener.getsockname()[1]
        self._inside: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._open = False

    def __enter__(self) -> Self:
        self._open = True
        threading.Thread(target=self._wait, name=f"door-{self.protocol}", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        with self._lock:
            leaving = [self._listener, *self._inside]
        for each in leaving:
            _shut(each)
        self._listener.close()

    def _wait(self) -> None:
        while self._open:
            try:
                near, _ = self._listener.accept()
            except OSError:
                if self._open:
                    log.exception("the door for %s has shut", self.protocol)
                return
            with self._lock:
                full = len(self._inside) >= CONNECTIONS
                if not full:
                    self._inside.add(near)
            if full:
                near.close()
            else:
                threading.Thread(target=self._serve, args=(near,), name=f"door-{self.protocol}-in", daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        try:
            self._let_in(Caller(near))
        except Left:
            pass
        except OSError as gone:
            log.info("%s: a connection has ended: %s", self.protocol, gone)
        except Exception:
            log.exception("%s: a connection has failed", self.protocol)
        finally:
            near.close()
            with self._lock:
                self._inside.discard(near)

    def _let_in(self, caller: Caller) -> None:
        self._dialogue.greet(caller)
        for _ in range(TRIES):
            login = self._dialogue.log_in(caller)
            if login is None or self._joined(caller, login):
                return

    def _joined(self, caller: Caller, login: Login) -> bool:
        """Until they leave; False: they were not let in, and were told why."""
        try:
            with upstream(self._admit(self.protocol, login.address, login.password)) as far:
                self._dialogue.welcome(caller, login, far.capability)
                _join(caller, far)
        except WrongPassword as wrong:
            time.sleep(WRONG_PASSWORD_SECONDS)
            self._dialogue.refuse(caller, login, ascii_words(self._words(wrong)), passing=False)
            return False
        except Problem as problem:
            log.info("%s: not let in: %s (%s)", self.protocol, problem.code, problem.detail)
            self._dialogue.refuse(caller, login, ascii_words(self._words(problem)), passing=True)
            return False
        return True


def _join(caller: Caller, far: Upstream) -> None:
    for sock, early in ((far.socket, caller.leftover()), (caller.socket, far.leftover)):
        if early:
            sock.setblocking(True)
            sock.sendall(early)
    splice(caller.socket, far.socket)


def _listener(protocol: Protocol, port: int) -> socket.socket:
    try:
        return listening(port, CONNECTIONS, HOST)  # exclusively: else another program could get the passwords
    except OSError as taken:
        raise DoorPortTaken(str(taken), port=str(port), protocol=protocol.value.upper()) from taken


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        sock.close()  # it was not connected, as a listener on some systems
