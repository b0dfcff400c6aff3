"""How much, how long and how many: what wears a server out is cut off."""

from __future__ import annotations

import socket
import time
from contextlib import suppress

import pytest

from tests.office import wait_until
from tests.tray.api.office import Office, request, status_of, with_secret


def test_a_huge_head_is_cut_off(office: Office) -> None:
    answer = office.send(request(office, "GET", "/v1/status", more="X-Long: " + "x" * 10_000_000))
    assert status_of(answer) in {0, 400, 431}
    assert office.call("GET", "/v1/status").status == 200


def test_a_huge_body_is_refused_before_it_is_read(office: Office) -> None:
    more = with_secret(office, "Content-Type: application/json\nContent-Length: 10000000000")
    answer = office.send(request(office, "POST", "/v1/accounts", more=more), patience=5)
    assert status_of(answer) == 413
    assert b"connection: close" in answer.lower()


def test_a_chunked_body_is_counted_while_it_comes(office: Office) -> None:
    head = request(
        office,
        "POST",
        "/v1/accounts",
        more=with_secret(office, "Content-Type: application/json\nTransfer-Encoding: chunked"),
    )
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    assert status_of(office.send(head + chunk * 40)) == 413
    assert office.hub.did == []


def test_without_the_secret_nothing_large_is_taken_from_anybody(office: Office) -> None:
    more = "Content-Type: application/json\nContent-Length: 5000"
    assert status_of(office.send(request(office, "POST", "/v1/page-session", more=more))) == 413


def test_a_body_that_does_not_come_is_not_waited_for_for_ever(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tray.api.body.SECONDS", 0.3)
    more = with_secret(office, "Content-Type: application/json\nContent-Length: 100")
    before = time.monotonic()
    assert status_of(office.send(request(office, "POST", "/v1/accounts", more=more) + b'{"id"')) == 408
    assert time.monotonic() - before < 5
    assert office.hub.did == []


def test_a_head_that_does_not_end_is_not_waited_for_for_ever(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tray.api.serving.HEAD_SECONDS", 0.3)
    for beginning in (b"", b"GET /v1/status HTTP/1.1\r\nHost: 127."):
        before = time.monotonic()
        assert office.send(beginning, patience=5) == b""
        assert 0.2 < time.monotonic() - before < 3


def test_who_holds_all_connections_silently_keeps_nobody_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tray.api.serving.CONNECTIONS", 5)
    held = [socket.create_connection(("127.0.0.1", office.server.port), timeout=5) for _ in range(5)]
    assert office.call("GET", "/v1/status").status == 200
    assert held[0].recv(1) == b""  # the one that was silent for longest made room
    for each in held:
        each.close()


def test_who_begins_requests_without_a_secret_and_ends_none_keeps_nobody_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray.api.serving.CONNECTIONS", 5)
    held = [socket.create_connection(("127.0.0.1", office.server.port), timeout=5) for _ in range(5)]
    for each in held:
        each.sendall(
            request(office, "POST", "/v1/page-session", more="Content-Type: application/json\nContent-Length: 100")
        )
    wait_until(lambda: len(office.server._server.state.connections) == 5)
    assert office.call("GET", "/v1/status").status == 200
    for each in held:
        each.close()


def test_who_does_not_read_what_was_asked_without_a_secret_keeps_nobody_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray.api.serving.CONNECTIONS", 5)
    asked = request(office, "GET", "/docs").replace(b"Connection: close\r\n", b"")
    held = []
    for _ in range(5):
        each = socket.socket()
        each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        each.connect(("127.0.0.1", office.server.port))
        each.sendall(asked * 20)
        held.append(each)
    time.sleep(1)  # as much is answered as the system takes
    assert office.call("GET", "/v1/status").status == 200
    for each in held:
        each.close()


def test_who_asks_for_more_and_more_without_reading_an_answer_is_cut_off(office: Office) -> None:
    """Thirteen thousand requests fit into what is read at once, and would hold 33 MB until the first is read."""
    asked = request(office, "GET", "/docs").replace(b"Connection: close\r\n", b"")
    answers = 0
    with socket.socket() as wire, suppress(ConnectionError):
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        wire.settimeout(5)
        wire.connect(("127.0.0.1", office.server.port))
        wire.sendall(asked * 20 + b"GET / HTTP/1.1\r\n\r\n" * 10_000)
        while answers < 200 and (said := wire.recv(65536)):
            answers += said.count(b"HTTP/1.1 ")
    assert answers < 200


def test_what_is_said_behind_a_body_is_taken_only_so_long(office: Office) -> None:
    more = "Content-Type: application/json\nTransfer-Encoding: chunked"
    sent = 0
    with socket.create_connection(("127.0.0.1", office.server.port), timeout=5) as wire:
        wire.sendall(request(office, "POST", "/v1/page-session", more=more) + b"2\r\n{}\r\n0\r\nX-Behind: ")
        try:
            while sent < 20_000_000:
                wire.sendall(b"x" * 100_000)
                sent += 100_000
        except ConnectionError:
            pass
    assert sent < 10_000_000


def test_so_many_requests_at_once_and_no_more(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tray.api.serving.CONNECTIONS", 5)
    held = [socket.create_connection(("127.0.0.1", office.server.port)) for _ in range(5)]
    for each in held:
        each.sendall(
            request(office, "GET", "/v1/events", more=with_secret(office)).replace(b"Connection: close\r\n", b"")
        )
        assert each.recv(15).startswith(b"HTTP/1.1 200")
    try:
        assert office.call("GET", "/v1/status").status == 0
    except OSError:
        pass  # cut off before or after the request was written
    else:
        pytest.fail("the sixth connection was served")
    finally:
        for each in held:
            each.close()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            assert office.call("GET", "/v1/status").status == 200
        except OSError:
            time.sleep(0.05)
        else:
            break
    else:
        pytest.fail("the places did not become free")


def test_an_offer_of_another_protocol_is_answered_and_the_connection_closed(office: Office) -> None:
    """As Java's HttpClient makes it with every first request."""
    more = with_secret(office, "Upgrade: h2c\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA")
    raw = request(office, "GET", "/v1/status", more=more).replace(b"Connection: close", b"Connection: Upgrade")
    answer = office.send(raw, patience=5)
    assert status_of(answer) == 200
    assert b"connection: close" in answer.lower()


def test_requests_that_come_in_one_piece_are_answered_in_their_order(office: Office) -> None:
    raw = request(office, "GET", "/v1/status", more=with_secret(office))
    first = raw.replace(b"Connection: close\r\n", b"")
    answer = office.send(first + raw.replace(b"/v1/status", b"/v1/nothing"), patience=5)
    assert answer.index(b"HTTP/1.1 200") < answer.index(b"HTTP/1.1 404")


def test_a_head_that_comes_in_small_pieces_is_cut_off_where_it_is_too_long(office: Office) -> None:
    with socket.create_connection(("127.0.0.1", office.server.port), timeout=5) as wire:
        wire.sendall(b"GET /v1/status HTTP/1.1\r\n")
        sent = 0
        try:
            for number in range(10_000):
                line = f"X-{number}: {'x' * 100}\r\n".encode()
                wire.sendall(line)
                sent += len(line)
                time.sleep(0.0001)
        except ConnectionError:
            pass
    assert sent < 1_000_000
