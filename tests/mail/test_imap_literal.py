"""Do literals come whole over TLS, whatever was already read with the line before, and does a cut show?"""

from __future__ import annotations

import imaplib
import random
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from auth.sandbox.certificate import CertificateAuthority, issue, make_ca
from mail.imap_literal import literal_reader

RAWS = [
    random.Random(size).randbytes(size) for size in (0, 1, 4_096, 8_191, 8_192, 8_193, 100_000, 1_000_000, 3_000_000, 7)
]
SENT = b"".join(b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%b)\r\n" % (len(raw), raw) for raw in RAWS)


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> CertificateAuthority:
    return make_ca(tmp_path_factory.mktemp("ca"))


@contextmanager
def connected(ca: CertificateAuthority, sent: bytes, records: int) -> Iterator[imaplib.IMAP4]:
    """To a server that greets, sends this in TLS records of that size, and closes."""
    certificate = issue(ca, ["localhost"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key_file)

    def serve() -> None:
        connection = context.wrap_socket(listener.accept()[0], server_side=True)
        connection.sendall(b"* OK hello\r\n")
        tag = connection.recv(100).split()[0]
        connection.sendall(b"* CAPABILITY IMAP4rev1\r\n%b OK done\r\n" % tag)
        for start in range(0, len(sent), records):
            connection.sendall(sent[start : start + records])
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve, daemon=True)
        server.start()
        trusting = ssl.create_default_context(cafile=str(ca.file))
        client = imaplib.IMAP4_SSL("localhost", listener.getsockname()[1], ssl_context=trusting, timeout=20)
        try:
            yield client
        finally:
            client.shutdown()
            server.join(20)


@pytest.mark.parametrize("records", [100_000, 4_096, 1_237])
def test_lines_and_literals_come_in_turns_as_they_were_sent(ca: CertificateAuthority, records: int) -> None:
    with connected(ca, SENT, records) as client:
        read = literal_reader(client)
        for raw in RAWS:
            assert client.readline().endswith(b"{%d}\r\n" % len(raw))
            assert read(len(raw)) == raw
            assert client.readline() == b")\r\n"
        assert read(5) == b""


@pytest.mark.parametrize("missing", [1, 90_000])
def test_a_connection_that_ends_in_the_middle_gives_what_came(ca: CertificateAuthority, missing: int) -> None:
    raw = RAWS[6]
    with connected(ca, b"{100000}\r\n" + raw[:-missing], 4_096) as client:
        client.readline()
        assert literal_reader(client)(len(raw)) == raw[:-missing]
