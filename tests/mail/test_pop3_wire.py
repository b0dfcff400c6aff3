"""Does POP3's text come through unchanged, however the network cuts it into pieces?"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail import pop3_wire
from mail.pop3_wire import Pop3Refusal, Pop3Wire, TooLarge


def received(pieces: list[bytes]) -> Pop3Wire:
    """A wire over which the server has sent these pieces and closed."""
    ours, theirs = socket.socketpair()
    ours.settimeout(10)

    def talk() -> None:
        with theirs, suppress(OSError):  # the test has read enough
            for piece in pieces:
                theirs.sendall(piece)

    threading.Thread(target=talk, daemon=True).start()
    return Pop3Wire(ours)


def stuffed(raw: bytes) -> bytes:
    """As a server sends it (RFC 1939)."""
    lines = raw.split(b"\r\n")[:-1]
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines) + b".\r\n"


def cut(data: bytes, at: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(edge % (len(data) + 1) for edge in at)})
    return [data[start:end] for start, end in pairwise(edges)]


LINES = st.lists(
    st.binary(max_size=12).map(lambda line: line.replace(b"\r\n", b"")) | st.sampled_from([b".", b"..", b"", b".x"])
)


@settings(max_examples=150, deadline=None)
@given(lines=LINES, edges=st.lists(st.integers(0, 400), max_size=6))
def test_any_message_comes_as_it_is(lines: list[bytes], edges: list[int]) -> None:
    raw = b"".join(line + b"\r\n" for line in lines).replace(b"\r\r\n", b"\r\n")
    wire = received(cut(b"+OK\r\n" + stuffed(raw) + b"+OK next\r\n", edges))
    assert wire.status() == ""
    assert wire.body() == raw
    assert wire.status() == "next"
    wire.close()


def test_a_refusal_is_raised_with_the_servers_words() -> None:
    wire = received([b"-ERR [AUTH] no\r\n"])
    with pytest.raises(Pop3Refusal, match=r"^\[AUTH\] no$"):
        wire.status()


def test_a_challenge_keeps_its_plus() -> None:
    assert received([b"+ eyJz\r\n"]).status() == "+ eyJz"


def test_a_line_of_any_length_in_a_message_is_no_trouble() -> None:
    raw = b"x" * 300_000 + b"\r\n"
    assert received([raw + b".\r\n"]).body() == raw


@pytest.mark.parametrize("sent", [b"", b"+O", b"half a message\r\n", b"half a message\r\n."])
def test_a_closed_connection_is_noticed(sent: bytes) -> None:
    with pytest.raises(ConnectionError):
        received([sent]).body()


def test_an_answer_that_never_ends_its_line_is_given_up() -> None:
    with pytest.raises(ConnectionError):
        received([b"+" + b"x" * 200_000]).status()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pop3_wire, "_LONGEST_MESSAGE", 1000)


@pytest.mark.usefixtures("small")
def test_a_message_without_end_is_given_up_before_the_memory_is() -> None:
    with pytest.raises(TooLarge):
        received([b"x\r\n" * 100_000]).body()
