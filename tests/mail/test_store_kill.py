"""kill -9 at a random moment: what was told as committed is there, once; what was being handed over is unconfirmed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from mail.database import Database
from mail.inbox import Inbox
from mail.letter import LetterState
from mail.outbox import Outbox
from mail.schema import MIGRATIONS
from tests.mail.letters import letter

ROOT = Path(__file__).parents[2]
TIMES = 10

ADD = """
import sys
from pathlib import Path
from mail.database import Database
from mail.inbox import Arrival, Inbox
from mail.schema import MIGRATIONS
from mail.seen import Origin
from tests.mail.letters import letter

inbox = Inbox(Database(Path(sys.argv[1]), MIGRATIONS))
uid = inbox.seen.last_uid(Origin("info", "", "INBOX", 7))
print("ready", flush=True)
while True:
    batch = [Arrival("INBOX", 7, str(uid + n), letter(uid + n)) for n in range(-2, 9) if uid + n > 0]
    ids = inbox.add("info", batch)
    uid += 8
    print(*ids, flush=True)
"""

SEND = """
import os, sys, threading
from contextlib import contextmanager
from pathlib import Path
from mail.database import Database
from mail.dispatch import dispatch
from mail.mailbox import Mailbox
from mail.outbox import Outbox
from mail.schema import MIGRATIONS
from mail.send import Delivery, Envelope, Result

outbox = Outbox(Database(Path(sys.argv[1]), MIGRATIONS))
outbox.recover()
print("ready", flush=True)

class Server:
    def deliver(self, envelope, before_data):
        before_data()
        print("took", envelope.message_id, flush=True)
        return Delivery(Result.SENT)

@contextmanager
def server(mailbox, token):
    yield Server()

mailbox = Mailbox("info", "info@example.org", None, None)
while True:
    for _ in range(5):
        name = os.urandom(8).hex()
        outbox.accept("info", Envelope("info@example.org", ("you@example.org",), b"x" * 5000, name), name)
        print("accepted", name, flush=True)
    dispatch(mailbox, str, outbox, stop=threading.Event(), send=server)
"""


def lines_until_killed(script: str, database: Path, seconds: float) -> list[str]:
    """What a program printed, whole lines only, before it was killed that long after its first commit."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(database)], stdout=subprocess.PIPE, text=True, env=environment
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        printed = program.stdout.readline()
        time.sleep(seconds)
        program.kill()
        printed += program.stdout.read()
    return printed[: printed.rfind("\n") + 1].splitlines()


def test_every_message_told_as_committed_is_there_once_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "post.db"
    chance = random.Random(1)
    committed: list[int] = []
    for _ in range(TIMES):
        printed = lines_until_killed(ADD, path, chance.uniform(0, 0.15))
        committed += [int(each) for line in printed for each in line.split()]
        with Database(path, MIGRATIONS) as database:
            assert database.set_aside is None
            inbox = Inbox(database)
            rows = inbox.list(limit=100_000)
            assert set(committed) <= {row.id for row in rows}
            assert len({row.message_id for row in rows}) == len(rows)
    assert len(committed) == len(set(committed)) >= TIMES
    with Database(path, MIGRATIONS) as database:
        inbox = Inbox(database)
        for row in inbox.list(limit=100_000):
            number = int(row.message_id.strip("<").partition("@")[0])
            assert inbox.raw(row.id) == letter(number)


def test_every_letter_accepted_is_sent_or_told_of_and_none_is_handed_over_twice(tmp_path: Path) -> None:
    path = tmp_path / "post.db"
    chance = random.Random(2)
    accepted: list[str] = []
    took: Counter[str] = Counter()
    for _ in range(TIMES):
        for line in lines_until_killed(SEND, path, chance.uniform(0, 0.2)):
            what, name = line.split()
            if what == "accepted":
                accepted.append(name)
            else:
                took[name] += 1
    with Database(path, MIGRATIONS) as database:
        outbox = Outbox(database)
        outbox.recover()
        letters = {each.message_id: each for each in outbox.list(limit=100_000)}
    assert set(accepted) <= letters.keys()
    assert len(accepted) >= TIMES
    assert set(took.values()) == {1}
    for name, found in letters.items():
        if found.state is LetterState.SENT:
            assert took[name] == 1
        elif found.state is LetterState.QUEUED:
            assert name not in took
        else:
            assert found.state is LetterState.UNCONFIRMED
    assert sum(found.state is LetterState.UNCONFIRMED for found in letters.values()) <= TIMES
