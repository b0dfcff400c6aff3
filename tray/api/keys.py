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

from tray.api.program_keys import ProgramKeys
from tray.api.rights import LOCKED, MAIN, PAGE, Caller, digest

log = logging.getLogger(__name__)

CODE_SECONDS = 60.0
SESSION_IDLE_SECONDS = 12 * 3600.0
_CODES_KEPT = 64


@dataclass
class _Code:
    made_at: float
    session: bytes | None = None  # the digest of what it was exchanged for


class Keys:
    """The secret, sessions and codes are new at each start. Safe from any thread."""

    def __init__(
        self, programs: ProgramKeys, *, default_key: bool = True, tick: Callable[[], float] = time.monotonic
    ) -> None:
        """`default_key` False: the secret of api.json is for what the person at this PC does, and for no program."""
        self.programs = programs
        self.secret = secrets.token_urlsafe(32)
        self._main = MAIN if default_key else LOCKED
        self._tick = tick
        self._lock = threading.Lock()
        self._codes: dict[bytes, _Code] = {}
        self._sessions: dict[bytes, float] = {}  # digest → last used

    def caller(self, key: bytes) -> Caller | None:
        """None: nobody we know. Compared in constant time; sessions and programs' keys are found by digest."""
        if hmac.compare_digest(key, self.secret.encode()):
            return self._main
        seal = digest(key)
        return PAGE if self._is_session(seal) else self.programs.caller(seal)

    def _is_session(self, seal: bytes) -> bool:
        with self._lock:
            used = self._sessions.get(seal)
            if used is None:
                return False
            if self._tick() - used > SESSION_IDLE_SECONDS:
                del self._sessions[seal]
                return False
            self._sessions[seal] = self._tick()
        return True

    def page_code(self) -> str:
        """Opens the page once, within a minute: it stands in a URL's fragment and in a process' command line."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._codes) >= _CODES_KEPT:
                del self._codes[next(iter(self._codes))]
            self._codes[digest(code.encode())] = _Code(self._tick())
        return code

    def exchange(self, code: str) -> str | None:
        """The session's secret. A code that comes twice was seen by somebody else: its session ends."""
        session = secrets.token_urlsafe(32)
        seal = digest(session.encode())
        with self._lock:
            known = self._codes.get(digest(code.encode()))
            if known is None:
                return None
            if known.session is not None:
                self._sessions.pop(known.session, None)
                log.warning("a one-time code for the status page came twice; the session it began has ended")
                return None
            if self._tick() - known.made_at > CODE_SECONDS:
                return None
            known.session = seal
            self._sessions[seal] = self._tick()
        return session

    def end_sessions(self) -> None:
        with self._lock:
            self._codes.clear()
            self._sessions.clear()

    def proof(self, nonce: str) -> str:
        """Shows that we hold the secret without telling it: HMAC-SHA256(secret, nonce), hexadecimal."""
        return hmac.new(self.secret.encode(), nonce.encode(), hashlib.sha256).hexdigest()
