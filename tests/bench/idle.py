"""What does Postwart cost while nothing happens? Start, memory, wake-ups with five accounts, beside email-oauth2-proxy.

    python -m tests.bench.idle [--seconds 180] [--starts 5] [--tray]

Both run in virtual environments of their own, made on the first run, since libraries that happen to be installed weigh.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bench.machine import describe, pss_mb, wakeups
from tests.rigs import robot_browser
from tests.rigs.desktop import ROOT, desktop
from tests.rigs.dovecot import free_ports
from tests.rigs.postwart import Postwart
from tray import config_file
from tray.app import utc_now
from tray.demo_world import World

ACCOUNTS = 5
SETTLE = 45.0  # seconds until the first checks and fetches are done
PEER = "emailproxy"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--tray", action="store_true", help="with the icon (GTK), for information")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pwidle") as name:
        folder = Path(name)
        print(describe())
        own, peer = _environment("own", str(ROOT)), _environment("peer", PEER)
        if said.tray:
            subprocess.run([own, "-m", "pip", "-q", "install", "PyGObject<3.51"], check=True)
        proxy = _start_peer(peer, folder)
        try:
            rows = [_postwart(own, folder, said), ("email-oauth2-proxy", "", *_idle(proxy.pid, said.seconds))]
        finally:
            proxy.terminate()
            proxy.wait()
    print(f"{'':22} {'start ms':>9} {'PSS MB':>7} {'wake-ups/min':>13}")
    for program, start, memory, woken in rows:
        print(f"{program:22} {start:>9} {memory:>7.1f} {woken:>13.1f}")


def _environment(name: str, package: str) -> str:
    """The Python of a virtual environment that holds this package and what it needs, and nothing else."""
    folder = Path(tempfile.gettempdir()) / f"postwart-bench-{name}"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "-q", "install", package], check=True)  # what it needs changes
    return str(python)


def _idle(pid: int, seconds: float) -> tuple[float, float]:
    before = wakeups(pid)
    time.sleep(seconds)
    return pss_mb(pid), (wakeups(pid) - before) * 60 / seconds


def _postwart(python: str, folder: Path, said: argparse.Namespace) -> tuple[str, str, float, float]:
    with World(folder / "world", utc_now) as world:
        browser = robot_browser.command(world.ca_file, "PERSON")
        with desktop(keyring=True, tray=said.tray, notify="fake", screen="1024x700" if said.tray else "") as here:
            program = Postwart(folder / "home", here.env)
            program.home.mkdir()
            for number in range(ACCOUNTS):
                address = f"user{number}@office.example"
                world.provider.add_person(address)
                world.post.add_mailbox(address)
                account = world.account(f"user{number}", address, receive="imap")
                config_file.add_account(program.places.config_file, account)
            _sign_in(program, browser)
            starts = [_start(python, program, []) for _ in range(said.starts)]
            arguments = [] if said.tray else ["--no-tray"]
            process = subprocess.Popen([python, "-m", "tray", "run", *arguments], env=program.env, cwd=ROOT)
            try:
                time.sleep(SETTLE)
                states = {each["health"]["state"] for each in program.api.get("status")["accounts"]}
                assert states == {"ok"}, states
                memory, woken = _idle(process.pid, said.seconds)
            finally:
                process.terminate()
                process.wait()
    name = "Postwart with icon" if said.tray else "Postwart"
    return name, f"{statistics.median(starts):.0f}", memory, woken


def _sign_in(program: Postwart, browser: str) -> None:
    for number in range(ACCOUNTS):
        program.env["BROWSER"] = browser.replace("PERSON", f"user{number}@office.example")
        done = program.command("sign-in", f"user{number}")
        assert done.returncode == 0, done.stderr


def _start(python: str, program: Postwart, arguments: list[str]) -> float:
    """Milliseconds from the process' start until api.json is there and its API answers."""
    begun = time.perf_counter()
    process = subprocess.Popen([python, "-m", "tray", "run", "--no-tray", *arguments], env=program.env, cwd=ROOT)
    while not (program.places.api_file.exists() and _pid(program.places.api_file) == process.pid):
        time.sleep(0.002)
    program.api.get("status")
    took = (time.perf_counter() - begun) * 1000
    process.terminate()
    process.wait()
    return took


def _pid(file: Path) -> int:
    return int(json.loads(file.read_text("ascii"))["pid"])


def _start_peer(python: str, folder: Path) -> subprocess.Popen[bytes]:
    """Five accounts as in the peer's own example, with IMAP and SMTP doors; nobody connects, as in an idle office."""
    config = folder / "emailproxy.config"
    imap, smtp = free_ports(2)
    lines = [
        f"[IMAP-{imap}]\nserver_address = outlook.office365.com\nserver_port = 993\nlocal_address = 127.0.0.1\n",
        f"[SMTP-{smtp}]\nserver_address = smtp.office365.com\nserver_port = 587\nlocal_address = 127.0.0.1\n",
    ]
    lines += [
        f"[user{number}@office.example]\n"
        "permission_url = https://login.microsoftonline.com/common/oauth2/v2.0/authorize\n"
        "token_url = https://login.microsoftonline.com/common/oauth2/v2.0/token\n"
        "oauth2_scope = https://outlook.office.com/IMAP.AccessAsUser.All offline_access\n"
        "redirect_uri = http://localhost\nclient_id = demo\n"
        for number in range(ACCOUNTS)
    ]
    config.write_text("\n".join(lines), "utf-8")
    environment: Mapping[str, str] = {**os.environ, "HOME": str(folder)}
    command = [python, "-m", PEER, "--no-gui", "--external-auth", "--config-file", str(config)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
