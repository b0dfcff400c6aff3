"""The long campaign: hundreds of kills at random points, by the same code as the short story.

python -m tests.campaigns.kill [--times 200] [--seed N]
"""

from __future__ import annotations

import argparse
import logging
import random
import tempfile
import time
from pathlib import Path

from tests.rigs.dovecot import Dovecot
from tests.stories.killed_fetching import kill_while_deleting, kill_while_reading, to_the_end
from tests.stories.killed_sending import kill_while_sending, nothing_lost_nothing_twice
from tests.stories.killing import ADDRESS, place

_AT_ONCE = 10  # kills over one mailbox or outbox


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200, help="kills while reading, deleting and sending each")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    said = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd's, about its own next version
    for number in range(max(1, said.times // _AT_ONCE)):
        begun = time.monotonic()
        print(f"round {number + 1}, seed {said.seed + number}:", end=" ", flush=True)
        with tempfile.TemporaryDirectory(prefix="pwkill") as folder:
            figures = _round(Path(folder), said.seed + number)
        print(f"{figures} in {time.monotonic() - begun:.0f} s", flush=True)


def _round(folder: Path, seed: int) -> str:
    with place(folder / "reading", seed, receive="imap") as here:
        here.fill(2_000, 16_000)
        kill_while_reading(here, _AT_ONCE, dose=200, size=16_000)
        to_the_end(here)
        fetched = here.filled.total()
    receive = "imap" if seed % 2 else "pop3"
    with place(folder / "deleting", seed, receive=receive, after_fetch="delete") as here:
        here.fill(500, 9_000)
        kill_while_reading(here, _AT_ONCE // 2, dose=500, size=9_000)
        left = kill_while_deleting(here, _AT_ONCE, dose=500, size=9_000)
        to_the_end(here)
        _empty(here.dovecot)
    with place(folder / "sending", seed, receive="none") as here:
        ended = nothing_lost_nothing_twice(kill_while_sending(here, 200, _AT_ONCE))
    return f"{fetched} fetched; {receive}: left on the server {dict(left)}; letters {dict(ended)}"


def _empty(dovecot: Dovecot) -> None:
    assert dovecot.raws(ADDRESS) == []


if __name__ == "__main__":
    main()
