"""The sandbox's POP3 server signs in as Exchange does and hands out what Dovecot hands out."""

from __future__ import annotations

import poplib
from collections.abc import Iterator
from contextlib import suppress

import pytest

from mail.mailbox import Protocol, Security
from tests.mail.sandbox_clients import Pop3
from tests.mail.sandbox_letters import LETTERS
from tests.mail.sandbox_rig import Opened, connected, opened, trusting
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker

DOTS = b".first\r\n..second\r\n\r\n.\r\n...\r\n \r\nlast ."
LARGE = b"Subject: large\r\n\r\n" + b".dot\r\nno dot\r\n" * 400_000


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory, maker: TokenMaker) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("office"), maker) as office:
        yield office


@pytest.fixture
def client(sandbox: Opened) -> Iterator[Pop3]:
    made = Pop3(sandbox.office.pop3, sandbox.ca_file)
    yield made
    with suppress(OSError):
        made.close()


@pytest.fixture
def signed_in(sandbox: Opened, client: Pop3, address: str) -> Pop3:
    for raw in (b"Subject: 1\r\n\r\none\r\n", b"Subject: 2\r\n\r\ntwo\r\n", b"Subject: 3\r\n\r\nthree\r\n"):
        sandbox.office.deliver(address, raw)
    assert client.sign_in(address, sandbox.maker.token(address)) == b"+OK User successfully logged on.\r\n"
    return client


def test_the_one_line_form_of_auth_ends_the_connection(sandbox: Opened, client: Pop3, address: str) -> None:
    answer = client.say(f"AUTH XOAUTH2 {sandbox.xoauth2(address)}")
    assert answer == b"-ERR Protocol error. Connection is closed. 10\r\n"
    assert client.file.read() == b""


@pytest.mark.parametrize("owner", ["", "somebody@else.example"])
def test_a_bad_token_and_a_strangers_get_the_same_answer(
    sandbox: Opened, client: Pop3, address: str, owner: str
) -> None:
    answer = client.sign_in(address, sandbox.maker.token(owner) if owner else "garbage")
    assert answer == b"-ERR Authentication failure: unknown user name or bad password.\r\n"
    assert client.sign_in(address, sandbox.maker.token(address)).startswith(b"+OK")


def test_nothing_is_shown_before_the_sign_in(client: Pop3) -> None:
    for command in ("STAT", "LIST", "UIDL", "RETR 1", "TOP 1 0", "DELE 1", "NOOP", "USER a", "PASS b"):
        assert client.say(command).startswith(b"-ERR"), command


def test_it_can_do_what_it_says_it_can(client: Pop3) -> None:
    assert client.capa() == {"TOP": [], "UIDL": [], "PIPELINING": [], "SASL": ["XOAUTH2"]}


def test_in_the_clear_there_is_stls_and_no_sign_in(sandbox: Opened) -> None:
    server = sandbox.office.server(Protocol.POP3, Security.STARTTLS)
    plain = poplib.POP3("localhost", server.port, timeout=10)
    assert "STLS" in plain.capa()
    assert "SASL" not in plain.capa()
    plain.stls(context=trusting(sandbox.ca_file))
    assert "SASL" in plain.capa()
    plain.quit()


def test_auth_in_the_clear_ends_the_connection(sandbox: Opened) -> None:
    sock = connected(sandbox.office.server(Protocol.POP3, Security.STARTTLS), sandbox.ca_file)
    reader = sock.makefile("rb")
    reader.readline()
    sock.sendall(b"AUTH XOAUTH2\r\n")
    assert reader.read() == b"-ERR Protocol error. Connection is closed. 10\r\n"
    reader.close()
    sock.close()


def test_what_is_deleted_goes_at_quit(sandbox: Opened, signed_in: Pop3, address: str) -> None:
    signed_in.dele(1)
    signed_in.dele(3)
    assert signed_in.stat() == (1, len(b"Subject: 2\r\n\r\ntwo\r\n"))
    assert signed_in.list()[1] == [b"2 19"]
    with pytest.raises(poplib.error_proto):
        signed_in.retr(1)
    assert len(sandbox.office.messages(address)) == 3
    signed_in.quit()
    assert sandbox.office.messages(address) == [b"Subject: 2\r\n\r\ntwo\r\n"]


def test_a_conversation_that_breaks_off_deletes_nothing(sandbox: Opened, signed_in: Pop3, address: str) -> None:
    signed_in.dele(1)
    signed_in.close()
    assert len(sandbox.office.messages(address)) == 3


def test_rset_takes_deletions_back(sandbox: Opened, signed_in: Pop3, address: str) -> None:
    signed_in.dele(1)
    signed_in.rset()
    signed_in.quit()
    assert len(sandbox.office.messages(address)) == 3


def test_uidls_stay_the_same_and_numbers_do_not_change_within_a_session(
    sandbox: Opened, signed_in: Pop3, address: str
) -> None:
    before = signed_in.uidl()[1]
    sandbox.office.deliver(address, b"Subject: 4\r\n\r\n")
    assert signed_in.uidl()[1] == before
    signed_in.dele(1)
    signed_in.quit()
    again = Pop3(sandbox.office.pop3, sandbox.ca_file)
    again.sign_in(address, sandbox.maker.token(address))
    uidls = [line.split()[1] for line in again.uidl()[1]]
    assert uidls[:2] == [line.split()[1] for line in before[1:]]
    assert len(set(uidls)) == 3
    again.quit()


@pytest.mark.parametrize(
    "command", ["RETR", "RETR 0", "RETR 4", "RETR x", "TOP 1", "TOP 1 x", "DELE 9", "NONSENSE", ""]
)
def test_what_is_wrong_is_refused_and_the_conversation_goes_on(signed_in: Pop3, command: str) -> None:
    assert signed_in.say(command).startswith(b"-ERR")
    assert signed_in.noop() == b"+OK"


def _everything(client: Pop3, count: int) -> list[object]:
    """Sizes, texts and tops as they came, without the servers' own words."""
    said: list[object] = [client.stat(), client.list()[1]]
    for number in range(1, count + 1):
        said.append(client.retr(number)[1:])
        said.extend(client.top(number, lines)[1:] for lines in (0, 1, 2, 5, 1000))
    return said


@pytest.mark.needs("dovecot")
def test_letters_come_out_as_they_do_at_dovecot(dovecot: Dovecot, sandbox: Opened, address: str) -> None:
    letters = [*LETTERS, b"Subject: dots\r\n\r\n" + DOTS, DOTS, LARGE]
    dovecot.fill(address, letters)
    for raw in letters:
        sandbox.office.deliver(address, raw)
    said = []
    for server, ca_file in ((dovecot.server(Protocol.POP3), dovecot.ca_file), (sandbox.office.pop3, sandbox.ca_file)):
        client = Pop3(server, ca_file)
        assert client.sign_in(address, sandbox.maker.token(address)).startswith(b"+OK")
        said.append(_everything(client, len(letters)))
        client.quit()
    for expected, heard in zip(*said, strict=True):
        assert heard == expected
