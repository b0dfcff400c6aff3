"""How fast is mail fetched over TLS, beside mbsync, getmail6, offlineimap3 and fetchmail on the same Dovecot?

python -m tests.bench.fetch_rate [--messages 10000] [--rounds 3] [--only mbsync,…] [--pop3]

Measured in turns: the first sync into an empty store, a round without news, and one with ten new messages. Peers are
timed as whole processes. So is Postwart's first sync; its later rounds in the process that did the first one, since it
goes on running.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
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

Results = dict[tuple[str, str], list[Run]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", default="", help="these peers alone; the slow ones take minutes")
    options.add_argument("--pop3", action="store_true")
    chosen = options.parse_args()
    peers = [peer for peer in (POP3_PEERS if chosen.pop3 else IMAP_PEERS) if peer.installed]
    peers = [peer for peer in peers if not chosen.only or peer.name in chosen.only.split(",")]
    maker = TokenMaker()
    with Dovecot(keys=maker.keys, issuer=maker.issuer) as dovecot:
        size = fill(dovecot, 0, chosen.messages)
        print(f"{chosen.messages} messages, {size / 1e6:.0f} MB; {describe()}", flush=True)
        results: Results = defaultdict(list)
        there = chosen.messages
        for _ in range(chosen.rounds):
            one_round(dovecot, maker, peers, Protocol.POP3 if chosen.pop3 else Protocol.IMAP, there, results)
            there += NEW
        report(results, size)


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
        keep(results, "first sync", "postwart", postwart.first(there))
        for peer, folder in list(places.items()):
            try:
                keep(results, "first sync", peer.name, whole(peer, folder, there))
            except RuntimeError as error:  # getmail6 6.18 sometimes waits in vain for its own child
                print(f"{peer.name} is left out: {error}", flush=True)
                del places[peer]
        for _ in range(REPEATED):
            keep(results, "no news", "postwart", postwart.round(0))
            for peer, folder in places.items():
                keep(results, "no news", peer.name, whole(peer, folder, there))
        fill(dovecot, there, NEW)
        keep(results, "10 new", "postwart", postwart.round(NEW))
        for peer, folder in places.items():
            keep(results, "10 new", peer.name, whole(peer, folder, there + NEW))


def whole(peer: Peer, folder: Path, expected: int) -> Run:
    run = timed(peer.command(folder), folder / "output.log", may_end_with={0, 1} if peer.name == "fetchmail" else {0})
    assert peer.count(folder) == expected, f"{peer.name} brought {peer.count(folder)} messages of {expected}"
    return run


def keep(results: Results, what: str, who: str, run: Run) -> None:
    results[what, who].append(run)
    print(f"{what:11} {who:13} {run}", flush=True)


def report(results: Results, size: int) -> None:
    """Medians; `times`: how long it took as compared with Postwart."""
    for what in ("first sync", "no news", "10 new"):
        ours = statistics.median(run.wall for run in results[what, "postwart"])
        for (kind, who), runs in results.items():
            if kind == what:
                wall, cpu = statistics.median(run.wall for run in runs), statistics.median(run.cpu for run in runs)
                rate = f"{size / 1e6 / wall:6.1f} MB/s" if what == "first sync" else ""
                print(f"{what:11} {who:13} {wall:8.3f} s, CPU {cpu:8.3f} s, times {wall / ours:6.2f}  {rate}")


if __name__ == "__main__":
    if "--child" in sys.argv:
        from tests.bench.running import child

        child()
    else:
        main()
