"""What becomes of the mail when a round of fetching is killed? Shared by the story and the long campaign."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from auth.problems import Problem
from tests.stories.killing import ACCOUNT, ADDRESS, Place, digests
from tray.api.client import ApiClient

GREETING = 8_000  # bytes: TLS, login and the folder; what comes after is the list of messages and the mail
PER_MESSAGE = 60  # bytes: the server's word on each message that is deleted
PATIENCE = 8  # tries for each kill that has to fall into the middle


def kill_while_reading(here: Place, kills: int, dose: int, size: int) -> None:
    """So many kills with mail on its way: the next start goes on where it was.

    Half of the points are measured on the line, so that they fall anywhere in a message; half by what is in the store,
    so that they fall around a commit.
    """
    share = max(here.filled.total() // kills, 1)
    in_the_middle = 0
    for _ in range(PATIENCE * kills):
        if in_the_middle == kills:
            return
        if here.stored() == here.filled.total():
            here.fill(dose, size)
        before = here.line.passed
        if here.chance.random() < 0.5:
            point = partial(_passed, here, before + GREETING + here.chance.randrange(2 * share * size))
        else:
            point = partial(_stored, here, here.stored() + here.chance.randrange(1, share))
        _kill(here, point, delay=0.03)
        if here.deletes:
            nothing_lost(here)
        in_the_middle += here.line.passed > before + GREETING and here.stored() < here.filled.total()
    raise AssertionError(f"only {in_the_middle} of {kills} kills fell into the middle of reading")


def kill_while_deleting(here: Place, kills: int, dose: int, size: int) -> Counter[str]:
    """So many kills when all is in the store and the server is asked to delete; what was left on the server then."""
    left: Counter[str] = Counter()
    for _ in range(PATIENCE * kills):
        if left["all"] + left["some"] >= kills:
            return left
        if here.stored() == here.filled.total() and not _on_server(here):
            here.fill(dose, size)
        there = _on_server(here)
        # in the round that brings the last message, or one that has nothing else to do than delete
        if here.stored() < here.filled.total():
            point = partial(_stored, here, here.filled.total())
        else:
            goal = GREETING // 2 + here.chance.randrange(PER_MESSAGE * there)
            point = partial(_passed, here, here.line.passed + goal)
        _kill(here, point, delay=0.02)
        nothing_lost(here)
        if here.stored() == here.filled.total():
            now = _on_server(here)
            left["all" if now == there else "some" if now else "none"] += 1
    raise AssertionError(f"too few of {kills} kills fell into the middle of deleting: {dict(left)}")


def to_the_end(here: Place) -> None:
    """After all the kills: let it finish, and what is in the store is what was sent to the mailbox, each once."""
    here.starts().post("accounts", ACCOUNT, "fetch")
    here.program.kill()
    assert here.digests() == here.filled
    assert here.undamaged()


def nothing_lost(here: Place) -> None:
    """Whatever is not here is still there, and nothing is here twice."""
    stored, there = here.digests(), digests(here.dovecot.raws(ADDRESS))
    assert not here.filled - (stored | there), "a message is neither here nor on the server"
    assert not stored - here.filled, "a message is here twice, or is not what was sent"


def _kill(here: Place, point: Callable[[], bool], delay: float) -> None:
    fetching = threading.Thread(target=_fetch, args=(here.starts(),), daemon=True)
    fetching.start()
    here.kill_when(lambda: point() or not fetching.is_alive(), delay)
    fetching.join(10)


def _fetch(api: ApiClient) -> None:
    with suppress(Problem):  # it is killed under our hands
        api.post("accounts", ACCOUNT, "fetch")


def _passed(here: Place, goal: int) -> bool:
    return here.line.passed >= goal


def _stored(here: Place, goal: int) -> bool:
    return here.stored() >= goal


def _on_server(here: Place) -> int:
    with here.dovecot.control(ADDRESS) as client:
        client.select_folder("INBOX", readonly=True)
        return len(client.search(["ALL"]))
