"""How much slower does mbsync fetch through the local door, beside email-oauth2-proxy in front of the same Dovecot?

python -m tests.bench.gateway_rate [--messages 10000] [--rounds 3] --peer-python PYTHON
"""

from __future__ import annotations

import argparse
import http.server
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from auth.problems import Problem
from mail.doors.door import Door
from mail.doors.upstream import Admitted
from mail.mailbox import Mailbox, Protocol, Security, Server
from tests.bench.fetch_rate import ADDRESS, fill
from tests.bench.machine import describe
from tests.bench.peers import IMAP_PEERS
from tests.bench.running import timed
from tests.rigs.dovecot import Dovecot, free_ports
from tests.rigs.tokens import TokenMaker

MBSYNC = next(peer for peer in IMAP_PEERS if peer.name == "mbsync")


@dataclass(frozen=True)
class Run:
    wall: float
    between: float  # processor seconds of what stands between mbsync and Dovecot

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s   in between: CPU {self.between:6.2f} s"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--messages", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--peer-python", help="a Python with the package emailproxy")
    chosen = options.parse_args()
    maker = TokenMaker()
    with Dovecot(keys=maker.keys, issuer=maker.issuer) as dovecot:
        size = fill(dovecot, 0, chosen.messages)
        print(f"{chosen.messages} messages, {size / 1e6:.0f} MB; {describe()}", flush=True)
        ways: dict[str, Callable[[], Run]] = {
            "direct": lambda: Run(mbsync(dovecot, chosen.messages), 0.0),
            "postwart": lambda: through(dovecot, chosen.messages, door(dovecot, maker)),
        }
        if chosen.peer_python:
            ways["email-oauth2-proxy"] = lambda: through(
                dovecot, chosen.messages, peer(chosen.peer_python, dovecot, maker)
            )
        compare(ways, chosen.rounds)


def compare(ways: dict[str, Callable[[], Run]], rounds: int) -> None:
    runs: dict[str, list[Run]] = {name: [] for name in ways}
    for number in range(1, rounds + 1):
        for name, run in ways.items():
            runs[name].append(run())
            print(f"round {number}  {name:<20} {runs[name][-1]}", flush=True)
    medians = {name: statistics.median(run.wall for run in each) for name, each in runs.items()}
    for name, wall in medians.items():
        print(f"{name:<20} {wall:7.2f} s, {wall / medians['direct']:.2f} times the direct way (medians of {rounds})")


def through(dovecot: Dovecot, messages: int, between: Iterator[tuple[int, int]]) -> Run:
    """mbsync over the port of whatever stands between, whose processor time is taken from the same stretch."""
    with contextmanager(lambda: between)() as (pid, port):
        process = psutil.Process(pid)
        before = sum(process.cpu_times()[:2])
        wall = mbsync(dovecot, messages, port=port)
        return Run(wall, sum(process.cpu_times()[:2]) - before)


def mbsync(dovecot: Dovecot, messages: int, port: int = 0) -> float:
    """Seconds of a first sync. With `port`: in clear over whatever listens there."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        MBSYNC.write(folder, dovecot, ADDRESS)
        if port:
            direct = (folder / "rc").read_text("utf-8")
            there = direct.replace(f"Port {dovecot.ports['imaps']}", f"Port {port}")
            (folder / "rc").write_text(there.replace("SSLType IMAPS", "SSLType None\nAuthMechs PLAIN"), "utf-8")
        run = timed(MBSYNC.command(folder), folder / "output.log", may_end_with={0})
        assert MBSYNC.count(folder) == messages, f"mbsync brought {MBSYNC.count(folder)} messages"
        return run.wall


def door(dovecot: Dovecot, maker: TokenMaker) -> Iterator[tuple[int, int]]:
    (port,) = free_ports(1)
    order = {
        "port": port,
        "far": dovecot.ports["imaps"],
        "ca_file": str(dovecot.ca_file),
        "token": maker.token(ADDRESS),
    }
    yield from _running([sys.executable, "-m", "tests.bench.gateway_rate", "--child"], port, json.dumps(order))


def peer(python: str, dovecot: Dovecot, maker: TokenMaker) -> Iterator[tuple[int, int]]:
    """As its sample configuration has it, with the flow that needs no browser."""
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, token_endpoint(maker) as token_url:
        config = Path(folder, "emailproxy.config")
        config.write_text(
            f"[IMAP-{port}]\nserver_address = localhost\nserver_port = {dovecot.ports['imaps']}\n"
            f"local_address = 127.0.0.1\n\n[{ADDRESS}]\ntoken_url = {token_url}\noauth2_scope = mail\n"
            "oauth2_flow = client_credentials\nclient_id = made-up\nclient_secret = made-up\n",
            "utf-8",
        )
        command = [python, "-m", "emailproxy", "--no-gui", "--config-file", str(config)]
        yield from _running(command, port, "", SSL_CERT_FILE=str(dovecot.ca_file))


@contextmanager
def token_endpoint(maker: TokenMaker) -> Iterator[str]:
    class Answering(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = json.dumps({"access_token": maker.token(ADDRESS), "expires_in": 3600}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002  http.server's

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/token"
        server.shutdown()


def _running(command: list[str], port: int, stdin: str, **env: str) -> Iterator[tuple[int, int]]:
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=output, stderr=output, env={**os.environ, **env}
        )
        assert process.stdin
        process.stdin.write(stdin.encode())
        process.stdin.close()
        try:
            _answers(port)
            yield process.pid, port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def _answers(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(port)


def child() -> None:
    """What is measured: Postwart's own door."""
    order = json.load(sys.stdin)
    server = Server(Protocol.IMAP, "localhost", order["far"], Security.TLS)
    mailbox = Mailbox("info", ADDRESS, server, None, ca_file=Path(order["ca_file"]))

    def admit(_protocol: Protocol, _address: str, _password: str) -> Admitted:
        return Admitted(mailbox, server, order["token"])

    def words(problem: Problem) -> str:
        return problem.code

    with Door(Protocol.IMAP, order["port"], admit, words):
        signal.pause()


if __name__ == "__main__":
    if "--child" in sys.argv:
        child()
    else:
        main()
