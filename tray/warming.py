"""What is made ready soon after the start, so that even the first click opens the browser at once?"""

from __future__ import annotations

import logging
import threading
import webbrowser
from contextlib import suppress

from auth.keyring_store import SystemKeyring
from auth.problems import Problem, VaultProblem
from auth.vault import KeyStore
from tray.roster import Roster

log = logging.getLogger(__name__)

AFTER = 3.0
"""Seconds from the start, which has more urgent things to do; before anybody has seen the icon and clicked."""


def warm_up(roster: Roster, keys: KeyStore) -> None:
    """Load the sign-in's libraries, look for the keyring and for the PC's browsers, which takes half a second on Linux.

    Nothing is asked of the keyring: a locked one would want its password of somebody who has not clicked anything.
    """
    for account in roster.accounts:
        with suppress(Problem):  # it was changed meanwhile
            roster.provider(account)
    if isinstance(keys, SystemKeyring):
        with suppress(VaultProblem):  # told when it is needed
            keys.find()
    with suppress(webbrowser.Error):
        webbrowser.get()


def warm_up_later(roster: Roster, keys: KeyStore, stop: threading.Event, *, after: float = AFTER) -> threading.Thread:
    """Runs by itself, once."""

    def warm() -> None:
        if stop.wait(after):
            return
        try:
            warm_up(roster, keys)
        except Exception:
            log.exception("making ready for the first click failed")

    thread = threading.Thread(target=warm, name="warm-up", daemon=True)
    thread.start()
    return thread
