"""When the power fails at any moment, is all that was committed there, whole, and nothing half?"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mail.database import Database
from mail.inbox import Arrival, Inbox
from mail.outbox import Outbox
from mail.retention import prune
from mail.schema import MIGRATIONS
from mail.send import Delivery, Envelope, Result
from tests.rigs.power import contents, crashes, recorded, write

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
Step = Callable[[Database], object]


def steps(chance: random.Random, count: int) -> list[Step]:
    """An office's day, one transaction each."""
    made: list[Step] = []
    for number in range(1, count + 1):
        kind = chance.choice(("arrive", "arrive", "accept", "send", "done", "prune"))
        made.append(_step(kind, number, chance.randbytes(chance.choice((200, 5_000, 60_000)))))
    return made


def _step(kind: str, number: int, content: bytes) -> Step:
    def act(database: Database) -> object:
        inbox, outbox = Inbox(database, lambda: NOW), Outbox(database, lambda: NOW, lambda: 0)
        envelope = Envelope("info@x.example", ("a@x.example",), content[:9_000], f"<{number}@x.example>")
        if kind == "send" and (due := outbox.due("info")):
            return outbox.mark_sending(due[0].id)
        if kind == "done" and (rows := inbox.list(done=False)):
            return inbox.mark_done(rows[0].id)
        if kind == "prune":
            return prune(database, "info", NOW + timedelta(days=1))
        if kind == "accept":
            return outbox.accept("info", envelope, f"key-{number}")
        if kind == "send" and (sending := outbox.list(state="sending")):
            return outbox.settle(sending[0].id, Delivery(Result.SENT))
        return inbox.add("info", [Arrival("INBOX", 7, str(number), b"Subject: %d\r\n\r\n" % number + content)])

    return act


def power_fails(folder: Path, seed: int, count: int, mixtures: int) -> int:
    """At every moment of so many transactions; how many failures there were."""
    chance, failures = random.Random(seed), 0
    (folder / "live").mkdir()
    moments = list(recorded(folder / "live" / "post.db", steps(chance, count)))
    path = folder / "post.db"
    for number, (before, after) in enumerate(pairwise(moments)):
        for crash in crashes(before, after, chance, mixtures):
            failures += 1
            write(path, crash.file, crash.log)
            with Database(path, MIGRATIONS) as database:
                assert database.set_aside is None, f"seed {seed}, transaction {number}: {crash.what}: set aside"
                Outbox(database, lambda: NOW).counts()
            assert contents(path) in crash.allowed, f"seed {seed}, transaction {number}: {crash.what}: lost or half"
    return failures


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_was_written_when_the_power_went_all_that_was_committed_is_there(tmp_path: Path, seed: int) -> None:
    assert power_fails(tmp_path, seed, count=18, mixtures=2) > 100


def test_the_moments_hold_checkpoints_and_logs_begun_anew(tmp_path: Path) -> None:
    """Else the test above would not have met what it is about."""
    moments = list(recorded(tmp_path / "post.db", steps(random.Random(1), 18)))
    assert any(before.file != after.file for before, after in pairwise(moments))
    assert any(before.log[:32] != after.log[:32] for before, after in pairwise(moments))


def test_a_log_that_is_missing_is_noticed(tmp_path: Path) -> None:
    """The test sees what it is to see: without its log, a file lacks what was committed."""
    moments = list(recorded(tmp_path / "post.db", steps(random.Random(1), 6)))
    lost = []
    for each in moments[2:]:
        write(tmp_path / "look.db", each.file, b"")
        lost.append(contents(tmp_path / "look.db") != each.content)
    assert any(lost)


def test_each_commit_is_synced(tmp_path: Path) -> None:
    """Which is what makes a commit a point that a power failure cannot go back behind."""
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        assert database._writer.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
