"""What do the mail tests share? One Dovecot for all of them; each test has a mailbox of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from mail.database import Database
from mail.inbox import Inbox
from mail.schema import MIGRATIONS
from tests.rigs.dovecot import Dovecot
from tests.rigs.smtp_sink import SmtpSink
from tests.rigs.tokens import TokenMaker

_numbers = count(1)


@pytest.fixture(scope="session")
def maker() -> TokenMaker:
    return TokenMaker()


@pytest.fixture(scope="session")
def outside() -> Iterator[SmtpSink]:
    """Where Dovecot's submission server passes mail on to."""
    with SmtpSink() as sink:
        yield sink


@pytest.fixture(scope="session")
def dovecot(maker: TokenMaker, outside: SmtpSink) -> Iterator[Dovecot]:
    with Dovecot(keys=maker.keys, issuer=maker.issuer, relay_port=outside.port) as server:
        yield server


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with closing(Database(tmp_path / "post.db", MIGRATIONS)) as database:
        yield Inbox(database)


@pytest.fixture
def address() -> str:
    return f"info{next(_numbers)}@hausverwaltung.example"


@pytest.fixture
def token(maker: TokenMaker, address: str) -> Callable[[], str]:
    return lambda: maker.token(address)
