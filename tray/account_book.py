"""How do accounts and settings come, change and go? Written to config.toml first, then everything follows the file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from auth.identity import Identity
from auth.provider import Provider
from mail.outbox import Outbox
from tray import config, config_file
from tray.ledger import Ledger
from tray.roster import Roster
from tray.settings import Account, Settings
from tray.sign_ins import SignIns


class AccountBook:
    """What is refused changes nothing."""

    def __init__(
        self,
        config_path: Path,
        roster: Roster,
        ledger: Ledger,
        sign_ins: SignIns,
        outbox: Outbox,
        *,
        adopted: Callable[[], None],
    ) -> None:
        """`adopted` is called once other accounts count than before."""
        self._config_path = config_path
        self._roster = roster
        self._ledger = ledger
        self._sign_ins = sign_ins
        self._outbox = outbox
        self._adopted = adopted
        self._lock = threading.Lock()

    def add(self, values: Mapping[str, Any]) -> Account:
        """Write a new [[account]] to config.toml. Raises ConfigProblem with every fault."""
        with self._lock:
            config_file.add_account(self._config_path, values)
            self._adopt()
        return self._roster.account(str(values["id"]))

    def change(self, account_id: str, values: Mapping[str, Any]) -> Account:
        """Raises AccountNotFound, ConfigProblem."""
        self._roster.account(account_id)
        with self._lock:
            config_file.change_account(self._config_path, account_id, values)
            self._sign_ins.end(account_id)  # it is one of the account as it was
            self._adopt()
        return self._roster.account(account_id)

    def set(self, changes: Mapping[str, Any]) -> Settings:
        """What concerns no single account. Raises ConfigProblem."""
        with self._lock:
            config_file.change_settings(self._config_path, changes)
            self._adopt()
        return self._roster.settings

    def remove(self, account_id: str) -> None:
        """Out of config.toml, its session forgotten, what waits to be sent failed. Fetched mail stays in the store.

        Raises AccountNotFound, ConfigProblem; VaultProblem, where all is done but the stored sign-in could not be
        deleted.
        """
        account = self._roster.account(account_id)
        self._roster.provider(account)  # one that was never asked has a session on the disk all the same
        with self._lock:
            config_file.remove_account(self._config_path, account_id)
            self._sign_ins.end(account_id)
            gone = self._adopt()
        with ExitStack() as rest:  # each of them, whatever becomes of the others
            rest.callback(gone[account.identity].sign_out)
            rest.callback(self._ledger.forget, account_id)
            rest.callback(self._outbox.give_up, account_id, "account_removed")

    def _adopt(self) -> Mapping[Identity, Provider]:
        """The providers that came to rest."""
        gone = self._roster.adopt(config.read(self._config_path))
        self._adopted()
        return gone
