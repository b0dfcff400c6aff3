"""Where is the program killed again and again? Between real servers, at points that are random and reproducible."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auth.sandbox.certificate import issue
from auth.sandbox.provider import SandboxProvider
from mail.mailbox import Protocol
from tests.mail.letters import letter
from tests.rigs import robot_browser
from tests.rigs.desktop import Desktop, desktop
from tests.rigs.dovecot import Dovecot
from tests.rigs.postwart import Postwart, postwart
from tests.rigs.proxy import BrokenLine
from tests.rigs.smtp_sink import SmtpSink
from tray import config_file
from tray.api.client import ApiClient
from tray.presets import PRESETS

ADDRESS = "info@office.example"
ACCOUNT = "info"


@dataclass
class Place:
    """`line` leads to the mailbox's server and counts what comes from it."""

    dovecot: Dovecot
    line: BrokenLine
    sink: SmtpSink
    program: Postwart
    desk: Desktop
    chance: random.Random
    deletes: bool = False  # on the server, what is here
    filled: Counter[str] = field(default_factory=Counter)  # digests of all that was ever in the mailbox

    def starts(self) -> ApiClient:
        self.desk.keep_keyring()
        return self.program.start("--no-tray")

    def fill(self, messages: int, size: int) -> None:
        """More mail on the server, each message another one; around `size`."""
        first = self.filled.total()
        raws = [letter(number, size // 2 + size * (number % 37) // 37) for number in range(first, first + messages)]
        self.dovecot.fill(ADDRESS, raws)
        self.filled += digests(raws)

    def stored(self) -> int:
        """Past the program, which may be dead."""
        with self.database() as database:
            return int(database.execute("SELECT count(*) FROM messages").fetchone()[0])

    def digests(self) -> Counter[str]:
        with self.database() as database:
            return digests(raw for (raw,) in database.execute("SELECT bytes FROM message_raw JOIN messages USING (id)"))

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        file = self.program.places.data / "post.db"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as database:
            yield database

    def kill_when(self, reached: Callable[[], bool], delay: float) -> None:
        """kill -9 at that point and a random moment later, of at most `delay` seconds."""
        end = time.monotonic() + 30
        while not (there := reached()) and time.monotonic() < end:
            time.sleep(0.004)
        assert there, f"the point was never reached\n{self.program.log[-3000:]}"
        time.sleep(self.chance.random() * delay)
        self.program.kill()

    def undamaged(self) -> bool:
        """The store is whole, and none was ever set aside."""
        with self.database() as database:
            whole = database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and not list(self.program.home.rglob("*damaged*"))


def digests(raws: Any) -> Counter[str]:
    return Counter(hashlib.sha256(raw).hexdigest() for raw in raws)


@contextmanager
def place(folder: Path, seed: int, **account: Any) -> Iterator[Place]:
    """Real servers, and a program into which the account's person has signed in. It does not run yet."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as running:
        provider = running.enter_context(SandboxProvider(folder))
        provider.add_person(ADDRESS)
        pair = issue(provider.ca, ["localhost", "127.0.0.1"], folder / "sink")
        sink = running.enter_context(
            SmtpSink(owner_of=provider.owner_of, certificate=(str(pair.file), str(pair.key_file)))
        )
        keys = {provider.kid: provider.signing_key_pem}
        dovecot = running.enter_context(Dovecot(keys=keys, issuer=provider.issuer))
        receive = Protocol(account["receive"]) if account["receive"] != "none" else Protocol.IMAP
        line = running.enter_context(BrokenLine(dovecot.server(receive).port))
        browser = robot_browser.command(provider.ca_file, ADDRESS)
        here = running.enter_context(desktop(keyring=True, tray=False, notify="none", screen="", BROWSER=browser))
        program = running.enter_context(postwart(folder / "home", here.env))
        authorities = folder / "authorities.pem"
        authorities.write_bytes(provider.ca_file.read_bytes() + dovecot.ca_file.read_bytes())
        values = {
            "id": ACCOUNT,
            "address": ADDRESS,
            "preset": "custom",  # no limit of letters a minute: they are to go out while the program is killed
            "scopes": list(PRESETS["microsoft365"].scopes(receive.value)),
            "client_id": provider.client_id,
            "authority": provider.authority,
            "ca_file": str(authorities),
            receive.value: {"host": "localhost", "port": line.port, "security": "tls"},
            "smtp": {"host": "localhost", "port": sink.port, "security": "starttls"},
            "idle": False,
            "fetch_every": "1h",
            **account,
        }
        program.home.mkdir()
        config_file.add_account(program.places.config_file, values)
        program.start("--no-tray")
        signed_in = program.command("sign-in", ACCOUNT)
        assert signed_in.returncode == 0, signed_in.stderr + program.log
        program.kill()
        yield Place(dovecot, line, sink, program, here, random.Random(seed), account.get("after_fetch") == "delete")
