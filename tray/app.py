"""How do the parts come together? The only place where they meet: read downwards to start, upwards to stop."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from auth.identity import Identity
from auth.keyring_store import SystemKeyring
from auth.provider import Browse, Clock
from auth.providers import provider_for
from auth.vault import KeyStore, Vault
from mail.database import Database
from mail.inbox import Inbox
from mail.outbox import Outbox
from mail.schema import MIGRATIONS as POST
from tray import config, memory
from tray.api.server import ApiServer
from tray.board import Board
from tray.checks import Checker
from tray.helper import Helper
from tray.journal import Journal
from tray.ledger import Ledger
from tray.paths import Places
from tray.postman import Postman
from tray.roster import Roster
from tray.rounds import SPREAD, Rounds
from tray.runtime import single_instance
from tray.settings import Settings
from tray.sign_ins import SignIns


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class App:
    """A running Postwart. `stopping` is set when somebody asked it to end."""

    helper: Helper
    api: ApiServer
    rounds: Rounds
    memory: memory.Memory
    clock: Clock
    stopping: threading.Event


@contextmanager
def started(
    places: Places,
    *,
    clock: Clock = utc_now,
    browse: Browse = webbrowser.open,
    key_store: KeyStore | None = None,
    schedule: bool = True,
    spread: timedelta = SPREAD,
) -> Iterator[App]:
    """A Postwart whose API answers. `schedule=False`: it does what it is asked, and nothing by itself.

    Raises ConfigProblem, AlreadyRunning, StoreProblem, PortTaken, FolderProblem.
    """
    with ExitStack() as running:
        places.create()
        running.enter_context(single_instance(places.data))
        settings = config.read(places.config_file)
        state = running.enter_context(Database(places.data / "state.db", memory.MIGRATIONS, clock=clock))
        post = running.enter_context(Database(places.data / "post.db", POST, clock=clock))
        vault = Vault(places.data / "vault", key_store or SystemKeyring())
        app = _hub(running, places, settings, state=state, post=post, vault=vault, clock=clock, browse=browse, spread=spread)
        app.helper.changed()
        running.enter_context(app.api)
        if schedule:
            app.rounds.start()
            running.callback(app.rounds.stop)
        yield app


def _hub(
    running: ExitStack,
    places: Places,
    settings: Settings,
    *,
    state: Database,
    post: Database,
    vault: Vault,
    clock: Clock,
    browse: Browse,
    spread: timedelta,
) -> App:
    """The parts know each other by what they may call; the functions close the circle."""

    def provider(identity: Identity):  # noqa: ANN202  Provider, by provider_for
        return provider_for(identity, vault, clock)

    def changed() -> None:
        helper.changed()

    def send_soon(account: str) -> None:
        rounds.send_soon(account)

    stopping, remembered, journal = threading.Event(), memory.Memory(state), Journal(state, clock)
    inbox, outbox = Inbox(post), Outbox(post, clock)
    outbox.recover()
    roster = Roster(settings, provider)
    ledger = Ledger(settings=lambda: roster.settings, memory=remembered, journal=journal, clock=clock, changed=changed)
    checker = Checker(roster, ledger, journal)
    mail = {"roster": roster, "ledger": ledger, "checker": checker, "outbox": outbox}
    postman = Postman(**mail, journal=journal, inbox=inbox, changed=changed, send_soon=send_soon)
    rounds = Rounds(**mail, postman=postman, clock=clock, spread=spread)
    sign_ins = SignIns(browse, clock)
    helper = Helper(
        **mail,
        config_path=places.config_file,
        postman=postman,
        sign_ins=sign_ins,
        inbox=inbox,
        journal=journal,
        board=Board(),
        next_check=rounds.next_check,
        roster_changed=rounds.plan,
        signed_in=rounds.signed_in,
        warnings=tuple(f"{each.path.stem}_set_aside" for each in (state, post) if each.set_aside),
        stop=stopping.set,
    )
    running.callback(sign_ins.stop)
    running.callback(postman.stopping.set)
    return App(helper, ApiServer(helper, places, settings.api_port), rounds, remembered, clock, stopping)
