"""What do the doors' tests share? Doors in front of the real Dovecot, with one password for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from auth.problems import Problem
from mail.doors.door import Door, WrongPassword
from mail.doors.upstream import Admitted
from mail.mailbox import Protocol
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker

PASSWORD = 'pw_made "up" \\ for all'


class Waiting(Problem):
    code = "sign_in_required"


@dataclass
class House:
    """`ports` of the open doors. `waits`: whose mailbox waits for a sign-in."""

    dovecot: Dovecot
    maker: TokenMaker
    ports: dict[Protocol, int]
    waits: set[str]
    revoked: set[str]

    def admit(self, protocol: Protocol, address: str, password: str) -> Admitted:
        if password != PASSWORD or "@" not in address:
            raise WrongPassword
        if address in self.waits:
            raise Waiting
        receive = protocol if protocol is not Protocol.SMTP else Protocol.IMAP
        mailbox = self.dovecot.mailbox(address, receive)
        server = mailbox.smtp if protocol is Protocol.SMTP else mailbox.receive
        assert server
        token = "worth.no.thing" if address in self.revoked else self.maker.token(address)
        return Admitted(mailbox, server, token)


def words(problem: Problem) -> str:
    return f"{problem.code}: Bitte melden Sie sich für „{problem.code}“ an."


@pytest.fixture
def house(dovecot: Dovecot, maker: TokenMaker) -> Iterator[House]:
    house = House(dovecot, maker, {}, set(), set())
    with ExitStack() as doors:
        for protocol in Protocol:
            house.ports[protocol] = doors.enter_context(Door(protocol, 0, house.admit, words)).port
        yield house
