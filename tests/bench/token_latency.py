"""How long does a main app wait for a token? GET …/token over kept-alive connections, one and eight at a time.

python -m tests.bench.token_latency [--requests 2000]
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.machine import describe
from tests.rigs import robot_browser
from tests.rigs.desktop import desktop
from tests.rigs.postwart import postwart
from tray import config_file
from tray.app import utc_now
from tray.demo_world import World

ADDRESS = "info@office.example"
WARM_UP = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000)
    said = parser.parse_args()
    print(describe())
    with tempfile.TemporaryDirectory(prefix="pwlat") as name, World(Path(name) / "world", utc_now) as world:
        folder, browser = Path(name), robot_browser.command(world.ca_file, ADDRESS)
        world.provider.add_person(ADDRESS)
        account = world.account("info", ADDRESS, receive="imap")
        with (
            desktop(keyring=True, tray=False, notify="none", screen="", BROWSER=browser) as here,
            postwart(folder / "home", here.env) as program,
        ):
            program.home.mkdir()
            config_file.add_account(program.places.config_file, account)
            program.start("--no-tray")
            signed_in = program.command("sign-in", "info")
            assert signed_in.returncode == 0, signed_in.stderr
            _report(json.loads(program.places.api_file.read_text("ascii")), said.requests)


def _report(api: dict[str, str], requests: int) -> None:
    print(f"{'connections':>12} {'p50 ms':>8} {'p99 ms':>8} {'requests/s':>11}")
    for connections in (1, 8):
        begun = time.perf_counter()
        times = _measure(api, connections, requests)
        rate = len(times) / (time.perf_counter() - begun)
        cuts = statistics.quantiles(times, n=100)
        print(f"{connections:>12} {cuts[49]:>8.2f} {cuts[98]:>8.2f} {rate:>11.0f}")


def _measure(api: dict[str, str], connections: int, requests: int) -> list[float]:
    times: list[float] = []
    threads = [threading.Thread(target=_ask, args=(api, requests // connections, times)) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _ask(api: dict[str, str], requests: int, times: list[float]) -> None:
    connection = http.client.HTTPConnection(urlsplit(api["url"]).netloc, timeout=30)
    headers = {"Authorization": f"Bearer {api['secret']}"}
    for number in range(WARM_UP + requests):
        begun = time.perf_counter()
        connection.request("GET", "/v1/accounts/info/token?for=imap", headers=headers)
        response = connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - begun) * 1000
        assert response.status == 200, body
        if number >= WARM_UP:
            times.append(took)
    connection.close()


if __name__ == "__main__":
    main()
