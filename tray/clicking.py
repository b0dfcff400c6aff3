"""How is a click carried out without holding up the thread that noticed it?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from tray.menu import Action

log = logging.getLogger(__name__)

Act = Callable[[Action, str], None]
"""Does what was clicked; the second is the account's id, empty where it concerns all of them. May take its time."""


def carry_out(act: Act, action: Action, account: str) -> None:
    """Returns at once."""
    threading.Thread(target=_do, args=(act, action, account), name="click", daemon=True).start()


def _do(act: Act, action: Action, account: str) -> None:
    try:
        act(action, account)
    except Exception:
        log.exception("a click on %s failed", action)
