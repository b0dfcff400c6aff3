"""What becomes of letters when the program that sends them is killed? Shared by the story and the long campaign."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.request
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from tests.stories.killing import ACCOUNT, Place

SLOW = 0.01  # seconds that the server takes over a letter: that long nobody knows


@dataclass
class Clerk:
    """Hands in letters one by one. What was not acknowledged is handed in again, with the same key."""

    here: Place
    letters: int
    accepted: dict[int, str] = field(default_factory=dict)  # letter → its Message-ID
    _direct: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(urllib.request.ProxyHandler({}))
    )

    def work(self, until: int) -> None:
        with suppress(OSError, http.client.HTTPException):  # the program is killed under our hands
            for number in range(len(self.accepted), until):
                self.accepted[number] = self._hand_in(number)

    def _hand_in(self, number: int) -> str:
        api = json.loads(self.here.program.places.api_file.read_text("ascii"))
        request = urllib.request.Request(
            f"{api['url']}/v1/accounts/{ACCOUNT}/outbox",
            json.dumps({"to": ["you@elsewhere.example"], "subject": f"letter {number}", "text": "y" * 500}).encode(),
            {
                "Authorization": f"Bearer {api['secret']}",
                "Content-Type": "application/json",
                "Idempotency-Key": f"{number}",
            },
        )
        with self._direct.open(request, timeout=30) as response:
            return str(json.load(response)["message_id"])


def kill_while_sending(here: Place, letters: int, kills: int) -> Clerk:
    """So many kills while letters are handed in and go out; then all of them come to their end."""
    here.sink.behaviour.slow_seconds = SLOW
    clerk = Clerk(here, letters)
    for kill in range(kills):  # new letters at each start set off a round over all that wait
        here.starts()
        until, gone = (letters - 1) * (kill + 1) // kills, len(here.sink.received)
        working = threading.Thread(target=clerk.work, args=(until,), daemon=True)
        working.start()
        reachable = until - gone - kill  # each kill before may have left one letter unconfirmed that never arrived
        goal = gone + here.chance.randrange(max(1, min(reachable, letters * 3 // (kills * 2))))
        here.kill_when(lambda goal=goal: len(here.sink.received) >= goal, delay=0.03)  # type: ignore[misc]
        working.join(10)
        assert len(clerk.accepted) < letters or "queued" in states(here).values(), "the kill came too late"
    here.starts()
    clerk.work(letters)
    here.program.until(lambda: not {"queued", "sending"} & set(states(here).values()), "the end of the outbox", 90)
    here.program.kill()
    return clerk


def states(here: Place) -> dict[str, str]:
    """Message-ID → state, of every letter in the outbox."""
    with here.database() as database:
        return dict(database.execute("SELECT message_id, state FROM letters").fetchall())


def nothing_lost_nothing_twice(clerk: Clerk) -> Counter[str]:
    """What must be true of the outbox and of the receiving server; how many letters ended in which state."""
    here, ended = clerk.here, states(clerk.here)
    arrived = Counter(_header(each.raw, "message-id") for each in here.sink.received)
    subjects = Counter(_header(each.raw, "subject") for each in here.sink.received)
    assert sorted(clerk.accepted) == list(range(clerk.letters))
    assert sorted(ended) == sorted(clerk.accepted.values()), "the outbox holds other letters than were accepted"
    assert set(ended.values()) <= {"sent", "unconfirmed"}
    assert max((*arrived.values(), *subjects.values())) == 1, "a letter was sent twice"
    assert set(arrived) <= set(ended), "nobody wrote this letter"
    assert {each for each, state in ended.items() if state == "sent"} <= set(arrived), "a sent letter never arrived"
    assert here.undamaged()
    return Counter(ended.values())


def _header(raw: bytes, name: str) -> str:
    head = raw.split(b"\r\n\r\n", 1)[0].decode("ascii", "replace")
    line = next(each for each in head.split("\r\n") if each.lower().startswith(f"{name}:"))
    return line.partition(":")[2].strip()
