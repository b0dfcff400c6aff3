"""Soon after the start everything is ready for the first click, and nobody was asked for anything."""

from __future__ import annotations

import threading
import webbrowser

import pytest
from keyring.backend import KeyringBackend

from auth.identity import Identity
from auth.keyring_store import SystemKeyring
from auth.problems import VaultProblem
from auth.provider import Provider
from tray.roster import Roster
from tray.settings import Account, Settings
from tray.warming import warm_up, warm_up_later

ACCOUNT = Account("info", "info@office.example", "microsoft365", "client", ("scope",))


class Keyring(KeyringBackend):
    """Locked: whoever asks it for something is remembered."""

    priority = 0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own constructors have no annotations
        self.found = 0
        self.asked = 0

    def find(self) -> KeyringBackend:
        self.found += 1
        return self

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002  keyring's signature
        self.asked += 1
        return None

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002  likewise
        self.asked += 1


def roster_of(accounts: tuple[Account, ...], made: list[Identity]) -> Roster:
    def make(identity: Identity) -> Provider:
        made.append(identity)
        raise VaultProblem(code="keyring_missing")

    return Roster(Settings(language="en", accounts=accounts), make)


@pytest.fixture(autouse=True)
def browsers_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "_tryorder", None)


def test_library_keyring_and_browser_are_found_without_asking_the_keyring() -> None:
    keyring, made = Keyring(), list[Identity]()
    warm_up(roster_of((ACCOUNT,), made), SystemKeyring(keyring.find))
    assert (len(made), keyring.found, keyring.asked) == (1, 1, 0)
    assert webbrowser._tryorder is not None  # type: ignore[attr-defined]  # how it knows


def test_a_pc_without_a_keyring_is_told_so_when_somebody_signs_in_not_now() -> None:
    def missing() -> KeyringBackend:
        raise VaultProblem(code="keyring_missing")

    warm_up(roster_of((), []), SystemKeyring(missing))
    assert webbrowser._tryorder is not None  # type: ignore[attr-defined]  # how it knows


def test_a_postwart_that_ends_at_once_warms_nothing_up() -> None:
    stop, keyring = threading.Event(), Keyring()
    stop.set()
    warm_up_later(roster_of((), []), SystemKeyring(keyring.find), stop, after=30).join(5)
    assert keyring.found == 0
