"""What is kept on this PC, and in which files? Mail in post.db, what was seen and told in state.db."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from auth.provider import Clock
from mail.database import Database
from mail.inbox import Inbox
from mail.outbox import Outbox
from mail.schema import MIGRATIONS as POST
from tray.journal import Journal
from tray.memory import MIGRATIONS as STATE
from tray.memory import Memory
from tray.paths import Places


@dataclass(frozen=True)
class Stores:
    """`warnings` are codes of files that were found damaged and set aside."""

    inbox: Inbox
    outbox: Outbox
    memory: Memory
    journal: Journal
    warnings: tuple[str, ...] = ()


def open_stores(running: ExitStack, places: Places, clock: Clock) -> Stores:
    """Closed with `running`. Letters under way when Postwart ended are unconfirmed now. Raises StoreProblem."""
    state = running.enter_context(Database(places.data / "state.db", STATE, clock=clock))
    post = running.enter_context(Database(places.data / "post.db", POST, clock=clock))
    outbox = Outbox(post, clock)
    outbox.recover()
    warnings = tuple(f"{each.path.stem}_set_aside" for each in (state, post) if each.set_aside)
    return Stores(Inbox(post), outbox, Memory(state), Journal(state, clock), warnings)
