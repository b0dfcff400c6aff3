"""What is kept on this PC, and in which files? Mail in post.db, what was seen and told in state.db."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from auth.provider import Clock
from mail.changes import Changes
from mail.database import Database
from mail.inbox import Inbox
from mail.outbox import Outbox
from mail.schema import MIGRATIONS as POST
from tray.api.program_keys import ProgramKeys
from tray.feed import Feed
from tray.journal import Journal
from tray.memory import MIGRATIONS as STATE
from tray.memory import Memory
from tray.paths import Places

log = logging.getLogger(__name__)

POST_FILE = "post.db"


@dataclass(frozen=True)
class Stores:
    """`warnings` are codes of files that were found damaged and lie aside."""

    inbox: Inbox
    outbox: Outbox
    memory: Memory
    journal: Journal
    program_keys: ProgramKeys
    feed: Feed
    post: Database
    warnings: tuple[str, ...] = ()


def open_stores(running: ExitStack, places: Places, clock: Clock) -> Stores:
    """Closed with `running`. Letters under way when Postwart ended are unconfirmed now. Raises StoreProblem."""
    state = running.enter_context(Database(places.data / "state.db", STATE, clock=clock))
    post = running.enter_context(Database(places.data / POST_FILE, POST, clock=clock))
    outbox = Outbox(post, clock)
    outbox.recover()
    inbox, journal = Inbox(post), Journal(state, clock)
    return Stores(
        inbox,
        outbox,
        Memory(state),
        journal,
        ProgramKeys(state, clock),
        Feed(inbox, outbox, Changes(post), journal),
        post,
        tuple(_warnings(state, post)),
    )


def _warnings(state: Database, post: Database) -> Iterator[str]:
    """Of lost mail until somebody has taken the damaged file away: it may have been a command that no one watched, such
    as `postwart token`, which set it aside.
    """
    for each in (state, post):
        if each.set_aside:
            log.warning("%s was damaged and is now %s", each.path, each.set_aside)
    if state.set_aside:
        yield "state_set_aside"
    if any(post.path.parent.glob(f"{post.path.name}.damaged-*")):
        yield "post_set_aside"
