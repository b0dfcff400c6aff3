"""Is there a keyring on this PC that may hold the vault's key? Only the operating system's own counts."""

from __future__ import annotations

import importlib
import logging
import secrets
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillWaiting
from typing import TYPE_CHECKING, Any

from auth.problems import VaultProblem
from auth.vault import key_as_text, key_from_text, new_key

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_log = logging.getLogger(__name__)

SERVICE = "Postwart"
ENTRY = "vault key"
TRIAL_ENTRY = "test entry of the report"
LIMIT_SECONDS = 20.0
"""A keyring may ask somebody for its password, and where nobody can be asked it may say nothing for ever."""

AGAIN_SECONDS = 0.5

if sys.platform == "win32":
    ACCEPTED = ("keyring.backends.Windows.WinVaultKeyring",)
elif sys.platform == "darwin":
    ACCEPTED = ("keyring.backends.macOS.Keyring",)
else:
    ACCEPTED = (
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    )
"""Other ones keep secrets in plain text, in memory only, or not at all."""


class SystemKeyring:
    """The vault's key in the system's keyring: 32 bytes, as more does not fit everywhere."""

    def __init__(
        self, find: Callable[[], KeyringBackend] | None = None, *, limit_seconds: float = LIMIT_SECONDS
    ) -> None:
        self._find = find or system_backend
        self._limit = limit_seconds
        self._lock = threading.Lock()
        self._pending: Future[Any] | None = None

    def find(self) -> None:
        """Load the library and look for the system's keyring, without asking it for anything. Raises VaultProblem."""
        self._ask(lambda: _name(type(self._find())))

    def get(self) -> bytes | None:
        text = self._ask(lambda: self._find().get_password(SERVICE, ENTRY))
        if text is None:
            return None
        key = key_from_text(text)
        if key is None:
            _log.warning("the keyring's entry is not a key of ours; a new sign-in will replace it")
        return key

    def create(self) -> bytes:
        key = new_key()
        if self._ask(lambda: self._put(key)) != key_as_text(key):
            raise VaultProblem("the keyring did not keep what it was given", code="keyring_failed")
        return key

    def trial(self) -> str:
        """Write a test entry, read it back, delete it; the vault's key is not touched. Returns the backend's name.

        Raises VaultProblem.
        """
        return self._ask(self._try) or ""

    def _try(self) -> str:
        backend, written = self._find(), key_as_text(new_key())
        entry = f"{TRIAL_ENTRY} {secrets.token_hex(4)}"  # two reports at once must not find each other's
        backend.set_password(SERVICE, entry, written)
        try:
            read = backend.get_password(SERVICE, entry)
        finally:
            backend.delete_password(SERVICE, entry)
        if read != written:
            raise VaultProblem("the keyring did not keep what it was given", code="keyring_failed")
        return _name(type(backend))

    def _put(self, key: bytes) -> str | None:
        backend = self._find()
        backend.set_password(SERVICE, ENTRY, key_as_text(key))
        return backend.get_password(SERVICE, ENTRY)

    def _ask(self, question: Callable[[], str | None]) -> str | None:
        """One question at a time, and none while an earlier one still hangs, for which nobody waits as long again."""
        with self._lock:
            if self._pending is not None:
                self._wait(self._pending, min(self._limit, AGAIN_SECONDS))
            self._pending = answer = _in_a_thread(question)
            self._wait(answer, self._limit)
            self._pending = None
        return _translated(answer)

    def _wait(self, answer: Future[Any], seconds: float) -> None:
        try:
            answer.exception(seconds)
        except StillWaiting as error:
            raise VaultProblem(f"no answer within {seconds:.0f} s", code="keyring_slow") from error


def _in_a_thread(question: Callable[[], str | None]) -> Future[str | None]:
    answer: Future[str | None] = Future()

    def run() -> None:
        try:
            answer.set_result(question())
        except Exception as error:  # noqa: BLE001  a thread's top; backends let their libraries' errors through
            _log.warning("the keyring refused: %s", type(error).__name__)
            answer.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return answer


def _translated(answer: Future[str | None]) -> str | None:
    from keyring.errors import KeyringLocked, NoKeyringError

    match answer.exception():
        case None:
            return answer.result()
        case VaultProblem() as problem:
            raise problem
        case KeyringLocked() as error:
            raise VaultProblem(str(error), code="keyring_locked") from error
        case NoKeyringError() as error:
            raise VaultProblem(str(error), code="keyring_missing") from error
        case error:
            raise VaultProblem(f"{type(error).__name__}: {error}", code="keyring_failed") from error


def system_backend() -> KeyringBackend:
    """The system's keyring. Raises VaultProblem keyring_missing."""
    import keyring

    configured = keyring.get_keyring()
    for backend in getattr(configured, "backends", (configured,)):  # a chain of several is common on Linux
        if _name(type(backend)) in ACCEPTED:
            return _on_this_pc(backend)
    for name in ACCEPTED:  # a keyring that started after us, which the library does not look for again
        if (found := _started_since(name)) is not None:
            return _on_this_pc(found)
    raise VaultProblem(f"no keyring of the system's, only {_name(type(configured))}", code="keyring_missing")


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _started_since(name: str) -> KeyringBackend | None:
    module, _, kind = name.rpartition(".")
    backend: type[KeyringBackend] = getattr(importlib.import_module(module), kind)
    return backend() if backend.viable else None


def _on_this_pc(backend: KeyringBackend) -> KeyringBackend:
    if sys.platform == "win32":
        # the default roams to the user's other PCs, and the vault's files do not
        backend.persist = "local machine"  # type: ignore[attr-defined]  # a trait of the Windows backend alone
    return backend
