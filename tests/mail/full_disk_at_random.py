"""A disk that is full at random writes of store and outbox, in a mount namespace of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SCRIPT = """
import random, subprocess, sys
from datetime import UTC, datetime
from pathlib import Path
from mail.database import Database
from mail.inbox import Arrival, Inbox
from mail.outbox import Outbox
from mail.problems import StoreProblem
from mail.schema import MIGRATIONS
from mail.send import Delivery, Envelope, Result

folder, chance, times = Path(sys.argv[1]), random.Random(int(sys.argv[2])), int(sys.argv[3])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], check=True)
ballast = folder / "ballast"
database = Database(folder / "post.db", MIGRATIONS)
inbox, outbox = Inbox(database), Outbox(database)
messages, letters, uid, full = {}, {}, 0, 0

def same():
    assert {row.id: inbox.raw(row.id) for row in inbox.list(limit=500)} == messages, "messages"
    assert {each.id: each.state.value for each in outbox.list(limit=500)} == letters, "letters"

def step():
    global uid
    kind = chance.choice(("arrive", "accept", "send", "settle"))
    uid += 1
    if kind == "arrive":
        raws = [chance.randbytes(chance.randrange(1, 60_000)) for _ in range(3)]
        ids = inbox.add("info", [Arrival("INBOX", 7, str(uid * 10 + n), raw) for n, raw in enumerate(raws)])
        messages.update(zip(ids, raws))
    elif kind == "accept":
        envelope = Envelope("i@x.example", ("a@x.example",), chance.randbytes(20_000), "")
        letters[outbox.accept("info", envelope).id] = "queued"
    elif kind == "send" and (due := outbox.due("info")):
        letters[outbox.mark_sending(due[0].id).id] = "sending"
    elif kind == "settle" and (sending := outbox.list(state="sending")):
        letters[outbox.settle(sending[0].id, Delivery(Result.SENT)).id] = "sent"

def free(room):
    ballast.unlink(missing_ok=True)
    left = __import__("shutil").disk_usage(folder).free
    if left > room:
        ballast.write_bytes(bytes(left - room))

for turn in range(times):
    free(chance.randrange(0, 300_000))
    for _ in range(200):
        try:
            step()
        except StoreProblem as problem:
            assert problem.code == "disk_full", problem.code
            full += 1
            break
    same()
    if turn % 3 == 0:
        free(10**9)
        database.close()
        database = Database(folder / "post.db", MIGRATIONS)
        assert database.set_aside is None
        inbox, outbox = Inbox(database), Outbox(database)
        same()
    if len(messages) > 20:
        free(10**9)
        with database.write() as connection:
            connection.execute("DELETE FROM messages")
        messages.clear()
print("full", full)
"""


def fills_up(folder: Path, seed: int, times: int) -> int:
    """How often the disk was full. Nothing that was committed is lost, nothing else is there."""
    alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    run = subprocess.run(
        [*alone, sys.executable, "-c", SCRIPT, str(folder), str(seed), str(times)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert run.stdout.startswith("full"), f"seed {seed}: {run.stdout}{run.stderr}"
    return int(run.stdout.split()[1])
