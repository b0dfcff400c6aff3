"""Where are the tokens kept? In one encrypted file per account, the key in the system's keyring, never beside them."""

from __future__ import annotations

import base64
import contextlib
import errno
import hashlib
import hmac
import os
import re
import secrets
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from auth.problems import VaultProblem

KEY_BYTES = 32
_MAGIC = b"POSTWART-VAULT-1\n"
_FINGERPRINT_BYTES = 8
_NONCE_BYTES = 12
_ACCOUNT = re.compile(r"[a-z0-9_-]+")
_ATTEMPTS = 5
_PAUSE = 0.05


class KeyStore(Protocol):
    """Keeps the one key of the vault."""

    def get(self) -> bytes | None:
        """The key; None: there is none. Raises VaultProblem where that cannot be known."""

    def create(self) -> bytes:
        """A new key, kept from now on. Raises VaultProblem."""


class MemoryKey:
    """A key that lives as long as the process: for the demo and for tests."""

    def __init__(self) -> None:
        self._key: bytes | None = None

    def get(self) -> bytes | None:
        return self._key

    def create(self) -> bytes:
        self._key = new_key()
        return self._key


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def key_as_text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def key_from_text(text: str) -> bytes | None:
    """None: this is no key of ours, so nothing can have been encrypted with it."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None


class Vault:
    """One entry per account, AES-GCM bound to the account's id. Safe to use from any thread.

    What cannot be read is never overwritten: a new sign-in sets it aside. A key that cannot be read is never replaced.
    An older entry put back in place is a good one: it holds an older token, and only the provider knows whether that
    still lives.
    """

    def __init__(self, folder: Path, key: KeyStore) -> None:
        self._folder = folder
        self._store = key
        self._key: bytes | None = None  # kept once read: keyrings lock themselves while nobody is at the PC
        self._lock = threading.Lock()

    def load(self, account: str) -> bytes | None:
        """The entry; None: there is none. Problems: keyring_…, vault_key_missing, vault_damaged, vault_unreadable."""
        with self._lock:
            sealed = self._read(account)
            return None if sealed is None else _open(sealed, account, self._known_key())

    def ready(self) -> None:
        """Could a sign-in be kept? To be asked before a person takes the trouble. Problems: keyring_…"""
        with self._lock:
            self._known_key()

    def save(self, account: str, data: bytes) -> None:
        """Durable when this returns. Problems: keyring_…, vault_unwritable, disk_full."""
        with self._lock:
            key = self._known_key()
            if key is None:
                key = self._key = self._store.create()
            self._set_aside_unreadable(account, key)
            self._write(account, _seal(data, account, key))

    def forget(self, account: str) -> None:
        """The entry, and what was set aside of it. Problems: vault_not_removed."""
        current = self._path(account)
        with self._lock:
            for path in (current, *self._folder.glob(f"{current.stem}.*.set-aside")):
                _remove(path)

    def _known_key(self) -> bytes | None:
        if self._key is None:
            self._key = self._store.get()
        return self._key

    def _path(self, account: str) -> Path:
        if not _ACCOUNT.fullmatch(account):
            raise ValueError(f"not an account id: {account!r}")
        return self._folder / f"account-{account}.vault"  # the prefix keeps `con` from being Windows' console

    def _read(self, account: str) -> bytes | None:
        path = self._path(account)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise VaultProblem(str(error), code="vault_unreadable", file=str(path)) from error

    def _set_aside_unreadable(self, account: str, key: bytes) -> None:
        sealed = self._read(account)
        if sealed is None:
            return
        try:
            _open(sealed, account, key)
        except VaultProblem:
            path = self._path(account)
            _replace(path, path.with_suffix(f".{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.set-aside"))

    def _write(self, account: str, sealed: bytes) -> None:
        path = self._path(account)
        beside = path.with_suffix(".new")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600), "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):  # on a full disk it takes room; the first error is the one to tell
                beside.unlink()
            raise _unwritable(path, error) from error
        _replace(beside, path)


if sys.platform == "win32":
    _BINARY = os.O_BINARY

    def _sync_folder(folder: Path) -> None:
        """NTFS journals the rename itself."""
else:
    _BINARY = 0

    def _sync_folder(folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _replace(source: Path, target: Path) -> None:
    try:
        _patiently(lambda: source.replace(target))
        _sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error


def _remove(path: Path) -> None:
    try:
        _patiently(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        raise VaultProblem(str(error), code="vault_not_removed", file=str(path)) from error


def _patiently(change: Callable[[], object]) -> None:
    """On Windows a virus scanner may hold the file for a moment."""
    for attempts_left in reversed(range(_ATTEMPTS)):
        try:
            change()
        except PermissionError:
            if not attempts_left:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _unwritable(path: Path, error: OSError) -> VaultProblem:
    code = "disk_full" if error.errno == errno.ENOSPC else "vault_unwritable"
    return VaultProblem(str(error), code=code, file=str(path))


def _fingerprint(key: bytes) -> bytes:
    """Tells a lost key from a damaged file."""
    return hmac.digest(key, _MAGIC, hashlib.sha256)[:_FINGERPRINT_BYTES]


def _seal(data: bytes, account: str, key: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    head = _MAGIC + _fingerprint(key)
    return head + nonce + AESGCM(key).encrypt(nonce, data, head + account.encode())


def _open(sealed: bytes, account: str, key: bytes | None) -> bytes:
    head, rest = sealed[: len(_MAGIC) + _FINGERPRINT_BYTES], sealed[len(_MAGIC) + _FINGERPRINT_BYTES :]
    if not head.startswith(_MAGIC) or len(rest) <= _NONCE_BYTES:
        raise VaultProblem("not a vault file", code="vault_damaged", account=account)
    if key is None or not hmac.compare_digest(head, _MAGIC + _fingerprint(key)):
        raise VaultProblem("encrypted with a key that is gone", code="vault_key_missing", account=account)
    try:
        return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], head + account.encode())
    except InvalidTag as error:
        raise VaultProblem("the content does not match its seal", code="vault_damaged", account=account) from error
