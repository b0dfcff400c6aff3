"""Are messages read off an IMAP connection as they are, and handed on so that a cut leaves no gap?"""

from __future__ import annotations

import imaplib
import io
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.imap_fetch import COMMAND_MESSAGES, BulkReader, FetchRefused, Gathered, commands


def reader(answers: bytes) -> BulkReader:
    """Over a connection on which these bytes have come."""
    stream = io.BytesIO(answers)
    connection = SimpleNamespace(read=stream.read, readline=stream.readline, send=lambda _command: None)
    client: Any = SimpleNamespace(_imap=connection)
    return BulkReader(client)


def fetch(uid: int, raw: bytes) -> bytes:
    return b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (uid, uid, len(raw), raw)


@given(st.lists(st.binary(max_size=60) | st.sampled_from([b"{3}\r\n", b")\r\nZ1 OK\r\n", b"* 1 FETCH (UID 9"])))
def test_any_bytes_come_as_they_are(raws: list[bytes]) -> None:
    answers = b"".join(fetch(uid, raw) for uid, raw in enumerate(raws, 1)) + b"Z1 OK done\r\n"
    assert list(reader(answers).messages([1])) == list(enumerate(raws, 1))


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (BODY[] {3}\r\nabc UID 5)\r\n",
        b"* 1 FETCH (FLAGS (\\Seen) UID 5 BODY[] {3}\r\nabc)\r\n",
        b'* 1 FETCH (UID 5 BODY[] "abc")\r\n',
        b"* 9 EXISTS\r\n* 3 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n* 2 EXPUNGE\r\n",
        b"* 1 FETCH (UID 6 BODY[] NIL)\r\n* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n",
        b"* 1 FETCH (UID 7 FLAGS (\\Seen))\r\n* OK [HIGHESTMODSEQ 3] x\r\n* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n",
    ],
)
def test_every_servers_way_of_saying_it_is_understood(answer: bytes) -> None:
    assert list(reader(answer + b"Z1 OK done\r\n").messages([5])) == [(5, b"abc")]


def test_a_quoted_body_loses_its_quotes() -> None:
    answer = b'* 1 FETCH (UID 5 BODY[] "a\\"b\\\\c")\r\nZ1 OK done\r\n'
    assert list(reader(answer).messages([5])) == [(5, b'a"b\\c')]


def test_the_last_message_that_every_range_holds_is_not_taken_for_new() -> None:
    assert reader(b"* 3 FETCH (UID 7 RFC822.SIZE 10)\r\nZ1 OK done\r\n").sizes(8) == []


def test_sizes_come_in_the_order_of_uids() -> None:
    answer = b"* 2 FETCH (RFC822.SIZE 20 UID 9)\r\n* 1 FETCH (UID 8 RFC822.SIZE 10)\r\nZ1 OK done\r\n"
    assert reader(answer).sizes(1) == [(8, 10), (9, 20)]


@pytest.mark.parametrize("word", [b"NO", b"BAD"])
def test_a_refused_command_is_raised_after_what_came_with_it(word: bytes) -> None:
    messages = reader(fetch(1, b"a") + b"Z1 " + word + b" not that one\r\n").messages([1, 2])
    assert next(messages) == (1, b"a")
    with pytest.raises(FetchRefused, match=r"^not that one$"):
        next(messages)


def test_a_goodbye_is_raised_with_its_words() -> None:
    with pytest.raises(imaplib.IMAP4.abort, match="AccessTokenExpired"):
        list(reader(b"* BYE Session invalidated - AccessTokenExpired\r\n").messages([1]))


@pytest.mark.parametrize(
    "cut", [b"", b"* 1 FETCH (UID 1 BODY[] {9}\r\nabc", b"* 1 FETCH (UID 1 BO", fetch(1, b"abc")[:-3]]
)
def test_a_connection_that_ends_in_the_middle_is_lost(cut: bytes) -> None:
    with pytest.raises(ConnectionError):
        list(reader(cut).messages([1]))


def test_a_size_nobody_can_keep_is_not_even_begun() -> None:
    with pytest.raises(ConnectionError):
        list(reader(b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n").messages([1]))


@given(st.lists(st.integers(0, 90_000_000), max_size=4000))
def test_commands_hold_every_message_once_and_are_not_too_large(sizes: list[int]) -> None:
    cut = commands(list(enumerate(sizes, 1)))
    assert [uid for uids in cut for uid in uids] == list(range(1, len(sizes) + 1))
    for uids in cut:
        assert len(uids) == 1 or (len(uids) <= COMMAND_MESSAGES and sum(sizes[uid - 1] for uid in uids) <= 64_000_000)


def test_what_is_gathered_leaves_when_it_is_large_enough() -> None:
    gathered = Gathered()
    gathered.add(1, b"x" * 3_000_000)
    assert not gathered.full
    gathered.add(2, b"x" * 1_000_000)
    assert gathered.full
    assert [uid for uid, _ in gathered.take()] == [1, 2]
    assert not gathered.full
    assert gathered.take() == []


def test_a_server_that_mixes_up_the_order_is_waited_for() -> None:
    gathered = Gathered()
    for uid in (1, 5, 2):
        gathered.add(uid, b"x" * 2_000_000)
    assert not gathered.full
    assert [uid for uid, _ in gathered.take_whole([1, 2, 3, 4, 5])] == [1, 2]
    assert [uid for uid, _ in gathered.take()] == [1, 2, 5]


def test_a_cut_keeps_all_that_came_in_order() -> None:
    gathered = Gathered()
    for uid in (1, 2, 5):  # 3 and 4 were deleted meanwhile
        gathered.add(uid, b"x")
    assert [uid for uid, _ in gathered.take_whole([1, 2, 3, 4, 5, 6])] == [1, 2, 5]
