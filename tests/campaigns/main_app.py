"""A main app through 72 hours: it polls, sends, loses the line, and both it and Postwart are started anew.

python -m tests.campaigns.main_app [--hours 72] [--seed N]
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import tempfile
import tracemalloc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

from tests.office import Office
from tray.api.client import ApiClient, ApiRefused
from tray.runtime import NotAnswering

ADDRESS = "info@office.example"
CUSTOMER = "customer@office.example"
_FLAT = 50
"""Kilobytes. sqlite3 clears away what is left of two hundred cursors at a time, so that it goes up and down."""
ROOT = Path(__file__).parents[2]
_WORLD = ("auth/sandbox/*", "mail/sandbox/*", "tray/demo_world.py")
_PLANS = ("tray/rounds.py", "tray/clockwork.py")
"""The schedule stands still here, and a plan that nobody comes to stays one."""


@dataclass
class Desk:
    """What the main app has on its disk: nothing else is left of it after a restart."""

    cursor: int = 0
    taken: list[str] = field(default_factory=list)
    to_send: list[str] = field(default_factory=list)
    accepted: dict[str, int] = field(default_factory=dict)


@dataclass
class Days:
    """`memory` are the kilobytes that Postwart's code holds, every three hours."""

    delivered: list[str]
    desk: Desk
    arrived: Counter[str]
    memory: list[int]
    refused: int
    restarts: int

    @property
    def faults(self) -> list[str]:
        missing = [f"not taken over: {each}" for each in set(self.delivered) - set(self.desk.taken)]
        twice = [f"taken over twice: {each}" for each, times in Counter(self.desk.taken).items() if times > 1]
        sent = [f"arrived {self.arrived[each]} times: {each}" for each in self.desk.accepted if self.arrived[each] != 1]
        return [*missing, *twice, *sent, *(f"never accepted: {each}" for each in self.desk.to_send), *self._grown]

    @property
    def _grown(self) -> list[str]:
        """A third of the time to settle, the other two compared."""
        third = len(self.memory) // 3
        if not third:
            return []
        middle, last = mean(self.memory[third : 2 * third]), mean(self.memory[2 * third :])
        return [f"memory grew from {middle:.0f} to {last:.0f} KB"] if last > middle + _FLAT else []


class MainApp:
    def __init__(self, office: Office, desk: Desk, chance: random.Random) -> None:
        self._office, self._desk, self._chance = office, desk, chance
        self.refused = 0

    def works(self) -> None:
        """One round. The line may be lost after any call, before its answer was noted."""
        try:
            api = self._office.api
            self._takes_over(api)
            self._sends(api)
        except (ApiRefused, NotAnswering, _LineLostError):
            self.refused += 1

    def _takes_over(self, api: ApiClient) -> None:
        page = api.get("messages", account="info", after=self._desk.cursor, limit=20)
        for message in page["messages"]:
            if message["subject"] not in self._desk.taken:  # its own database knows what it has
                self._desk.taken.append(message["subject"])
            self._may_lose_the_line()
            api.call("PUT", ("messages", str(message["id"]), "done"))
        self._desk.cursor = page["next"]

    def _sends(self, api: ApiClient) -> None:
        for subject in list(self._desk.to_send):
            accepted = self._hand_in(api, subject)
            self._may_lose_the_line()
            self._desk.accepted[subject] = accepted["id"]
            self._desk.to_send.remove(subject)

    def _hand_in(self, api: ApiClient, subject: str) -> Any:
        letter = {"to": [CUSTOMER], "subject": subject, "text": "Guten Tag\n"}
        api._headers["Idempotency-Key"] = subject  # the key makes a repetition harmless
        return api.post("accounts", "info", "outbox", json_body=letter)

    def _may_lose_the_line(self) -> None:
        if self._chance.random() < 0.05:
            raise _LineLostError


class _LineLostError(Exception):
    """Between Postwart's answer and the main app's disk."""


def days(folder: Path, hours: int, seed: int, *, mishaps: float = 0.02, watch_memory: bool = True) -> Days:
    """Ten minutes a step; the clock is turned, and everything else is real."""
    chance, desk, delivered, memory = random.Random(seed), Desk(), list[str](), list[int]()
    refused = restarts = 0
    with Office(folder) as office:
        office.has_account("info")
        office.tenant.add_person(CUSTOMER)
        office.opens()
        office.signs_in("info")
        app = MainApp(office, desk, chance)
        if watch_memory:
            tracemalloc.start()
        for step in range(hours * 6):
            _something_happens(office, desk, delivered, chance, step)
            app.works()
            if chance.random() < mishaps:
                office.reopens()
                restarts += 1
            if chance.random() < mishaps:  # it forgets all but what is on its disk
                refused, app = refused + app.refused, MainApp(office, desk, chance)
            if watch_memory and step % 18 == 17:
                memory.append(_kilobytes())
        tracemalloc.stop()
        for _ in range(10):  # the last ones, over a line that may still break
            office.helper.fetch("info")
            app.works()
            office.waits(minutes=2)
            office.dispatches("info")
        arrived = _arrived(office)
    return Days(delivered, desk, arrived, memory, refused + app.refused, restarts)


def _something_happens(office: Office, desk: Desk, delivered: list[str], chance: random.Random, step: int) -> None:
    office.turns(minutes=10)
    if step % 6 == 0:
        office.checks()
    if chance.random() < 0.5:
        delivered.append(f"in {step}")
        office.post.deliver(ADDRESS, f"From: {CUSTOMER}\r\nSubject: in {step}\r\n\r\nx\r\n".encode())
    if chance.random() < 0.3:
        desk.to_send.append(f"out {step}")
    office.helper.fetch("info")
    office.dispatches("info")


def _arrived(office: Office) -> Counter[str]:
    lines = (line for each in office.post.submitted for line in each.raw.decode().splitlines())
    return Counter(line[9:].strip() for line in lines if line.startswith("Subject: "))


def _kilobytes() -> int:
    """What Postwart's own code holds; the world around it remembers every mail."""
    gc.collect()
    ours = [tracemalloc.Filter(True, str(ROOT / package / "*")) for package in ("auth", "mail", "tray")]
    taken = tracemalloc.take_snapshot().filter_traces(ours)
    taken = taken.filter_traces([tracemalloc.Filter(False, str(ROOT / name)) for name in (*_WORLD, *_PLANS)])
    return sum(each.size for each in taken.traces) // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=72)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    said = parser.parse_args()
    print(f"seed {said.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="pwdays") as folder:
        lived = days(Path(folder), said.hours, said.seed)
    print(f"{len(lived.delivered)} messages, {len(lived.desk.accepted)} letters, {lived.refused} rounds cut short")
    print(f"{lived.restarts} restarts of Postwart; memory in KB, every three hours: {lived.memory}")
    sys.exit("\n".join(lived.faults) if lived.faults else 0)


if __name__ == "__main__":
    main()
