"""How fast is a first sync over IMAP with TLS, next to mbsync on the same Dovecot?

python -m tests.bench.fetch_rate [--messages 10000] [--rounds 3] [--without-mbsync]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from mail.mailbox import Mailbox, Protocol, Security, Server
from tests.bench.office_mail import fill_maildir
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker

ADDRESS = "info@hausverwaltung.example"


@dataclass(frozen=True)
class Run:
    """One process from start to end."""

    wall: float
    cpu: float
    peak: float  # MB of resident memory

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s   CPU {self.cpu:6.2f} s   peak {self.peak:6.1f} MB"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--messages", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--without-mbsync", action="store_true")
    chosen = options.parse_args()
    maker = TokenMaker()
    with Dovecot(keys=maker.keys, issuer=maker.issuer) as dovecot:
        maildir = dovecot.maildir(ADDRESS)
        home = maildir.parent.parent.stat()
        size = fill_maildir(maildir, chosen.messages, (home.st_uid, home.st_gid))
        with dovecot.control(ADDRESS) as client:  # the server's own index is made before anybody is measured
            client.select_folder("INBOX", readonly=True)
            client.fetch(client.search(["ALL"])[:1], ["RFC822.SIZE"])
        print(f"{chosen.messages} messages, {size / 1e6:.0f} MB; {platform.platform()}, {os.cpu_count()} cores")
        compare(dovecot, maker, chosen.rounds, chosen.messages, size, with_mbsync=not chosen.without_mbsync)


def compare(dovecot: Dovecot, maker: TokenMaker, rounds: int, messages: int, size: int, *, with_mbsync: bool) -> None:
    ours: list[Run] = []
    theirs: list[Run] = []
    for number in range(1, rounds + 1):  # in turns, so that what else the machine does meets both
        ours.append(postwart(dovecot, maker, messages))
        print(f"round {number}  postwart {ours[-1]}   {size / 1e6 / ours[-1].wall:6.1f} MB/s", flush=True)
        if with_mbsync:
            theirs.append(mbsync(dovecot, messages))
            print(f"round {number}  mbsync   {theirs[-1]}   {size / 1e6 / theirs[-1].wall:6.1f} MB/s", flush=True)
    if theirs:
        ratio = statistics.median(run.wall for run in theirs) / statistics.median(run.wall for run in ours)
        print(f"postwart is {ratio:.2f} times as fast as mbsync (medians of {rounds})")


def postwart(dovecot: Dovecot, maker: TokenMaker, messages: int) -> Run:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        order = {
            "port": dovecot.ports["imaps"],
            "ca_file": str(dovecot.ca_file),
            "token": maker.token(ADDRESS),
            "file": f"{folder}/post.db",
        }
        run = timed([sys.executable, "-m", "tests.bench.fetch_rate", "--child"], folder, json.dumps(order))
        output = Path(folder, "output.log").read_text("utf-8")
        assert f"new={messages}," in output, output
        return run


def mbsync(dovecot: Dovecot, messages: int) -> Run:
    """As it comes: into a Maildir, with fsync."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        Path(folder, "mail").mkdir()
        Path(folder, "mbsyncrc").write_text(
            f"IMAPAccount a\nHost localhost\nPort {dovecot.ports['imaps']}\nUser {ADDRESS}\nPass control\n"
            f"SSLType IMAPS\nSystemCertificates no\nCertificateFile {dovecot.ca_file}\n\n"
            f"IMAPStore far\nAccount a\n\nMaildirStore near\nPath {folder}/mail/\nInbox {folder}/mail/INBOX\n\n"
            "Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nSync Pull\nCreate Near\nSyncState *\n",
            "utf-8",
        )
        run = timed([shutil.which("mbsync") or "mbsync", "-q", "-c", f"{folder}/mbsyncrc", "c"], folder)
        brought = sum(1 for name in ("new", "cur") for _ in Path(folder, "mail", "INBOX", name).iterdir())
        assert brought == messages, f"mbsync brought {brought} messages"
        return run


def timed(command: list[str], folder: str, stdin: str = "") -> Run:
    log = Path(folder, "output.log")
    os.sync()
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=output)
        assert process.stdin
        process.stdin.write(stdin.encode())
        process.stdin.close()
        peak = Peak(process.pid)
        peak.start()
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{command[0]} failed: {log.read_text('utf-8', 'replace')[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak.megabytes)


class Peak(threading.Thread):
    """The process's own high-water mark; wait4's begins with that of whoever started it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self._status = Path(f"/proc/{pid}/status")

    def run(self) -> None:
        with suppress(OSError):  # it has ended
            while found := re.search(r"VmHWM:\s+(\d+) kB", self._status.read_text("ascii")):
                self.megabytes = int(found[1]) / 1000
                time.sleep(0.05)


def child() -> None:
    """What is measured: Postwart's own round, into its own store."""
    from mail.database import Database
    from mail.fetch import fetch_round
    from mail.inbox import Inbox
    from mail.schema import MIGRATIONS

    order = json.load(sys.stdin)
    server = Server(Protocol.IMAP, "localhost", order["port"], Security.TLS)
    mailbox = Mailbox("info", ADDRESS, server, None, ca_file=Path(order["ca_file"]))
    with closing(Database(Path(order["file"]), MIGRATIONS)) as database:
        fetched = fetch_round(mailbox, lambda: str(order["token"]), Inbox(database), stop=threading.Event())
    print(fetched)


if __name__ == "__main__":
    if "--child" in sys.argv:
        child()
    else:
        main()
