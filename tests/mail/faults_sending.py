"""Does each letter arrive once, whatever the line does while it goes out? One fault, then rounds over a sound line."""

from __future__ import annotations

import random
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from mail import connect
from mail.compose import compose
from mail.database import Database
from mail.dispatch import dispatch
from mail.mailbox import Mailbox
from mail.outbox import Outbox
from mail.problems import ServerUnreachable
from mail.schema import MIGRATIONS
from mail.send import sending
from tests.mail.faults import patience
from tests.rigs.dovecot import Dovecot
from tests.rigs.faulty_line import Fault, FaultyLine, Kind
from tests.rigs.postfix import AUTH, Postfix
from tests.rigs.smtp_sink import SmtpSink
from tests.rigs.tokens import TokenMaker

ME, YOU = "info@hausverwaltung.example", "you@elsewhere.example"
EVERY = 1000
SIZES = (300, 9_000, 2_500)
ROUNDS = 20


class Sending:
    """A real Postfix, which passes on what it takes, and all that was to arrive there."""

    def __init__(self, postfix: Postfix, sink: SmtpSink, maker: TokenMaker) -> None:
        self.postfix = postfix
        self.sink = sink
        self.ended: dict[str, str] = {}  # Message-ID → how the letter ended here
        self._maker = maker
        self._bodies: dict[str, bytes] = {}

    def cases(self) -> list[Fault]:
        """Every kind at every step and every 1,000th byte of a round with three letters."""
        with FaultyLine(self.postfix.port) as line:
            self._round(line, Kind.SLOW)
        steps = [Fault(kind, step=step) for kind in Kind for step in range(1, line.steps + 1)]
        return steps + [Fault(kind, sent=byte) for kind in Kind for byte in range(0, line.sent, EVERY)]

    def survives(self, fault: Fault) -> str:
        """How the round with the fault ended."""
        with FaultyLine(self.postfix.port, fault) as line:
            ended = self._round(line, fault.kind)
        return ended if line.happened else "not met"

    def _round(self, line: FaultyLine, kind: Kind) -> str:
        mailbox = self.postfix.mailbox(ME)
        assert mailbox.smtp
        mailbox = replace(mailbox, smtp=replace(mailbox.smtp, port=line.port))
        now = [datetime(2026, 11, 24, tzinfo=UTC)]
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(Database(Path(folder, "post.db"), MIGRATIONS)) as database,
        ):
            outbox = Outbox(database, lambda: now[0], lambda: 0)
            for number, size in enumerate(SIZES):
                text = (
                    "\r\n".join(random.Random(number).randbytes(35).hex() for _ in range(size // 72 + 1)) + "\r\n.\r\n"
                )
                letter = outbox.accept("info", compose(ME, to=[YOU], subject=f"letter {number}", text=text))
                self._bodies[letter.message_id] = _body(outbox.envelope(letter).raw)
            with patience(kind):
                ended = self._dispatch(mailbox, outbox)
            for _ in range(ROUNDS):
                if not outbox.list(state="queued"):
                    break
                now[0] = max(now[0], outbox.next_due("info") or now[0])
                self._dispatch(mailbox, outbox)
            states = {each.message_id: each.state.value for each in outbox.list()}
        assert set(states.values()) <= {"sent", "unconfirmed"}, states
        self.ended |= states
        return "unconfirmed" if "unconfirmed" in states.values() else ended

    def _dispatch(self, mailbox: Mailbox, outbox: Outbox) -> str:
        send = partial(sending, final_seconds=connect.READ_SECONDS)
        try:
            round_ = dispatch(mailbox, lambda: self._maker.token(ME), outbox, stop=threading.Event(), send=send)
        except ServerUnreachable as problem:  # nothing else: no other problem, no exception
            return problem.code
        return "whole" if round_.sent == len(SIZES) else "broken off"

    def check(self, wait_until: Callable[[Callable[[], object], float], bool]) -> Counter[str]:
        """What must be true in the end; how many letters ended how."""
        sent = {name for name, state in self.ended.items() if state == "sent"}
        assert wait_until(lambda: sent <= set(self._arrived()), 30), "a sent letter never arrived"
        assert wait_until(self._nothing_waits, 30)
        arrived = self._arrived()
        assert max(arrived.values()) == 1, "a letter was sent twice"
        assert set(arrived) <= set(self.ended), "nobody wrote this letter"
        for each in self.sink.received:
            assert _body(each.raw) == self._bodies[_name(each.raw)], "a letter is not what was written"
        lost = sum(1 for name, state in self.ended.items() if state == "unconfirmed" and name not in arrived)
        return Counter(self.ended.values()) + Counter({"of them not arrived": lost})

    def _arrived(self) -> Counter[str]:
        return Counter(_name(each.raw) for each in self.sink.received)

    def _nothing_waits(self) -> bool:
        """In Postfix' own queue."""
        folders = ("incoming", "active", "deferred", "maildrop")
        queue = self.postfix.folder / "queue"
        return not any(file.is_file() for folder in folders for file in (queue / folder).rglob("*"))


def _name(raw: bytes) -> str:
    head = raw.split(b"\r\n\r\n", 1)[0].decode("ascii", "replace")
    return next(line for line in head.split("\r\n") if line.lower().startswith("message-id:"))[11:].strip()


def _body(raw: bytes) -> bytes:
    return raw.split(b"\r\n\r\n", 1)[1]


@contextmanager
def sending_place(maker: TokenMaker) -> Iterator[Sending]:
    with tempfile.TemporaryDirectory(prefix="auth", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "auth"
        with (
            SmtpSink() as sink,
            Dovecot(keys=maker.keys, issuer=maker.issuer, extra=AUTH.replace("SOCKET", str(path))) as dovecot,
            Postfix(dovecot, path, sink.port, answers={}) as postfix,
        ):
            yield Sending(postfix, sink, maker)
