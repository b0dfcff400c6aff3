"""How long does a program take, how much of the processor and of memory? For others' whole runs and our own rounds."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from mail.mailbox import Mailbox, Protocol, Security, Server
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker


@dataclass(frozen=True)
class Run:
    """`peak` is the largest resident memory so far, in MB; `before`, of ours, what it was when nothing was done yet."""

    wall: float
    cpu: float
    peak: float
    before: float = 0.0

    def __str__(self) -> str:
        above = f" ({self.peak - self.before:.1f} above idle)" if self.before else ""
        return f"{self.wall:8.3f} s   CPU {self.cpu:8.3f} s   peak {self.peak:6.1f} MB{above}"


def timed(command: list[str], log: Path, *, may_end_with: set[int]) -> Run:
    os.sync()
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        peak = _Peak(process.pid)
        peak.start()
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in may_end_with:
        raise RuntimeError(f"{command[0]} failed: {log.read_text('utf-8', 'replace')[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak.megabytes)


class _Peak(threading.Thread):
    """The process's own high-water mark; wait4's begins with that of whoever started it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self._pid = pid

    def run(self) -> None:
        with suppress(OSError, ValueError):  # it has ended
            while found := _high_water(self._pid):
                self.megabytes = found
                time.sleep(0.02)


def _high_water(pid: int) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(found[1]) / 1000 if found else 0.0


class Living:
    """Postwart's own fetching in a process that goes on running, with a store of its own."""

    def __init__(self, dovecot: Dovecot, maker: TokenMaker, address: str, protocol: Protocol = Protocol.IMAP) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bench-")
        self.file = Path(self._folder.name, "post.db")
        self._order = {
            "protocol": protocol.value,
            "port": dovecot.server(protocol).port,
            "ca_file": str(dovecot.ca_file),
            "address": address,
            "token": maker.token(address),
            "file": str(self.file),
        }
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()
            self._process.wait(30)
        self._folder.cleanup()

    def first(self, expected: int) -> Run:
        """From the process's start on."""
        os.sync()
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.fetch_rate", "--child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        run = self.round(expected)
        return Run(time.perf_counter() - began, run.cpu, run.peak, run.before)

    def round(self, expected: int) -> Run:
        process = self._process
        assert process
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(self._order) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        assert answer.pop("new") == expected, answer
        return Run(**answer)


def child() -> None:
    """What is measured: Postwart's own rounds, into its own store. One line in, one round, one line out."""
    from mail.database import Database
    from mail.fetch import fetch_round
    from mail.inbox import Inbox
    from mail.schema import MIGRATIONS

    order = json.loads(sys.stdin.readline())
    server = Server(Protocol(order["protocol"]), "localhost", order["port"], Security.TLS)
    mailbox = Mailbox("info", order["address"], server, None, ca_file=Path(order["ca_file"]))
    token = str(order["token"])
    with closing(Database(Path(order["file"]), MIGRATIONS)) as database:
        inbox, before, used = Inbox(database), _high_water(os.getpid()), 0.0
        while order:
            began = time.perf_counter()
            fetched = fetch_round(mailbox, lambda: token, inbox, stop=threading.Event())
            wall, cpu = time.perf_counter() - began, _cpu() - used
            used += cpu
            told = {"new": fetched.new, "wall": wall, "cpu": cpu, "peak": _high_water(os.getpid()), "before": before}
            print(json.dumps(told), flush=True)
            order = json.loads(sys.stdin.readline() or "null")


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
