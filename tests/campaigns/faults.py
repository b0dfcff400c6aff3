"""The long campaign: a line that cuts, stalls, garbles and slows at every step and every 1,000th byte of a round.

python -m tests.campaigns.faults [--only imap|pop3] [--kind cut|stall|garble|slow]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from tests.mail.faults import cases, small_batches, survives
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--kind", default="")
    said = parser.parse_args()
    maker, begun = TokenMaker(), time.monotonic()
    ended: Counter[tuple[str, str, str]] = Counter()
    with Dovecot(keys=maker.keys, issuer=maker.issuer) as dovecot, small_batches():
        for number, case in enumerate(cases(dovecot, maker.token, "first@example.org")):
            if case.protocol.startswith(said.only) and case.fault.kind.startswith(said.kind):
                try:
                    end = survives(dovecot, maker.token, f"box{number}@example.org", case)
                except Exception:
                    print(f"FAILED: {case}", flush=True)
                    raise
                ended[case.protocol, case.fault.kind, end] += 1
    for (protocol, kind, end), count in sorted(ended.items()):
        print(f"{protocol} {kind:7} {end:20} {count:5}")
    print(f"{sum(ended.values())} faults survived in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
