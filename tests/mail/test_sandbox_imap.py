"""The sandbox's IMAP server signs in as Exchange does, carries every byte, and pushes at once."""

from __future__ import annotations

import random
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from mail.mailbox import Protocol, Security
from tests.mail.sandbox_rig import Opened, RawImap, connected, opened, xoauth2
from tests.rigs.tokens import TokenMaker


@pytest.fixture(scope="module")
def opened_office(tmp_path_factory: pytest.TempPathFactory, maker: TokenMaker) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("office"), maker) as office:
        yield office


@pytest.fixture
def sandbox(opened_office: Opened) -> Iterator[Opened]:
    yield opened_office
    opened_office.office.clear_faults()


@pytest.fixture
def stranger(sandbox: Opened) -> Iterator[RawImap]:
    """Connected, and not yet signed in."""
    client = RawImap(connected(sandbox.office.imap, sandbox.ca_file))
    client.line()
    yield client
    client.close()


def test_the_token_may_follow_in_a_line_of_its_own(sandbox: Opened, stranger: RawImap, address: str) -> None:
    tag = stranger.send("AUTHENTICATE XOAUTH2")
    assert stranger.line() == b"+ \r\n"
    stranger.sock.sendall(sandbox.xoauth2(address).encode() + b"\r\n")
    assert stranger.answer(tag).text == "OK AUTHENTICATE completed."


def test_oauthbearer_is_taken_too(sandbox: Opened, stranger: RawImap, address: str) -> None:
    text = f"n,a={address},\x01host=localhost\x01port=993\x01auth=Bearer {sandbox.maker.token(address)}\x01\x01"
    stranger.must(f"AUTHENTICATE OAUTHBEARER {b64encode(text.encode()).decode()}")
    stranger.must("SELECT INBOX")


@pytest.mark.parametrize(
    "answer",
    [
        lambda maker, address: xoauth2(address, maker.token(address, lasts=timedelta(minutes=-5))),
        lambda _, address: xoauth2(address, "garbage"),
        lambda maker, address: b64encode(
            f"user={address}\x01auth=Basic {maker.token(address)}\x01\x01".encode()
        ).decode(),
        lambda maker, address: b64encode(f"user={address}\x01auth=Bearer {maker.token(address)}".encode()).decode(),
        lambda *_: "not*base64",
        lambda *_: "=",
    ],
    ids=["expired", "no token at all", "another scheme", "unfinished", "not base64", "empty"],
)
def test_a_bad_token_is_refused_in_exchanges_words_and_a_good_one_may_follow(
    sandbox: Opened, stranger: RawImap, address: str, answer: Callable[[TokenMaker, str], str]
) -> None:
    refused = stranger.ask(f"AUTHENTICATE XOAUTH2 {answer(sandbox.maker, address)}")
    assert refused.text == "NO AUTHENTICATE failed."
    stranger.must(f"AUTHENTICATE XOAUTH2 {sandbox.xoauth2(address)}")


def test_a_sign_in_can_be_called_off(stranger: RawImap) -> None:
    tag = stranger.send("AUTHENTICATE XOAUTH2")
    stranger.line()
    stranger.sock.sendall(b"*\r\n")
    assert stranger.answer(tag).status == "BAD"


def test_a_stranger_in_the_mailbox_is_let_in_and_only_then_told(
    sandbox: Opened, stranger: RawImap, address: str
) -> None:
    token = sandbox.maker.token("somebody@else.example")
    assert stranger.ask(f"AUTHENTICATE XOAUTH2 {xoauth2(address, token)}").text == "OK AUTHENTICATE completed."
    assert stranger.ask("SELECT INBOX").text == "BAD User is authenticated but not connected."
    assert stranger.line() == b"* BYE Connection closed. 14\r\n"
    assert stranger.line() == b""


def test_who_has_the_rights_gets_into_a_shared_mailbox(sandbox: Opened, stranger: RawImap) -> None:
    sandbox.office.deliver("shared@hausverwaltung.example", b"Subject: for all\r\n\r\n")
    token = sandbox.maker.token("m.meier@hausverwaltung.example")
    stranger.must(f"AUTHENTICATE XOAUTH2 {xoauth2('shared@hausverwaltung.example', token)}")
    assert b"* 1 EXISTS" in stranger.must("SELECT INBOX").untagged


def test_passwords_are_not_taken(stranger: RawImap) -> None:
    assert b"LOGINDISABLED" in stranger.must("CAPABILITY").untagged[0]
    assert stranger.ask('LOGIN "a" "b"').status == "NO"
    assert stranger.ask("AUTHENTICATE PLAIN").status == "BAD"
    assert stranger.ask("SELECT INBOX").status == "BAD"


def test_in_the_clear_there_is_starttls_and_nothing_else(sandbox: Opened, address: str) -> None:
    server = sandbox.office.server(Protocol.IMAP, Security.STARTTLS)
    plain = RawImap(connected(server, sandbox.ca_file))
    plain.line()
    offered = plain.must("CAPABILITY").untagged[0].split()
    assert b"STARTTLS" in offered
    assert b"AUTH=XOAUTH2" not in offered
    assert plain.ask(f"AUTHENTICATE XOAUTH2 {sandbox.xoauth2(address)}").status == "BAD"
    plain.close()


def test_what_is_slipped_in_before_the_handshake_is_forgotten(sandbox: Opened) -> None:
    plain = connected(sandbox.office.server(Protocol.IMAP, Security.STARTTLS), sandbox.ca_file)
    reader = plain.makefile("rb")
    reader.readline()
    plain.sendall(b"a STARTTLS\r\nb NOOP\r\n")
    assert reader.readline().startswith(b"a OK")
    secure = RawImap(sandbox.trusting().wrap_socket(plain, server_hostname="localhost"))
    assert secure.ask("CAPABILITY").untagged[0].startswith(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2")
    secure.close()


def test_every_byte_comes_back_as_it_was_given(sandbox: Opened, address: str) -> None:
    body = bytes(random.Random(1).randbytes(9_000_000)).replace(b"\n", b"").replace(b"\0", b"")
    raw = b"Subject: large\r\n\r\n" + body + b"\r\n.\r\n)\r\nt3 OK {5}\r\n"
    uid = sandbox.office.deliver(address, raw)
    client = sandbox.imap(address)
    (line,) = client.must(f"UID FETCH {uid} BODY.PEEK[]").untagged
    assert line == b"* 1 FETCH (UID %d BODY[] {%d}\r\n%b)" % (uid, len(raw), raw)
    client.must(b"APPEND INBOX {%d+}\r\n%b" % (len(raw), raw))
    assert sandbox.office.messages(address) == [raw, raw]
    client.close()


def test_a_literal_is_asked_for_unless_the_client_sends_it_unasked(sandbox: Opened, address: str) -> None:
    client = sandbox.imap(address)
    tag = client.send("APPEND INBOX {7}")
    assert client.line().startswith(b"+ ")
    client.sock.sendall(b"A: b\r\n\r\r\n")
    assert client.answer(tag).status == "OK APPENDUID"
    assert sandbox.office.messages(address) == [b"A: b\r\n\r"]
    client.close()


def test_a_literal_that_is_too_large_is_not_even_asked_for(sandbox: Opened, stranger: RawImap, address: str) -> None:
    assert stranger.ask("SELECT {70000}").status == "NO TOOBIG"
    client = sandbox.imap(address)
    assert client.ask("APPEND INBOX {200000000}").status == "NO TOOBIG"
    client.must("NOOP")
    client.close()


def test_a_lone_line_feed_becomes_a_line_end_as_on_every_server(sandbox: Opened, address: str) -> None:
    sandbox.office.deliver(address, b"Subject: unix\n\nline\r\nlast\n")
    assert sandbox.office.messages(address) == [b"Subject: unix\r\n\r\nline\r\nlast\r\n"]


def test_who_idles_hears_of_new_mail_at_once(sandbox: Opened, address: str) -> None:
    client = sandbox.imap(address)
    tag = client.send("IDLE")
    assert client.line().startswith(b"+ ")
    begun = time.monotonic()
    uid = sandbox.office.deliver(address, b"Subject: new\r\n\r\n")
    assert client.line() == b"* 1 EXISTS\r\n"
    assert time.monotonic() - begun < 0.5
    assert client.line() == b"* 1 RECENT\r\n"
    sandbox.office.remove(address, [uid])
    assert client.line() == b"* 1 EXPUNGE\r\n"
    client.sock.sendall(b"DONE\r\n")
    assert client.answer(tag).status == "OK"
    client.close()


def test_a_token_that_runs_out_ends_an_open_session_at_the_next_command(sandbox: Opened, address: str) -> None:
    token = sandbox.maker.token(address, lasts=timedelta(seconds=1))
    client = RawImap.signed_in(sandbox.office.imap, sandbox.ca_file, address, token)
    time.sleep(1.1)
    answer = client.ask("NOOP")
    assert answer.untagged[0] == b"* BYE Session invalidated - AccessTokenExpired"
    assert answer.status == "CLOSED"
    client.close()


@pytest.mark.parametrize("idling", [False, True])
def test_all_open_sessions_can_be_made_to_expire_now(sandbox: Opened, address: str, *, idling: bool) -> None:
    client = sandbox.imap(address)
    if idling:
        client.send("IDLE")
        client.line()
    sandbox.office.expire_sessions(address)
    assert client.line() == b"* BYE Session invalidated - AccessTokenExpired\r\n"
    assert client.line() == b""
    client.close()
    sandbox.imap(address).close()  # a new one is welcome


def test_renumbering_gives_a_new_uidvalidity_and_closes_what_is_open(sandbox: Opened, address: str) -> None:
    first, second = (sandbox.office.deliver(address, b"Subject: %d\r\n\r\n" % number) for number in (1, 2))
    sandbox.office.remove(address, [first])
    client = sandbox.imap(address)
    before = client.must("STATUS INBOX (UIDVALIDITY)").untagged
    uidvalidity = sandbox.office.renumber(address)
    assert client.line() == b""
    client.close()
    after = sandbox.imap(address)
    assert after.must("STATUS INBOX (UIDVALIDITY)").untagged[0] == b'* STATUS "INBOX" (UIDVALIDITY %d)' % uidvalidity
    assert after.must("STATUS INBOX (UIDVALIDITY)").untagged != before
    assert after.must("UID SEARCH ALL").untagged == (b"* SEARCH 1",)
    assert second == 2
    after.close()


def test_a_folder_may_have_umlauts_and_turns_up_with_its_special_use(sandbox: Opened, address: str) -> None:
    client = sandbox.imap(address)
    client.must("CREATE Entw&APw-rfe")
    sandbox.office.deliver(address, b"Subject: draft\r\n\r\n", "Entwürfe")
    assert b"* 1 EXISTS" in client.must("SELECT Entw&APw-rfe").untagged
    special = client.must('LIST (SPECIAL-USE) "" "*"').untagged
    assert b'* LIST (\\HasNoChildren \\Sent) "/" "Sent Items"' in special
    assert len(special) == 5
    client.close()


@pytest.mark.parametrize("line", [b"\r\n", b"tag\r\n", b"\xff\xfe \x00\r\n", b"a FETCH " + b"(" * 60 + b"\r\n"])
def test_what_is_not_imap_is_answered_and_the_conversation_goes_on(sandbox: Opened, address: str, line: bytes) -> None:
    client = sandbox.imap(address)
    client.sock.sendall(line)
    assert b" BAD " in client.line()
    client.must("NOOP")
    client.close()


def test_a_line_without_end_is_refused_and_read_away(stranger: RawImap) -> None:
    stranger.sock.sendall(b"a NOOP " + b"x" * 300_000 + b"\r\n")
    assert stranger.line().startswith(b"* BAD")
    stranger.must("NOOP")
