"""What is killed again and again, and what must be true of it afterwards? Shared by the story and the long campaign."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from auth.problems import Problem
from auth.sandbox.certificate import issue
from auth.sandbox.provider import SandboxProvider
from mail.mailbox import Protocol, Server
from tests.mail.letters import letter
from tests.rigs import robot_browser
from tests.rigs.desktop import desktop
from tests.rigs.dovecot import Dovecot
from tests.rigs.postwart import Postwart, postwart
from tests.rigs.smtp_sink import SmtpSink
from tray import config_file
from tray.api.client import ApiClient

ADDRESS = "info@office.example"


@dataclass(frozen=True)
class Place:
    dovecot: Dovecot
    sink: SmtpSink
    program: Postwart
    chance: random.Random

    def stored(self, account: str) -> int:
        """Past the program, which may be dead."""
        with self._database() as database:
            row = database.execute("SELECT count(*) FROM messages WHERE account = ?", (account,)).fetchone()
            return int(row[0])

    def digests(self, account: str) -> Counter[str]:
        with self._database() as database:
            rows = database.execute(
                "SELECT bytes FROM message_raw JOIN messages USING (id) WHERE account = ?", (account,)
            )
            return Counter(hashlib.sha256(raw).hexdigest() for (raw,) in rows)

    def letters(self) -> dict[str, str]:
        """Message-ID → state."""
        with self._database() as database:
            return dict(database.execute("SELECT message_id, state FROM letters").fetchall())

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        file = self.program.places.data / "post.db"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as database:
            yield database

    def kill_when(self, reached: Callable[[], bool], seconds: float = 30) -> None:
        """kill -9 at that point, and a random moment later."""
        end = time.monotonic() + seconds
        while not (there := reached()) and time.monotonic() < end:
            time.sleep(0.002)
        assert there, "the point was never reached"
        time.sleep(self.chance.random() * 0.03)
        self.program.kill()


@contextmanager
def place(folder: Path, seed: int, accounts: list[dict[str, Any]]) -> Iterator[Place]:
    """Real servers, and a program in which the one person of all these accounts has signed in."""
    folder.mkdir(parents=True, exist_ok=True)
    with SandboxProvider(folder) as provider:
        provider.add_person(ADDRESS)
        certificate = issue(provider.ca, ["localhost", "127.0.0.1"], folder / "sink")
        with (
            SmtpSink(
                owner_of=provider.owner_of, certificate=(str(certificate.file), str(certificate.key_file))
            ) as sink,
            Dovecot(keys={provider.kid: provider.signing_key_pem}, issuer=provider.issuer) as dovecot,
            desktop(
                keyring=True,
                tray=False,
                notify="none",
                screen="",
                BROWSER=robot_browser.command(provider.ca_file, ADDRESS),
            ) as here,
            postwart(folder / "home", here.env) as program,
        ):
            authorities = folder / "authorities.pem"
            authorities.write_bytes(provider.ca_file.read_bytes() + dovecot.ca_file.read_bytes())
            program.home.mkdir()
            for account in accounts:
                values = {
                    "address": ADDRESS,
                    "preset": "microsoft365",
                    "client_id": provider.client_id,
                    "authority": provider.authority,
                    "ca_file": str(authorities),
                    "imap": _table(dovecot.server(Protocol.IMAP)),
                    "pop3": _table(dovecot.server(Protocol.POP3)),
                    "smtp": {"host": "localhost", "port": sink.port, "security": "starttls"},
                    "idle": False,
                    "fetch_every": "1h",
                    **account,
                }
                config_file.add_account(program.places.config_file, values)
            program.start("--no-tray")
            for account in accounts:
                signed_in = program.command("sign-in", account["id"])
                assert signed_in.returncode == 0, signed_in.stderr + program.log
            program.kill()
            yield Place(dovecot, sink, program, random.Random(seed))


def kill_while_fetching(here: Place, account: str, messages: int, kills: int) -> None:
    """Each kill falls into a round of its own; the next start goes on where it was."""
    in_the_middle = 0
    for _ in range(kills):
        before = here.stored(account)
        fetch = partial(_quietly, here.program.start("--no-tray"), account)
        threading.Thread(target=fetch, daemon=True).start()
        if here.chance.random() < 0.5:
            here.kill_when(partial(_more, partial(here.stored, account), before - (before == messages)))
        else:
            here.kill_when(partial(_more, time.monotonic, time.monotonic() + here.chance.random() * 0.15))
        in_the_middle += here.stored(account) < messages
    assert in_the_middle > kills // 2, "the kills came too late"
    here.program.start("--no-tray").post("accounts", account, "fetch")
    here.program.kill()


def kill_while_sending(here: Place, account: str, letters: int, kills: int) -> None:
    """New letters at each start set off a round over all that wait."""
    here.sink.behaviour.slow_seconds = 0.01
    share = letters // kills
    for _ in range(kills):
        api = here.program.start("--no-tray")
        for _ in range(share):
            api.post(
                "accounts", account, "outbox", json_body={"to": ["a@elsewhere.example"], "subject": "x", "text": "y"}
            )
        goal = len(here.sink.received) + here.chance.randrange(share)
        here.kill_when(partial(_more, partial(_count, here.sink), goal))
    api = here.program.start("--no-tray")
    api.post("accounts", account, "outbox", json_body={"to": ["a@elsewhere.example"], "subject": "last", "text": "y"})
    here.program.until(lambda: not {"queued", "sending"} & set(here.letters().values()), "the end of the outbox", 90)
    here.program.kill()


def nothing_lost_nothing_twice(here: Place, letters: int) -> Counter[str]:
    """What must be true of the outbox and of the receiving server; how many letters ended in which state."""
    arrived = Counter(_message_id(each.raw) for each in here.sink.received)
    states = here.letters()
    assert len(states) == letters
    assert max(arrived.values()) == 1, "a letter was sent twice"
    assert set(arrived) <= set(states)
    assert set(states.values()) <= {"sent", "unconfirmed"}
    assert {each for each, state in states.items() if state == "sent"} <= set(arrived), "a sent letter never arrived"
    return Counter(states.values())


def fill(here: Place, messages: int) -> Counter[str]:
    """The server's mailbox; the digests of what is in it."""
    here.dovecot.fill(ADDRESS, [letter(number, 8_000 + number % 37 * 1_000) for number in range(messages)])
    return Counter(hashlib.sha256(raw).hexdigest() for raw in here.dovecot.raws(ADDRESS))


def _message_id(raw: bytes) -> str:
    head = raw.split(b"\r\n\r\n", 1)[0].decode("ascii", "replace")
    line = next(each for each in head.split("\r\n") if each.lower().startswith("message-id:"))
    return line.partition(":")[2].strip()


def _quietly(api: ApiClient, account: str) -> None:
    with suppress(Problem):  # it is killed under our hands
        api.post("accounts", account, "fetch")


def _more(value: Callable[[], float], than: float) -> bool:
    return value() > than


def _count(sink: SmtpSink) -> int:
    return len(sink.received)


def _table(server: Server) -> dict[str, Any]:
    return {"host": server.host, "port": server.port, "security": server.security.value}
