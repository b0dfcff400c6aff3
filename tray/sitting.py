"""Who signs in for several accounts in one go? One click, then one browser tab after another, the most urgent first."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from auth.problems import Problem
from tray.health import SEVERITY, State, Who
from tray.ledger import Ledger
from tray.picture import Health
from tray.roster import Roster
from tray.settings import Account
from tray.sign_in_desk import SignInDesk
from tray.sign_ins import TIME_LIMIT

log = logging.getLogger(__name__)

_WENT_AWAY = frozenset({"sign_in_cancelled", "sign_in_timed_out", "no_browser"})
"""After these nobody is at the browser any more; no further tab is opened."""


def waits_for_sign_in(health: Health) -> bool:
    """A sign-in of the user's is due now or soon, and mends it."""
    return health.state is State.EXPIRING or (health.state is State.SIGN_IN_REQUIRED and health.who is Who.USER)


def in_order(accounts: Iterable[tuple[Account, Health]]) -> tuple[Account, ...]:
    """Those that wait for a sign-in, the most urgent first; all of one person's together, as the browser still knows
    them.
    """

    def urgency(each: tuple[Account, Health]) -> tuple[int, int]:
        days = each[1].days_left
        return -SEVERITY.index(each[1].state), 0 if days is None else days

    waiting = sorted((each for each in accounts if waits_for_sign_in(each[1])), key=urgency)
    people = list(dict.fromkeys((account.person.casefold(), account.authority) for account, _ in waiting))
    return tuple(
        account
        for person in people
        for account, _ in waiting
        if (account.person.casefold(), account.authority) == person
    )


class Sitting:
    """One at a time; a second click joins it."""

    def __init__(self, roster: Roster, ledger: Ledger, desk: SignInDesk, *, changed: Callable[[], None]) -> None:
        self._roster = roster
        self._ledger = ledger
        self._desk = desk
        self._changed = changed
        self._lock = threading.Lock()
        self._left: tuple[Account, ...] = ()
        self._thread: threading.Thread | None = None

    def begin(self) -> tuple[Account, ...]:
        """Returns at once: whose turn it is, in this order; none where nobody has to sign in."""
        with self._lock:
            if not self._left:
                self._left = in_order((account, self._ledger.health(account)) for account in self._roster.accounts)
                if self._left:
                    self._thread = threading.Thread(target=self._run, args=(self._left,), name="sitting", daemon=True)
                    self._thread.start()
            return self._left

    def left(self) -> tuple[Account, ...]:
        """Whose turn it is now and still will be; none once it is over."""
        with self._lock:
            return self._left

    def wait(self, seconds: float) -> None:
        """Until it has ended, at most so long."""
        with self._lock:
            thread = self._thread
        if thread:
            thread.join(seconds)

    def _run(self, accounts: tuple[Account, ...]) -> None:
        try:
            for account in accounts:
                if not self._one(account):
                    break
                with self._lock:
                    self._left = self._left[1:]
        except Problem as problem:
            log.info("the sitting ends: %s", problem.code)
        except Exception:
            log.exception("a sitting of several sign-ins")
        finally:
            with self._lock:
                self._left = ()

    def _one(self, account: Account) -> bool:
        """Whether somebody is still there for the next one."""
        if self._roster.settings.account(account.id) != account or not waits_for_sign_in(self._ledger.health(account)):
            return True  # changed, removed or signed in meanwhile
        self._desk.begin(account)
        self._changed()
        status = self._desk.sign_ins.wait(account.id, 2 * TIME_LIMIT.total_seconds())
        return status.problem is None or status.problem.code not in _WENT_AWAY
