"""How long does a page of the listing take with a million messages? And counting, pruning, a start, a backup?

    python -m tests.bench.listing [MESSAGES] [FOLDER]

Rows are made up by SQL, with 100 bytes each in place of the message. 1,000,000 take about a minute and 700 MB.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mail.backup import backup
from mail.database import Database
from mail.inbox import Inbox
from mail.retention import prune
from mail.schema import MIGRATIONS
from tests.bench.machine import describe

_ROWS = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO messages (account, place, folder, uidvalidity, uid, size, arrived_at, sender, recipients, subject, date,
                      message_id, attachments, done, done_at)
SELECT 'account-' || (i % 5), 'imap.example/a', 'INBOX', 1, i, 100, 1.7e9 + i,
       '["Anna Vogel","a.vogel@mieter.example"]',
       '[["","info@hausverwaltung.example"]]', 'Nebenkostenabrechnung 2025, Objekt ' || i, 1.7e9 + i,
       '<' || i || '@mieter.example>', '["Abrechnung.pdf"]', i % 10 > 0, CASE WHEN i % 10 THEN 1.7e9 + i END FROM n
"""


def milliseconds(act: Callable[[], object], times: int = 200) -> str:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return f"median {statistics.median(taken):8.2f} ms   worst {max(taken):8.2f} ms"


def fill(database: Database, count: int) -> None:
    with database.write() as connection:
        connection.execute(_ROWS, (count,))
        connection.execute("INSERT INTO message_raw SELECT id, zeroblob(100) FROM messages")
    with database.write() as connection:
        connection.execute(
            "INSERT INTO origins SELECT row_number() OVER (), a, 'imap.example/a', 'INBOX', 1, 0, 0, 1 "
            "FROM (SELECT DISTINCT account AS a FROM messages)"
        )


def main() -> None:
    print(describe())
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        path = Path(folder) / "post.db"
        with Database(path, MIGRATIONS) as database:
            fill(database, count)
            measure(Inbox(database), database, count)
        begun = time.perf_counter()
        Database(path, MIGRATIONS).close()
        print(f"{'open and close':44} {(time.perf_counter() - begun) * 1000:8.2f} ms")
        begun = time.perf_counter()
        size = backup(path, Path(folder) / "copy.db")
        print(f"{'backup, checked':44} {time.perf_counter() - begun:8.2f} s for {size / 1e6:.0f} MB")


def measure(inbox: Inbox, database: Database, count: int) -> None:
    middle = count // 2
    for name, act in (
        ("first page of 50", inbox.list),
        ("page in the middle", lambda: inbox.list(after=middle)),
        ("last page, newest first", lambda: inbox.list(newest=True)),
        ("an account's page in the middle", lambda: inbox.list("account-3", middle)),
        ("open ones, in the middle", lambda: inbox.list(after=middle, done=False)),
        ("an account's open ones, in the middle", lambda: inbox.list("account-0", middle, done=False)),
        ("an account without any", lambda: inbox.list("nobody", middle, done=False)),
        ("one page of 500", lambda: inbox.list(after=middle, limit=500)),
        ("counting unread", inbox.unread),
    ):
        print(f"{name:44} {milliseconds(act)}")
    begun = time.perf_counter()
    gone = prune(database, "account-3", datetime(2100, 1, 1, tzinfo=UTC))
    print(f"{'pruning':44} {time.perf_counter() - begun:8.2f} s for {gone} messages")


if __name__ == "__main__":
    main()
