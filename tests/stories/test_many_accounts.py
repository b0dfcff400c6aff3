"""A hundred accounts in one Postwart: each gets its turn, and a server that never answers delays nobody else."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from auth.sandbox.robot import Person
from tests.office import Office, wait_until
from tray.app import utc_now
from tray.lanes import FEW, MOST, ROOM
from tray.sign_ins import Stage

IDS = [f"a{number:02}" for number in range(100)]
SILENT = IDS[::5]
OTHERS = [account for account in IDS if account not in SILENT]
NOBODY_THERE = {
    "imap": {"host": "127.0.0.1", "port": 1, "security": "tls"},
    "smtp": {"host": "127.0.0.1", "port": 1, "security": "starttls"},
}
KINDS = ("check", "fetch", "send")

pytestmark = pytest.mark.timeout(180)


class SilentServer:
    """Takes every connection and says nothing, as a host behind a broken firewall does."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listening.getsockname()[1]
        self.open = 0
        self.most = 0
        self.came = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            with self._lock:
                self.came += 1
                self.open += 1
                self.most = max(self.most, self.open)
            threading.Thread(target=self._hold, args=(client,), daemon=True).start()

    def _hold(self, client: socket.socket) -> None:
        with client:
            while client.recv(4096):
                pass
        with self._lock:
            self.open -= 1

    def close(self) -> None:
        if sys.platform != "win32":  # there closing is enough
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture
def silent() -> Iterator[SilentServer]:
    with closing(SilentServer()) as server:
        yield server


@pytest.fixture
def office(tmp_path: Path, silent: SilentServer) -> Iterator[Office]:
    """Everybody has signed in and has a letter waiting; then one of the servers went silent, and the PC starts."""
    with Office(tmp_path, clock=utc_now) as opened:
        for account in IDS:
            opened.tenant.add_person(f"{account}@office.example")
        write(opened, NOBODY_THERE, NOBODY_THERE)  # the sign-in's own proof would cost most of the time
        opened.opens()
        opened.sits_down(*(Person(f"{account}@office.example") for account in IDS))
        with ThreadPoolExecutor(16) as clicks:
            assert {status.stage for status in clicks.map(opened.helper.sign_in, IDS)} == {Stage.RUNNING}
        assert {opened.helper.wait_for_sign_in(account, 60).stage for account in IDS} == {Stage.SIGNED_IN}
        opened.closes()
        write(opened, {}, {"imap": {"host": "127.0.0.1", "port": silent.port, "security": "tls"}})
        for account in IDS:
            opened.post.deliver(f"{account}@office.example", b"Subject: for you\r\n\r\nhello\r\n")
        opened._schedule = True
        yield opened


def write(office: Office, values: dict[str, Any], of_the_silent: dict[str, Any]) -> None:
    accounts = [
        office.world.account(
            account,
            f"{account}@office.example",
            receive="imap",
            idle=True,
            **(of_the_silent if account in SILENT else values),
        )
        for account in IDS
    ]
    office.places.config_file.write_text(tomlkit.dumps({"account": accounts}), "utf-8")


class Watch:
    """The most that was ever seen at once."""

    def __init__(self, office: Office) -> None:
        self.threads = 0
        self.connections = 0
        self._office = office

    def look(self) -> bool:
        names = [thread.name.partition(" ")[0] for thread in threading.enumerate()]
        self.threads = max(self.threads, *(names.count(kind) for kind in KINDS))
        self.connections = max(self.connections, self._office.post.connections())
        return self._office.helper.inbox.unread() == dict.fromkeys(OTHERS, 1)


def test_eighty_of_a_hundred_accounts_are_fetched_within_seconds_while_twenty_wait_for_a_server_that_says_nothing(
    office: Office, silent: SilentServer
) -> None:
    watch = Watch(office)
    begun = time.monotonic()
    office.opens()
    assert wait_until(watch.look, 30)
    took = time.monotonic() - begun
    assert took < 15  # a silent server is waited for a minute
    assert silent.came  # it was asked
    assert silent.most <= 2 * FEW  # by checks and by fetches
    assert watch.threads <= ROOM
    assert watch.connections <= len(OTHERS) + 3 * MOST
    assert wait_until(lambda: all(waits(office, account) for account in OTHERS), 20)  # each on its one connection
    assert [thread.name.partition(" ")[0] for thread in threading.enumerate()].count("idle") == 1
    office.post.deliver(f"{OTHERS[-1]}@office.example", b"Subject: one more\r\n\r\nhello\r\n")
    assert wait_until(lambda: office.helper.inbox.unread()[OTHERS[-1]] == 2, 5)


def waits(office: Office, account: str) -> bool:
    return bool(office.post.connections(f"{account}@office.example", "imap") == 1)
