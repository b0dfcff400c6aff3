"""How do the parts come together? The only place where they meet: read downwards to start, upwards to stop."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from auth.keyring_store import SystemKeyring
from auth.provider import Browse, Clock
from auth.providers import provider_for
from auth.vault import KeyStore, Vault
from mail.checkup import check_later
from tray import config
from tray.api.server import ApiServer
from tray.board import Board
from tray.checks import Checker
from tray.gateway import gateway
from tray.helper import Helper
from tray.ledger import Ledger
from tray.memory import Memory
from tray.paths import Places
from tray.postman import Postman
from tray.roster import Roster
from tray.rounds import SPREAD, Rounds
from tray.runtime import discard, single_instance
from tray.sign_in_desk import SignInDesk
from tray.sign_ins import SignIns
from tray.stores import Stores, open_stores
from tray.warming import warm_up_later

ENDING = 3.0
"""Seconds for a letter whose data has gone out to get its answer. Windows gives five for everything at a logoff."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class App:
    """A running Postwart. `stopping` is set when somebody asked it to end."""

    places: Places
    helper: Helper
    api: ApiServer
    rounds: Rounds
    memory: Memory
    clock: Clock
    stopping: threading.Event
    winding_down: threading.Event  # set when it ends: whatever is being fetched or sent stops at the next message
    close: Callable[[], None]
    """Ends it at once, for who cannot wait until `started` is left; that does nothing more then."""


@contextmanager
def started(
    places: Places,
    *,
    clock: Clock = utc_now,
    browse: Browse = webbrowser.open,
    key_store: KeyStore | None = None,
    consent_link: Callable[[str], str] = str,
    schedule: bool = True,
    spread: timedelta = SPREAD,
) -> Iterator[App]:
    """A Postwart whose API answers. `schedule=False`: it does what it is asked, and nothing by itself.

    Raises ConfigProblem, AlreadyRunning, StoreProblem, PortTaken, FolderProblem.
    """
    with ExitStack() as running:
        places.create()
        running.enter_context(single_instance(places.data))
        discard(places.api_file)  # a killed one's: its port may be somebody else's by now
        settings = config.read(places.config_file)
        stores = open_stores(running, places, clock)
        keys = key_store or SystemKeyring()
        vault = Vault(places.data / "vault", keys)
        roster = Roster(settings, lambda identity: provider_for(identity, vault, clock))
        app = _hub(running, places, stores, roster, SignIns(browse, clock), clock, spread, consent_link)
        app.helper.changed()
        running.enter_context(app.api)
        running.callback(roster.wait_until_idle, ENDING)
        if schedule:
            running.enter_context(gateway(app.helper, stores.program_keys))
            app.rounds.start()
            running.callback(app.rounds.stop)
            warm_up_later(roster, keys, app.winding_down)
            check_later(stores.post.path, app.winding_down)
        running.callback(app.winding_down.set)
        yield app


def _hub(
    running: ExitStack,
    places: Places,
    stores: Stores,
    roster: Roster,
    sign_ins: SignIns,
    clock: Clock,
    spread: timedelta,
    consent_link: Callable[[str], str],
) -> App:
    """The parts know each other by what they may call; the three functions close the circle."""

    def changed() -> None:
        helper.changed()

    def send_soon(account: str) -> None:
        rounds.send_soon(account)

    def goes_on(account: str) -> None:
        rounds.goes_on(account)

    stopping = threading.Event()
    ledger = Ledger(
        settings=lambda: roster.settings, memory=stores.memory, journal=stores.journal, clock=clock, changed=changed
    )
    checker = Checker(roster, ledger, stores.journal, goes_on=goes_on)
    postman = Postman(roster, ledger, checker, stores, clock=clock, changed=changed, send_soon=send_soon)
    rounds = Rounds(roster, ledger, checker, postman, stores.outbox, clock=clock, spread=spread)
    desk = SignInDesk(sign_ins, roster, ledger, checker, postman, stores.journal, signed_in=rounds.signed_in)
    helper = Helper(
        config_path=places.config_file,
        roster=roster,
        ledger=ledger,
        checker=checker,
        postman=postman,
        desk=desk,
        stores=stores,
        board=Board(),
        next_check=rounds.next_check,
        roster_changed=rounds.plan,
        consent_link=consent_link,
        stop=stopping.set,
    )
    sign_ins.changed = changed
    running.callback(sign_ins.stop)
    api = ApiServer(helper, places, stores.program_keys, stores.feed)
    return App(places, helper, api, rounds, stores.memory, clock, stopping, postman.stopping, running.close)
