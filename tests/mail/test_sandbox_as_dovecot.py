"""The same questions, put to the sandbox's servers and to a real Dovecot, get the same answers."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mail.mailbox import Protocol, Server
from tests.mail.sandbox_letters import APART, CONVERSATION, FIRST_RECEIVED, FLAGS, GERMAN, ITEMS, LETTERS, SEARCHES
from tests.mail.sandbox_rig import Answer, Opened, RawImap, opened
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker

ADDRESS = "compared@hausverwaltung.example"
TALKED = "talked@hausverwaltung.example"
DOVECOTS_FOLDERS = {"INBOX": "", "Archive": ""}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory, maker: TokenMaker) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("office"), maker, DOVECOTS_FOLDERS) as office:
        yield office


@pytest.fixture(scope="module")
def both(dovecot: Dovecot, sandbox: Opened, maker: TokenMaker) -> Iterator[tuple[IMAPClient, IMAPClient]]:
    """Dovecot and the sandbox, with the same letters in the inbox."""
    clients = (
        _signed_in(dovecot.server(Protocol.IMAP), dovecot.ca_file, maker),
        _signed_in(sandbox.office.imap, sandbox.ca_file, maker),
    )
    for client in clients:
        for place, raw in enumerate(LETTERS):
            flags = FLAGS[place % len(FLAGS)]
            client.append("INBOX", raw, flags=flags, msg_time=FIRST_RECEIVED + place * APART)
        client.select_folder("INBOX")
    yield clients
    for client in clients:
        client.logout()


def _signed_in(server: Server, ca_file: Path, maker: TokenMaker) -> IMAPClient:
    trusting = ssl.create_default_context(cafile=str(ca_file))
    client = IMAPClient(server.host, server.port, ssl_context=trusting, timeout=20)
    client.oauth2_login(ADDRESS, maker.token(ADDRESS))
    client.normalise_times = False
    return client


def _fetched(client: IMAPClient, number: int, item: str) -> Any:
    try:
        found = client.fetch([number], [item])
    except IMAPClientError as error:
        return type(error)
    return {
        uid: {key: sorted(value) if key == b"FLAGS" else value for key, value in data.items()}
        for uid, data in found.items()
    }


@pytest.mark.parametrize("item", ITEMS)
def test_a_fetch_shows_what_dovecot_shows(both: tuple[IMAPClient, IMAPClient], item: str) -> None:
    dovecot, sandbox = both
    for number in range(1, len(LETTERS) + 1):
        expected = _fetched(dovecot, number, item)
        assert _fetched(sandbox, number, item) == expected, f"letter {number}"


@pytest.mark.parametrize("question", SEARCHES)
def test_a_search_finds_what_dovecot_finds(both: tuple[IMAPClient, IMAPClient], question: str) -> None:
    dovecot, sandbox = both
    assert list(sandbox.search(question)) == list(dovecot.search(question))


@pytest.mark.parametrize("word", GERMAN)
@pytest.mark.parametrize("key", ["SUBJECT", "BODY", "TEXT"])
def test_a_search_for_german_words_finds_what_dovecot_finds(
    both: tuple[IMAPClient, IMAPClient], key: str, word: str
) -> None:
    dovecot, sandbox = both
    assert list(sandbox.search([key, word], "UTF-8")) == list(dovecot.search([key, word], "UTF-8"))


def test_two_clients_on_one_mailbox_hear_what_dovecot_tells_them(
    dovecot: Dovecot, sandbox: Opened, maker: TokenMaker
) -> None:
    servers = ((dovecot.server(Protocol.IMAP), dovecot.ca_file), (sandbox.office.imap, sandbox.ca_file))
    pairs = [
        {who: RawImap.signed_in(server, ca_file, TALKED, maker.token(TALKED), select=False) for who in "AB"}
        for server, ca_file in servers
    ]
    for pair in pairs:
        for place in range(6):
            pair["A"].must(b"APPEND INBOX {23+}\r\nSubject: m%d\r\n\r\nbody %d\r\n" % (place, place))
    for sentence in CONVERSATION:
        who, _, command = sentence.partition(" ")
        expected, heard = (_essence(pair[who].ask(command.replace("|", "\r\n"))) for pair in pairs)
        assert heard == expected, sentence
    for pair in pairs:
        for client in pair.values():
            client.close()


# What may differ: numbers that each server chooses, texts for people, quotes, and which keywords are listed as known.
_CHOSEN = (
    (r"\[UIDVALIDITY \d+\]", "[UIDVALIDITY]"),
    (r"(COPYUID|APPENDUID|MODSEQ) (\(?)\d+", r"\1 \2N"),
    (r"^\* OK (\[[^]]*\]).*", r"* OK \1"),
    (r"^\* BYE.*", "* BYE"),
    (r"^(\* (?:LIST|LSUB|STATUS) .*)", lambda found: found[1].replace('"', "")),
)
_LEFT_OUT = re.compile(r"\* FLAGS|\* OK \[(PERMANENTFLAGS|HIGHESTMODSEQ)")


def _essence(answer: Answer) -> tuple[list[str], str]:
    lines = {_line(each.decode("latin-1")) for each in answer.untagged}
    code = re.search(r"\[.*?\]", answer.text)
    status = f"{answer.status.split()[0]} {code[0] if code else ''}"
    return sorted(each for each in lines if not _LEFT_OUT.match(each)), re.sub(
        r"(COPYUID|APPENDUID) \d+", r"\1 N", status
    )


def _line(line: str) -> str:
    for pattern, instead in _CHOSEN:
        line = re.sub(pattern, instead, line)
    line = re.sub(r"FLAGS \(([^)]*)\)", lambda found: f"FLAGS ({' '.join(sorted(found[1].split()))})", line)
    fetched = re.fullmatch(r"\* (\d+) FETCH \((.*)\)", line, re.DOTALL)
    if not fetched:
        return line
    item = r'([A-Z0-9.]+(?:\[[^\]]*\])?) (\([^)]*\)|\{\d+\}\r\n.*?(?=\r\n)\r\n|"[^"]*"|\S+)'
    return f"{fetched[1]} FETCH {sorted(re.findall(item, fetched[2], re.DOTALL))}"
