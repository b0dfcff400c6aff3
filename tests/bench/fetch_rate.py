"""How fast is mail fetched over TLS, beside mbsync, getmail6, offlineimap3 and fetchmail on the same Dovecot?

python -m tests.bench.fetch_rate [--messages 10000] [--rounds 3] [--only mbsync,fetchmail,…]

Measured in turns: the first sync into an empty store, a round without news, and one with ten new messages; over IMAP,
then over POP3. Who needs minutes takes part in the first round only. Peers are timed as whole processes. So is
Postwart's first sync; its later rounds in the process that did the first one, since it goes on running. At the end
comes the README's table.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from mail.mailbox import Protocol
from tests.bench.machine import describe
from tests.bench.office_mail import fill_maildir
from tests.bench.peers import IMAP_PEERS, POP3_PEERS, Peer
from tests.bench.running import Living, Run, timed
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker

ADDRESS = "info@hausverwaltung.example"
NEW = 10
REPEATED = 5
"""Rounds without news: they are short."""

PEERS = {Protocol.IMAP: IMAP_PEERS, Protocol.POP3: POP3_PEERS}

Results = dict[tuple[Protocol, str, str], list[Run]]
"""By protocol, program, and what it did."""

FIRST, NO_NEWS, TEN_NEW = "first sync", "no news", "10 new"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", default="", help="these peers alone; the slow ones take minutes")
    chosen = options.parse_args()
    maker = TokenMaker()
    with Dovecot(keys=maker.keys, issuer=maker.issuer) as dovecot:
        size = fill(dovecot, 0, chosen.messages)
        print(f"{chosen.messages} messages, {size / 1e6:.0f} MB; {describe()}", flush=True)
        results: Results = defaultdict(list)
        there = chosen.messages
        for protocol, known in PEERS.items():
            peers = taking_part(known, chosen.only)
            for number in range(chosen.rounds):
                one_round(
                    dovecot, maker, [peer for peer in peers if not (number and peer.slow)], protocol, there, results
                )
                there += NEW
    print(table(results, size))


def taking_part(known: Sequence[Peer], only: str) -> list[Peer]:
    """Who is not there is named: a table without them must not look whole."""
    wanted = [peer for peer in known if not only or peer.name in only.split(",")]
    for peer in wanted:
        if not peer.installed:
            print(f"{peer.name} is not installed", flush=True)
    return [peer for peer in wanted if peer.installed]


def fill(dovecot: Dovecot, first: int, count: int) -> int:
    """The server's own index is made before anybody is measured."""
    maildir = dovecot.maildir(ADDRESS)
    home = maildir.parent.parent.stat()
    size = fill_maildir(maildir, count, (home.st_uid, home.st_gid), first)
    with dovecot.control(ADDRESS) as client:
        client.select_folder("INBOX", readonly=True)
        client.fetch(client.search(["ALL"])[:1], ["RFC822.SIZE"])
    return size


def one_round(
    dovecot: Dovecot, maker: TokenMaker, peers: Sequence[Peer], protocol: Protocol, there: int, results: Results
) -> None:
    """In turns, so that what else the machine does meets all of them."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, Living(dovecot, maker, ADDRESS, protocol) as postwart:
        places = {peer: Path(name, peer.name) for peer in peers}
        for peer, folder in places.items():
            folder.mkdir()
            peer.write(folder, dovecot, ADDRESS)
        measured = partial(keep, results, protocol)
        measured("postwart", FIRST, postwart.first(there))
        for peer, folder in list(places.items()):
            try:
                measured(peer.name, FIRST, whole(peer, folder, there))
            except RuntimeError as error:  # getmail6 6.18 sometimes waits in vain for its own child
                print(f"{peer.name} is left out: {error}", flush=True)
                del places[peer]
        for _ in range(REPEATED):
            measured("postwart", NO_NEWS, postwart.round(0))
            for peer, folder in places.items():
                measured(peer.name, NO_NEWS, whole(peer, folder, there))
        fill(dovecot, there, NEW)
        measured("postwart", TEN_NEW, postwart.round(NEW))
        for peer, folder in places.items():
            measured(peer.name, TEN_NEW, whole(peer, folder, there + NEW))


def whole(peer: Peer, folder: Path, expected: int) -> Run:
    run = timed(peer.command(folder), folder / "output.log", may_end_with={0, 1} if peer.name == "fetchmail" else {0})
    assert peer.count(folder) == expected, f"{peer.name} brought {peer.count(folder)} messages of {expected}"
    return run


def keep(results: Results, protocol: Protocol, who: str, what: str, run: Run) -> None:
    results[protocol, who, what].append(run)
    print(f"{protocol} {what:11} {who:13} {run}", flush=True)


def table(results: Results, size: int) -> str:
    """Markdown, medians. Memory: the largest peak, of ours also what it is above idle."""
    lines = [
        "| | first sync, s | MB/s | Postwart is faster by | processor, s | peak MB | no news, s | 10 new, s |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for protocol in PEERS:
        ours = _median(results[protocol, "postwart", FIRST])
        for who in [who for (of, who, what), runs in results.items() if of == protocol and what == FIRST and runs]:
            first, peak = results[protocol, who, FIRST], max(run.peak for run in results[protocol, who, FIRST])
            above = f" ({peak - first[0].before:.0f} above idle)" if first[0].before else ""
            cells = (
                f"{who}, {protocol.upper()}",
                f"{_median(first):.1f} ({min(run.wall for run in first):.1f} to {max(run.wall for run in first):.1f})",
                f"{size / 1e6 / _median(first):.0f}",
                "" if who == "postwart" else f"{_median(first) / ours:.1f} times",
                f"{statistics.median(run.cpu for run in first):.1f}",
                f"{peak:.0f}{above}",
                *(
                    f"{_median(runs):.3f}" if (runs := results[protocol, who, what]) else ""
                    for what in (NO_NEWS, TEN_NEW)
                ),
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _median(runs: Sequence[Run]) -> float:
    return statistics.median(run.wall for run in runs)


if __name__ == "__main__":
    if "--child" in sys.argv:
        from tests.bench.running import child

        child()
    else:
        main()
