"""The long campaign on store and outbox: power failures, the model, and a disk that is full at random writes.

python -m tests.campaigns.store [--minutes 30] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.mail.full_disk_at_random import fills_up
from tests.mail.test_power_loss import power_fails
from tests.mail.test_store_machine import Store

_EXAMPLES = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    said = parser.parse_args()
    until, seed, failures, examples, full = time.monotonic() + said.minutes * 60, said.seed, 0, 0, 0
    print(f"seed {seed}", flush=True)
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory(prefix="pwpower") as folder:
            failures += power_fails(Path(folder), seed, count=40, mixtures=4)
        if sys.platform == "linux":
            with tempfile.TemporaryDirectory(prefix="pwfull") as folder:
                full += fills_up(Path(folder), seed, times=30)
        run_state_machine_as_test(
            Store,
            settings=settings(
                max_examples=_EXAMPLES,
                stateful_step_count=60,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        examples += _EXAMPLES
        seed += 1
        print(f"{failures} power failures, {full} full disks, {examples} runs against the model", flush=True)


if __name__ == "__main__":
    main()
