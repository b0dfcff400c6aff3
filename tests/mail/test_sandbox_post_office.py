"""The sandbox's post office opens and closes quickly, sleeps when nobody talks, and bears many at once."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mail.mailbox import Protocol, Security, Server
from mail.sandbox.imap_words import from_utf7, to_utf7
from tests.mail.sandbox_rig import connected, opened
from tests.rigs.tokens import TokenMaker


def test_it_stops_at_once_whatever_its_clients_are_doing(tmp_path: Path, maker: TokenMaker, address: str) -> None:
    before = set(threading.enumerate())
    with opened(tmp_path, maker) as sandbox:
        idle = sandbox.imap(address)
        idle.send("IDLE")
        idle.line()
        office = sandbox.office
        silent = socket.create_connection(("127.0.0.1", office.imap.port))  # never begins the handshake
        half = connected(office.smtp, sandbox.ca_file)
        half.sendall(b"EHLO half a li")
        office.deliver(address, b"x" * 60_000_000)
        deaf = sandbox.imap(address)
        deaf.send("FETCH 1 BODY.PEEK[]")  # and does not read
        slow = sandbox.imap(address)
        office.slow(address, "imap", 60)
        slow.send("NOOP")
        time.sleep(0.2)
        begun = time.monotonic()
        office.stop()
        assert time.monotonic() - begun < 1
    assert set(threading.enumerate()) <= before
    for each in (idle, deaf, slow):
        each.close()
    for sock in (silent, half):
        sock.close()


def test_it_listens_on_this_pc_only_and_each_protocol_has_two_doors(tmp_path: Path, maker: TokenMaker) -> None:
    with opened(tmp_path, maker) as sandbox:
        doors = [sandbox.office.server(protocol, security) for protocol in Protocol for security in list(Security)[:2]]
        assert len({door.port for door in doors}) == 6
        for door in doors:
            socket.create_connection(("127.0.0.1", door.port)).close()
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.2", door.port))
        assert sandbox.office.smtp == Server(Protocol.SMTP, "127.0.0.1", sandbox.office.smtp.port, Security.STARTTLS)
        assert sandbox.office.imap.security is sandbox.office.pop3.security is Security.TLS


def test_it_costs_nothing_while_nobody_talks(tmp_path: Path, maker: TokenMaker, address: str) -> None:
    import resource

    with opened(tmp_path, maker) as sandbox:
        clients = [sandbox.imap(address) for _ in range(5)]
        for each in clients:
            each.send("IDLE")
            each.line()
        time.sleep(0.2)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw  # of all threads
        time.sleep(1.5)
        assert resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw - before < 20
        for each in clients:
            each.close()


def test_it_is_open_again_after_a_stop(tmp_path: Path, maker: TokenMaker, address: str) -> None:
    with opened(tmp_path, maker) as sandbox:
        sandbox.office.deliver(address, b"Subject: kept\r\n\r\n")
        sandbox.office.stop()
        sandbox.office.start()
        client = sandbox.imap(address)
        assert client.must("SEARCH ALL").untagged == (b"* SEARCH 1",)
        client.close()


def test_many_clients_and_deliveries_at_once_lose_nothing(tmp_path: Path, maker: TokenMaker, address: str) -> None:
    with opened(tmp_path, maker) as sandbox:

        def append(number: int) -> list[bytes]:
            client = sandbox.imap(address)
            for place in range(25):
                raw = b"Subject: %d %d\r\n\r\n" % (number, place)
                client.must(b"APPEND INBOX {%d+}\r\n%b" % (len(raw), raw))
                sandbox.office.deliver(address, b"Subject: delivered\r\n\r\n")
            told = client.must("NOOP")
            client.close()
            return list(told.untagged)

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(append, range(6)))
        messages = sandbox.office.messages(address)
        assert len(messages) == 300
        assert len(set(messages)) == 151
        client = sandbox.imap(address)
        uids = client.must("UID SEARCH ALL").untagged[0].split()[2:]
        assert [int(uid) for uid in uids] == list(range(1, 301))
        client.close()


def test_a_letter_keeps_the_flags_and_the_date_it_was_given(tmp_path: Path, maker: TokenMaker, address: str) -> None:
    with opened(tmp_path, maker) as sandbox:
        received = datetime(2026, 2, 1, 7, 30, tzinfo=UTC)
        uid = sandbox.office.deliver(address, b"Subject: old\r\n\r\n", flags=["\\SEEN", "Blau"], received=received)
        assert sandbox.office.flags(address, uid) == frozenset({"\\Seen", "Blau"})
        client = sandbox.imap(address)
        fetched = client.must(f"UID FETCH {uid} (INTERNALDATE)").untagged[0]
        assert fetched == b'* 1 FETCH (UID 1 INTERNALDATE "01-Feb-2026 07:30:00 +0000")'
        client.must(f"UID STORE {uid} -FLAGS (blau)")
        assert sandbox.office.flags(address, uid) == frozenset({"\\Seen"})
        sandbox.office.remove(address, [uid])
        assert sandbox.office.flags(address, uid) is None
        client.close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, maker: TokenMaker, address: str) -> None:
    with opened(tmp_path, maker) as sandbox, pytest.raises(KeyError, match="no folder Nirgends"):
        sandbox.office.deliver(address, b"", "Nirgends")


@pytest.mark.parametrize(
    ("name", "wire"),
    [("Entwürfe", "Entw&APw-rfe"), ("A & B", "A &- B"), ("日本", "&ZeVnLA-"), ("INBOX/Öl", "INBOX/&ANY-l")],
)
def test_folder_names_travel_in_imaps_own_utf_7(name: str, wire: str) -> None:
    assert to_utf7(name) == wire
    assert from_utf7(wire) == name
