"""Which accounts are there now, and who is each one's identity provider? Changes when the configuration changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from auth.identity import Identity
from auth.problems import AccountChanged
from auth.provider import Provider
from tray.problems import AccountNotFound
from tray.settings import Account, Settings


class Roster:
    def __init__(self, settings: Settings, make_provider: Callable[[Identity], Provider]) -> None:
        self._settings = settings
        self._make_provider = make_provider
        self._lock = threading.Lock()
        self._providers: dict[Identity, Provider] = {}
        self._busy: dict[str, threading.Lock] = {}

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def accounts(self) -> tuple[Account, ...]:
        return self._settings.accounts

    def account(self, account_id: str) -> Account:
        """Raises AccountNotFound."""
        account = self._settings.account(account_id)
        if account is None:
            raise AccountNotFound(account=account_id)
        return account

    def provider(self, account: Account) -> Provider:
        """One provider per identity, kept: it holds the lock under which tokens are refreshed.

        Raises AccountChanged for an account as it was before the configuration changed.
        """
        identity = account.identity
        with self._lock:
            if identity not in self._identities():
                raise AccountChanged(account=account.id)
            if identity not in self._providers:
                self._providers[identity] = self._make_provider(identity)
            return self._providers[identity]

    def clock_error(self) -> timedelta:
        """This PC's clock is ahead by so much (behind: negative), in whole minutes; 0 where it is right enough."""
        with self._lock:
            seen = [held.clock_error for held in self._providers.values()]
        worst = max(seen, key=abs, default=timedelta())
        return timedelta(minutes=round(worst / timedelta(minutes=1)))

    def busy(self, account: Account, verb: str) -> threading.Lock:
        """The lock of one account's verb: two fetches of one mailbox would only get in each other's way."""
        return self.turn(f"{verb} {account.id}")

    def turn(self, name: str) -> threading.Lock:
        """One at a time, whatever the name means."""
        with self._lock:
            return self._busy.setdefault(name, threading.Lock())

    def wait_until_idle(self, seconds: float) -> None:
        """Let what is under way for any account come to its end, for so long at most in all."""
        with self._lock:
            under_way = list(self._busy.values())
        until = time.monotonic() + seconds
        for lock in under_way:
            if lock.acquire(timeout=max(0.0, until - time.monotonic())):
                lock.release()

    def adopt(self, settings: Settings) -> Mapping[Identity, Provider]:
        """From now on these accounts count. The providers of those that are gone or changed: they have come to rest, so
        that a new one of the same vault entry finds what the old one saved last.
        """
        known = {account.identity for account in settings.accounts}
        with self._lock:
            gone = {identity: held for identity, held in self._providers.items() if identity not in known}
        for held in gone.values():
            held.retire()
        with self._lock:
            self._settings = settings
            self._providers = {identity: held for identity, held in self._providers.items() if identity in known}
        return gone

    def _identities(self) -> set[Identity]:
        return {account.identity for account in self._settings.accounts}
