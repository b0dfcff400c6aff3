"""The long campaign: a line that cuts, stalls, garbles and slows at every step and every 1,000th byte of sending.

python -m tests.campaigns.faults_sending
"""

from __future__ import annotations

import time
from collections import Counter

from tests.mail.faults_sending import sending_place
from tests.office import wait_until
from tests.rigs.tokens import TokenMaker


def main() -> None:
    begun = time.monotonic()
    ended: Counter[tuple[str, str]] = Counter()
    with sending_place(TokenMaker()) as place:
        for fault in place.cases():
            try:
                ended[fault.kind, place.survives(fault)] += 1
            except Exception:
                print(f"FAILED: {fault}", flush=True)
                raise
        letters = place.check(wait_until)
    for (kind, end), count in sorted(ended.items()):
        print(f"smtp {kind:7} {end:20} {count:5}")
    print(f"{sum(ended.values())} faults survived in {time.monotonic() - begun:.0f} s; letters: {dict(letters)}")


if __name__ == "__main__":
    main()
