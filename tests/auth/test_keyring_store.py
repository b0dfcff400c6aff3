"""What does the vault make of a keyring that is missing, locked, slow or broken?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, NoKeyringError

from auth.keyring_store import ENTRY, SERVICE, SystemKeyring, system_backend
from auth.problems import VaultProblem
from auth.vault import Vault


class Memory(KeyringBackend):
    """Keeps what it is given, after `before` had its say."""

    priority = 0

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own constructors have no annotations
        self.kept: dict[tuple[str, str], str] = {}
        self.before = before
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.before()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.before()
        self.kept[service, username] = password


def raising(error: Exception) -> Callable[[], None]:
    def trouble() -> None:
        raise error

    return trouble


def until(event: threading.Event) -> Callable[[], None]:
    def wait() -> None:
        event.wait(30)

    return wait


@pytest.fixture
def configured() -> Iterator[Callable[[KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_the_key_is_made_once_and_found_again() -> None:
    backend = Memory()
    assert SystemKeyring(lambda: backend).get() is None
    key = SystemKeyring(lambda: backend).create()
    assert SystemKeyring(lambda: backend).get() == key
    assert len(backend.kept[SERVICE, ENTRY]) < 1280  # Windows' limit


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyringLocked("Failed to unlock the collection!"), "keyring_locked"),
        (NoKeyringError("No recommended backend was available."), "keyring_missing"),
        (InitError("Failed to connect to D-Bus"), "keyring_failed"),
        (OSError("the library's own error"), "keyring_failed"),
    ],
)
def test_each_trouble_has_its_code(error: Exception, code: str) -> None:
    for ask in (
        SystemKeyring(lambda: Memory(raising(error))).get,
        SystemKeyring(lambda: Memory(raising(error))).create,
    ):
        with pytest.raises(VaultProblem) as problem:
            ask()
        assert problem.value.code == code


def test_a_keyring_that_says_nothing_is_not_waited_for_and_not_asked_twice() -> None:
    unlocked = threading.Event()
    backend = Memory(until(unlocked))
    store = SystemKeyring(lambda: backend, limit_seconds=0.1)
    for _ in range(3):
        with pytest.raises(VaultProblem) as problem:
            store.get()
        assert problem.value.code == "keyring_slow"
    assert backend.asked == 1
    unlocked.set()
    assert SystemKeyring(lambda: backend).get() is None


def test_while_it_says_nothing_the_next_one_is_told_soon() -> None:
    unlocked = threading.Event()
    store = SystemKeyring(lambda: Memory(until(unlocked)), limit_seconds=3)
    with pytest.raises(VaultProblem):
        store.get()
    begun = time.monotonic()
    with pytest.raises(VaultProblem):
        store.get()
    assert time.monotonic() - begun < 2.5
    unlocked.set()


def test_a_key_that_was_kept_late_is_found_and_not_replaced() -> None:
    unlocked = threading.Event()
    backend = Memory(until(unlocked))
    store = SystemKeyring(lambda: backend, limit_seconds=0.5)
    with pytest.raises(VaultProblem):
        store.create()
    unlocked.set()
    key = store.get()
    assert key is not None
    assert SystemKeyring(lambda: backend).get() == key


def test_a_keyring_that_forgets_at_once_is_not_trusted() -> None:
    class Forgetful(Memory):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    with pytest.raises(VaultProblem) as problem:
        SystemKeyring(Forgetful).create()
    assert problem.value.code == "keyring_failed"


def test_rubbish_in_the_entry_counts_as_no_key() -> None:
    backend = Memory()
    backend.kept[SERVICE, ENTRY] = "somebody's password"
    assert SystemKeyring(lambda: backend).get() is None


@pytest.mark.parametrize("make", [fail.Keyring, null.Keyring, Memory])
def test_only_the_systems_own_keyrings_are_accepted(
    configured: Callable[[KeyringBackend], None], monkeypatch: pytest.MonkeyPatch, make: Callable[[], KeyringBackend]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    configured(make())
    with pytest.raises(VaultProblem) as problem:
        system_backend()
    assert problem.value.code == "keyring_missing"


def test_a_locked_keyring_leaves_the_vault_as_it_is(tmp_path: Path) -> None:
    backend = Memory()
    Vault(tmp_path, SystemKeyring(lambda: backend)).save("info", b"old")
    backend.before = raising(KeyringLocked("dismissed"))
    locked = Vault(tmp_path, SystemKeyring(lambda: backend))
    with pytest.raises(VaultProblem, match="dismissed") as problem:
        locked.load("info")
    assert problem.value.code == "keyring_locked"
    with pytest.raises(VaultProblem, match="dismissed"):
        locked.save("info", b"new")
    backend.before = lambda: None
    assert locked.load("info") == b"old"


def test_the_key_is_asked_for_once_so_that_a_keyring_locked_later_stops_nothing(tmp_path: Path) -> None:
    backend = Memory()
    vault = Vault(tmp_path, SystemKeyring(lambda: backend))
    vault.save("info", b"1")
    backend.before = raising(KeyringLocked("the screen is locked"))
    vault.save("info", b"2")
    assert vault.load("info") == b"2"
