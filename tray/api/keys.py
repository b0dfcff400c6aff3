"""Who is calling, and what may they do? The API's secret, the page's sessions and their one-time codes."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger(__name__)

CODE_SECONDS = 60.0
SESSION_IDLE_SECONDS = 12 * 3600.0
_CODES_KEPT = 64


class Right(StrEnum):
    TOKEN = "token"  # noqa: S105  the name of a right
    SEND = "send"
    READ = "read"
    MANAGE = "manage"


@dataclass(frozen=True)
class Caller:
    name: str
    rights: frozenset[Right]


MAIN = Caller("main", frozenset(Right))
PAGE = Caller("page", frozenset({Right.SEND, Right.READ, Right.MANAGE}))
"""The page shows and does, it never needs a token."""


@dataclass
class _Code:
    made_at: float
    session: bytes | None = None  # the digest of what it was exchanged for


class Keys:
    """Nothing here is ever written to disk by this class: a new start means new keys. Safe from any thread."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self.secret = secrets.token_urlsafe(32)
        self._tick = tick
        self._lock = threading.Lock()
        self._codes: dict[bytes, _Code] = {}
        self._sessions: dict[bytes, float] = {}  # digest → last used

    def caller(self, key: bytes) -> Caller | None:
        """None: nobody we know. Compared in constant time; sessions are looked up by their digest."""
        if hmac.compare_digest(key, self.secret.encode()):
            return MAIN
        digest = _digest(key)
        with self._lock:
            used = self._sessions.get(digest)
            if used is None:
                return None
            if self._tick() - used > SESSION_IDLE_SECONDS:
                del self._sessions[digest]
                return None
            self._sessions[digest] = self._tick()
        return PAGE

    def page_code(self) -> str:
        """Opens the page once, within a minute: it stands in a URL's fragment and in a process' command line."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._codes) >= _CODES_KEPT:
                del self._codes[next(iter(self._codes))]
            self._codes[_digest(code.encode())] = _Code(self._tick())
        return code

    def exchange(self, code: str) -> str | None:
        """The session's secret. A code that comes twice was seen by somebody else: its session ends."""
        session = secrets.token_urlsafe(32)
        digest = _digest(session.encode())
        with self._lock:
            known = self._codes.get(_digest(code.encode()))
            if known is None:
                return None
            if known.session is not None:
                self._sessions.pop(known.session, None)
                log.warning("a one-time code for the status page came twice; the session it began has ended")
                return None
            if self._tick() - known.made_at > CODE_SECONDS:
                return None
            known.session = digest
            self._sessions[digest] = self._tick()
        return session

    def end_sessions(self) -> None:
        with self._lock:
            self._codes.clear()
            self._sessions.clear()

    def proof(self, nonce: str) -> str:
        """Shows that we hold the secret without telling it: HMAC-SHA256(secret, nonce), hexadecimal."""
        return hmac.new(self.secret.encode(), nonce.encode(), hashlib.sha256).hexdigest()


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()
