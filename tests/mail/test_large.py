"""Does a very large message come whole, and without being held in memory?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mail.database import Database
from mail.inbox import Arrival, Inbox
from mail.large import LARGE, Large, pieces_of
from mail.mailbox import Protocol
from mail.problems import StoreProblem
from mail.schema import MIGRATIONS
from tests.mail.letters import letter
from tests.mail.rounds import BOTH, Token, fetched, stored
from tests.rigs.dovecot import Dovecot

SIZE = 100_000_000
LINE = b".." + b"0123456789abcdef" * 4 + b"\r\n"
HEAD = b"From: a@example.org\r\nSubject: Pl\xc3\xa4ne\r\nMessage-ID: <large@example.org>\r\n\r\n"

ROUND = """
import hashlib, json, os, re, sys, threading
from contextlib import closing
from pathlib import Path
from mail.database import Database
from mail.fetch import fetch_round
from mail.inbox import Inbox
from mail.mailbox import Mailbox, Protocol, Security, Server
from mail.schema import MIGRATIONS

order = json.load(sys.stdin)
server = Server(Protocol(order["protocol"]), "localhost", order["port"], Security.TLS)
mailbox = Mailbox("info", order["address"], server, None, ca_file=Path(order["ca_file"]))
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
with closing(Database(Path(order["file"]), MIGRATIONS)) as database:
    before = peak()
    fetched = fetch_round(mailbox, lambda: order["token"], Inbox(database), stop=threading.Event())
    print(json.dumps({"new": fetched.new, "bytes": fetched.bytes, "grown": peak() - before}))
"""


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("receive", BOTH)
def test_a_message_of_100_mb_comes_whole_and_takes_little_memory(
    dovecot: Dovecot, address: str, token: Token, tmp_path: Path, receive: Protocol
) -> None:

    dovecot.fill(address, [letter(1)])
    cur = dovecot.maildir(address) / "cur"
    file = cur / f"1700000000.M1P1.rig,S={len(HEAD) + SIZE // len(LINE) * len(LINE)}:2,"
    message = HEAD + LINE * (SIZE // len(LINE))
    file.write_bytes(message)
    os.chown(file, cur.stat().st_uid, cur.stat().st_gid)
    order = {
        "protocol": receive.value,
        "port": dovecot.server(receive).port,
        "address": address,
        "ca_file": str(dovecot.ca_file),
        "token": token(),
        "file": str(tmp_path / "post.db"),
    }
    run = subprocess.run(
        [sys.executable, "-c", ROUND], input=json.dumps(order), capture_output=True, text=True, check=True, timeout=120
    )
    told = json.loads(run.stdout)
    assert told["new"] == 2
    assert told["grown"] < 60_000
    with Database(tmp_path / "post.db", MIGRATIONS) as database:
        inbox = Inbox(database)
        (row,) = [row for row in inbox.list() if row.subject == "Pläne"]
        assert inbox.raw(row.id) == message


@pytest.mark.needs("dovecot")
@pytest.mark.parametrize("receive", BOTH)
def test_what_is_just_too_large_for_memory_comes_whole(
    dovecot: Dovecot, address: str, token: Token, inbox: Inbox, receive: Protocol
) -> None:
    letters = [HEAD + LINE * ((LARGE + extra) // len(LINE)) for extra in (-LARGE // 2, 1, 3_000_000)]
    dovecot.fill(address, letters)
    assert fetched(dovecot.mailbox(address, receive), token, inbox).new == 3
    assert stored(inbox) == letters
    assert [b"".join(pieces_of(inbox.kept(row.id))) for row in inbox.list()] == letters


def test_what_is_known_is_not_taken_twice(inbox: Inbox) -> None:
    def arrival(uid: int, uidvalidity: int) -> Arrival:
        body = Large()
        for piece in (b"no Message-ID\r\n", b"x" * 3_000_000):
            body.append(piece)
        return Arrival("INBOX", uidvalidity, str(uid), body)

    (first,) = inbox.add("info", [arrival(1, 7)])
    assert inbox.add("info", [arrival(1, 7), arrival(9, 8)]) == []
    assert inbox.raw(first) == b"no Message-ID\r\n" + b"x" * 3_000_000


def test_a_full_disk_is_no_fault_of_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda dir: full)  # noqa: A006, ARG005  its name there
        with pytest.raises(StoreProblem) as told:
            Large().append(b"x" * 100_000)
    assert told.value.code == "disk_full"
    assert Path(str(told.value.facts["file"])).is_dir()
