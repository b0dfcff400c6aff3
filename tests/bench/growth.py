"""Does it stay as quick when the mailbox grows? First sync, round without news and listing, to 100,000 messages.

python -m tests.bench.growth [--sizes 1000,10000,100000] [--plot growth.svg]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mail.database import Database
from mail.inbox import Inbox
from mail.schema import MIGRATIONS
from tests.bench.machine import describe
from tests.bench.office_mail import fill_maildir
from tests.bench.running import Living
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker

LARGEST = 4_000
"""Bytes of each message: what grows with the number of messages shows, and 100,000 fit on a disk."""


@dataclass(frozen=True)
class Point:
    messages: int
    first_ms: float  # a message
    memory_mb: float  # above idle, at its highest
    no_news_ms: float
    listing_ms: float

    def __str__(self) -> str:
        return (
            f"{self.messages:7} messages: first sync {self.first_ms:6.3f} ms a message, "
            f"{self.memory_mb:5.1f} MB above idle, no news {self.no_news_ms:6.1f} ms, "
            f"listing of 50 {self.listing_ms:5.2f} ms"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="1000,10000,100000")
    options.add_argument("--plot", type=Path)
    chosen = options.parse_args()
    print(describe())
    points = [measured(int(size)) for size in chosen.sizes.split(",")]
    if chosen.plot:
        chosen.plot.write_text(plot(points), "utf-8")


def measured(messages: int) -> Point:
    maker, address = TokenMaker(), "info@hausverwaltung.example"
    with Dovecot(keys=maker.keys, issuer=maker.issuer) as dovecot, Living(dovecot, maker, address) as postwart:
        maildir = dovecot.maildir(address)
        home = maildir.parent.parent.stat()
        fill_maildir(maildir, messages, (home.st_uid, home.st_gid), largest=LARGEST)
        with dovecot.control(address) as client:  # the server's own index is made before
            client.select_folder("INBOX", readonly=True)
            client.fetch(client.search(["ALL"])[:1], ["RFC822.SIZE"])
        first = postwart.first(messages)
        no_news = statistics.median(postwart.round(0).wall for _ in range(5))
        point = Point(
            messages,
            first.wall / messages * 1000,
            first.peak - first.before,
            no_news * 1000,
            _listing(postwart.file) * 1000,
        )
    print(point, flush=True)
    return point


def _listing(file: Path) -> float:
    with closing(Database(file, MIGRATIONS)) as database:
        inbox = Inbox(database)
        middle = inbox.list(limit=1, newest=True)[0].id // 2

        def once() -> float:
            began = time.perf_counter()
            assert inbox.list("info", after=middle, limit=50)
            return time.perf_counter() - began

        return statistics.median(once() for _ in range(20))


def plot(points: Sequence[Point]) -> str:
    """Four small pictures side by side, each from zero: flat is good."""
    curves = {
        "first sync, ms a message": [point.first_ms for point in points],
        "memory above idle, MB": [point.memory_mb for point in points],
        "round without news, ms": [point.no_news_ms for point in points],
        "listing of 50, ms": [point.listing_ms for point in points],
    }
    pictures = "".join(
        _picture(title, values, points, 10 + 215 * n) for n, (title, values) in enumerate(curves.items())
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="870" height="190" font-family="sans-serif" font-size="11">'
        f'<rect width="870" height="190" fill="#fff"/>{pictures}</svg>\n'
    )


def _picture(title: str, values: Sequence[float], points: Sequence[Point], left: int) -> str:
    top, step = max(values) * 1.25 or 1.0, 170 / max(1, len(values) - 1)
    places = [(left + 20 + n * step, 150 - value / top * 110) for n, value in enumerate(values)]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="#1f5fa8"/>'
        f'<text x="{x:.0f}" y="{y - 8:.0f}" text-anchor="middle">{value:.3g}</text>'
        f'<text x="{x:.0f}" y="166" text-anchor="middle" fill="#555">{point.messages:,}</text>'
        for (x, y), value, point in zip(places, values, points, strict=True)
    )
    return (
        f'<text x="{left}" y="20" font-weight="bold">{title}</text>'
        f'<line x1="{left + 10}" y1="150" x2="{left + 200}" y2="150" stroke="#999"/>'
        f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>{marks}'
    )


if __name__ == "__main__":
    main()
