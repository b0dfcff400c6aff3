"""How much does the API bear? Latency and processor time of a request, alone and beside a fetch; and many listeners.

python -m tests.bench.api_load [--requests 4000] [--messages 10000] [--listeners 200]
"""

from __future__ import annotations

import argparse
import json
import selectors
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from tests.bench.machine import describe
from tests.rigs import robot_browser
from tests.rigs.desktop import desktop
from tests.rigs.postwart import Postwart, postwart
from tray import config_file
from tray.app import utc_now
from tray.demo_world import World

ADDRESS = "info@office.example"
CALLS = ("/v1/status", "/v1/accounts/info/token?for=imap", "/v1/messages?account=info&limit=50")
CONNECTIONS = 8
STEADY = 1000.0
"""Requests a second of eight programs that do something with the answers; without a pace each asks again at once."""
MAIL = b"From: Anna Vogel <a.vogel@mieter.example>\r\nSubject: Heizung %d\r\n\r\nSie ist kalt.\r\n"


class Caller:
    """One kept-alive connection. Plain bytes, so that the measuring costs little of the processor it shares."""

    def __init__(self, api: dict[str, Any], path: str, more: str = "") -> None:
        host = urlsplit(api["url"]).netloc
        head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {api['secret']}\r\n{more}\r\n"
        self._request = head.encode()
        self.wire = socket.create_connection(("127.0.0.1", int(host.rpartition(":")[2])), timeout=60)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> float:
        """Milliseconds."""
        begun = time.perf_counter()
        self.wire.sendall(self._request)
        answer = self.wire.recv(65536)
        while b"\r\n\r\n" not in answer:
            answer += self.wire.recv(65536)
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), answer
        length = int(
            next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")).split(b":")[1]
        )
        while length > len(body):
            body += self.wire.recv(65536)
        return (time.perf_counter() - begun) * 1000

    def listen(self) -> None:
        self.wire.sendall(self._request)


class Measured:
    def __init__(self, api: dict[str, Any], pid: int) -> None:
        self._api, self._process = api, psutil.Process(pid)

    def cpu(self) -> float:
        used = self._process.cpu_times()
        return float(used.user + used.system)

    def megabytes(self) -> float:
        return float(self._process.memory_info().rss / 1e6)

    def load(self, path: str, requests: int, pace: float = 0.0) -> str:
        """`pace`: requests a second in all; 0: as many as are answered."""
        self._times(path, 200)
        before, begun = self.cpu(), time.perf_counter()
        times = self._times(path, requests, pace)
        wall, cpu = time.perf_counter() - begun, self.cpu() - before
        cuts = statistics.quantiles(times, n=100)
        each = cpu / len(times)
        return (
            f"{path:38} p50 {cuts[49]:6.2f} ms   p99 {cuts[98]:6.2f} ms   {len(times) / wall:6.0f}/s   "
            f"{each * 1000:.3f} ms of the processor each: {1 / max(each, 1e-9):.0f}/s on one core"
        )

    def _times(self, path: str, requests: int, pace: float = 0.0) -> list[float]:
        times: list[float] = []
        begun = time.perf_counter()

        def work(number: int) -> None:
            caller = Caller(self._api, path)
            for turn in range(requests // CONNECTIONS):
                if pace:  # by the clock, so that a slow answer delays none of the next
                    due = begun + (turn * CONNECTIONS + number) / pace
                    time.sleep(max(0.0, due - time.perf_counter()))
                times.append(caller.ask())
            caller.wire.close()

        threads = [threading.Thread(target=work, args=(number,)) for number in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return times


@contextmanager
def program(folder: Path) -> Iterator[tuple[World, Postwart]]:
    with World(folder / "world", utc_now) as world:
        world.provider.add_person(ADDRESS)
        browser = robot_browser.command(world.ca_file, ADDRESS)
        account = world.account("info", ADDRESS, receive="imap", idle=False, fetch_every="1d")
        with (
            desktop(keyring=True, tray=False, notify="none", screen="", BROWSER=browser) as here,
            postwart(folder / "home", here.env) as running,
        ):
            running.home.mkdir()
            config_file.add_account(running.places.config_file, account)
            running.start("--no-tray")
            signed_in = running.command("sign-in", "info")
            assert signed_in.returncode == 0, signed_in.stderr
            yield world, running


def fetch(world: World, running: Postwart, messages: int) -> threading.Thread:
    for number in range(messages):
        world.post.deliver(ADDRESS, MAIL % number)
    fetching = threading.Thread(target=lambda: running.command("fetch", "info"))
    fetching.start()
    return fetching


def hear(callers: list[Caller], expected: int, patience: float) -> list[int]:
    """How many messages each listener was told of."""
    heard, rest = [0] * len(callers), [b""] * len(callers)
    until = time.monotonic() + patience
    with selectors.DefaultSelector() as waiting:
        for number, caller in enumerate(callers):
            waiting.register(caller.wire, selectors.EVENT_READ, number)
        while min(heard) < expected and time.monotonic() < until:
            for key, _ in waiting.select(1):
                text = rest[key.data] + callers[key.data].wire.recv(1 << 20)
                whole, _, rest[key.data] = text.rpartition(b"\n")
                heard[key.data] += whole.count(b"event: message")
    return heard


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=4000)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--listeners", type=int, default=200)
    said = parser.parse_args()
    print(describe())
    with tempfile.TemporaryDirectory(prefix="pwload") as folder, program(Path(folder)) as (world, running):
        api = json.loads(running.places.api_file.read_text("ascii"))
        measured = Measured(api, running.pid)
        fetch(world, running, 100).join()
        print(f"{CONNECTIONS} connections, {STEADY:.0f} requests a second in all:")
        for path in CALLS:
            print(measured.load(path, said.requests, STEADY))
        print(f"{CONNECTIONS} connections that ask again at once:")
        for path in CALLS:
            print(measured.load(path, said.requests))
        fetching = fetch(world, running, said.messages)
        print(f"beside a fetch of {said.messages} messages (the other servers run on this machine, too):")
        while fetching.is_alive():
            for path in CALLS:
                print(measured.load(path, max(400, said.requests // 8)), "" if fetching.is_alive() else "(fetch over)")
        for _ in range(
            2
        ):  # memory that is back after the first round is the allocator's to keep; a leak shows in the second
            _listeners(world, running, measured, api, said.listeners, said.messages)


def _listeners(
    world: World, running: Postwart, measured: Measured, api: dict[str, Any], count: int, messages: int
) -> None:
    before = measured.megabytes()
    callers = [Caller(api, "/v1/events") for _ in range(count)]
    for caller in callers:
        caller.listen()
        assert caller.wire.recv(15).startswith(b"HTTP/1.1 200")
    cpu, begun = measured.cpu(), time.monotonic()
    fetching = fetch(world, running, messages)
    heard = hear(callers, messages, 600)
    fetching.join()
    print(
        f"{count} listeners, {messages} messages: {sum(heard)} of {count * messages} events heard, "
        f"{time.monotonic() - begun:.1f} s, {measured.cpu() - cpu:.1f} s of the processor, fetching included"
    )
    most = measured.megabytes()
    for caller in callers:
        caller.wire.close()
    time.sleep(35)  # a silent stream notices within half a minute who left
    print(f"memory {before:.1f} MB before, {most:.1f} MB with listeners, {measured.megabytes():.1f} MB after")


if __name__ == "__main__":
    main()
