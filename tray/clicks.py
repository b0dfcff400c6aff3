"""What happens on a click in the menu or on a notification? The hub's verbs; nothing here blocks."""

from __future__ import annotations

import logging
from collections.abc import Callable

from auth.problems import Problem
from auth.provider import Browse
from tray import autostart
from tray.helper import Helper
from tray.menu import Action
from tray.rounds import Rounds

log = logging.getLogger(__name__)


class Clicks:
    def __init__(
        self, helper: Helper, rounds: Rounds, page_link: Callable[[], str], browse: Browse, report: Callable[[], None]
    ) -> None:
        self._helper = helper
        self._rounds = rounds
        self._page_link = page_link
        self._browse = browse
        self._report = report
        self.tell: Callable[[Problem], None] = lambda _problem: None  # the person, once they can be reached

    def __call__(self, action: Action, account: str = "") -> None:
        try:
            self._do(action, account)
        except Problem as problem:
            # the account may have gone while the menu was open
            log.warning("click on %s %s: %s", action, account, problem.code)
            self.tell(problem)

    def _do(self, action: Action, account: str) -> None:
        match action:
            case Action.SIGN_IN:
                self._helper.sign_in(account)
            case Action.SIGN_IN_OTHER:
                self._helper.sign_in(account, select_account=True)
            case Action.SIGN_IN_ALL:
                self._helper.sign_in_all()
            case Action.CHECK:
                self._rounds.check_now(account)
            case Action.FETCH:
                self._rounds.fetch_now(account)
            case Action.OPEN_PAGE | Action.ASK_ADMIN:  # the page has the request ready to copy or to mail
                self._browse(self._page_link())
            case Action.AUTOSTART:
                autostart.switch(on=autostart.standing() is not autostart.Standing.ON)
                self._helper.changed()
            case Action.REPORT:
                self._report()
            case Action.QUIT:
                self._helper.stop()
