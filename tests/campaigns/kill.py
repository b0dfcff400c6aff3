"""The long campaign: hundreds of kills at random points, by the same code as the short story.

python -m tests.campaigns.kill [--times 200] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from tests.stories import killing

_AT_ONCE = 10  # kills over one mailbox or outbox


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200, help="kills while fetching, and as many while sending")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    said = parser.parse_args()
    print(f"seed {said.seed}")
    for number in range(max(1, said.times // _AT_ONCE)):
        with tempfile.TemporaryDirectory(prefix="pwkill") as folder:
            _round(Path(folder), said.seed + number, number)


def _round(folder: Path, seed: int, number: int) -> None:
    with killing.place(folder / "in", seed, [{"id": "info", "receive": "imap"}]) as here:
        expected = killing.fill(here, 2_000)
        killing.kill_while_fetching(here, "info", 2_000, _AT_ONCE)
        assert here.digests("info") == expected
    with killing.place(folder / "out", seed, [{"id": "info", "receive": "none"}]) as here:
        killing.kill_while_sending(here, "info", 200, _AT_ONCE)
        states = killing.nothing_lost_nothing_twice(here, 201)
    print(f"round {number + 1}: 2000 messages fetched, letters {dict(states)}", flush=True)


if __name__ == "__main__":
    main()
