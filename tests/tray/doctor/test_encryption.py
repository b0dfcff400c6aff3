"""Who vouches for a connection is seen, and an inspecting virus scanner is called by its name."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from auth.sandbox.certificate import issue, make_ca
from mail.offer import encrypted
from tray.demo_world import World
from tray.doctor.encryption import Trusts, encryption, examined, verdict
from tray.doctor.finding import Level
from tray.doctor.hosts import SignInService
from tray.doctor.sign_in_service import certificate_of


def trusts(*, postwart: bool, system: bool, public: bool, ca_file: bool = False) -> Trusts:
    return Trusts(postwart, system, public, "Somebody Root CA", "TLSv1.3", "why not", with_ca_file=ca_file)


@pytest.mark.parametrize(
    ("host", "seen", "level", "code"),
    [
        ("mail.example", trusts(postwart=True, system=True, public=True), Level.OK, "tls-ok"),
        ("localhost", trusts(postwart=True, system=False, public=False, ca_file=True), Level.OK, "tls-ok"),
        ("mail.example", trusts(postwart=True, system=False, public=False, ca_file=True), Level.OK, "tls-ca_file"),
        ("mail.example", trusts(postwart=True, system=True, public=False), Level.NOTE, "tls-inspected"),
        ("mail.example", trusts(postwart=True, system=True, public=False, ca_file=True), Level.NOTE, "tls-inspected"),
        ("mail.example", trusts(postwart=False, system=False, public=False), Level.FAULT, "tls-untrusted"),
        ("mail.example", trusts(postwart=False, system=False, public=True), Level.FAULT, "tls-only_public"),
    ],
)
def test_the_verdict(host: str, seen: Trusts, level: Level, code: str) -> None:
    finding = verdict("IMAP mail", host, seen)
    assert (finding.level, finding.code) == (level, f"doctor-{code}")
    assert finding.facts["issuer"] == "Somebody Root CA"


def test_every_server_of_the_sandbox_is_vouched_for_by_its_own_authority_alone(world: World) -> None:
    post = world.post
    for server in (post.imap, post.pop3, post.smtp):
        seen = examined(partial(encrypted, server), world.ca_file)
        assert (seen.postwart, seen.system, seen.public) == (True, False, False)
        assert seen.issuer == "Postwart sandbox"
        assert seen.version.startswith("TLSv1.")


def test_with_the_wrong_authority_the_issuer_is_named(world: World, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    wrong = make_ca(tmp_path / "other", "Another authority").file
    service = SignInService(f"{world.provider.authority}/v2.0/.well-known/openid-configuration", wrong)
    (finding,) = encryption("idp", "localhost", partial(certificate_of, service), wrong)
    assert (finding.level, finding.code) == (Level.FAULT, "doctor-tls-untrusted")
    assert finding.facts["issuer"] == "Postwart sandbox"
    assert "self-signed certificate" in str(finding.facts["reason"]) or "issuer" in str(finding.facts["reason"])


@contextmanager
def virus_scanner(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Answers for a foreign name, with a certificate that it has made itself."""
    (tmp_path / "scanner").mkdir()
    authority = make_ca(tmp_path / "scanner", "Guardian Web Shield Root")
    pair = issue(authority, ["login.example"], tmp_path / "scanner")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.file, pair.key_file)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    raw, _ = listener.accept()
                    with raw, context.wrap_socket(raw, server_side=True) as line:
                        line.recv(1)
                except ssl.SSLError:
                    continue
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], authority.file
        if sys.platform != "win32":  # there closing is enough
            listener.shutdown(socket.SHUT_RDWR)


def test_a_virus_scanner_that_the_system_trusts_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with virus_scanner(tmp_path) as (port, root):
        monkeypatch.setenv("SSL_CERT_FILE", str(root))  # as an installation puts it into the system's store

        def connect(context: ssl.SSLContext) -> ssl.SSLSocket:
            return context.wrap_socket(
                socket.create_connection(("127.0.0.1", port), 5), server_hostname="login.example"
            )

        (finding,) = encryption("login.example", "login.example", connect, None)
    assert (finding.level, finding.code) == (Level.NOTE, "doctor-tls-inspected")
    assert finding.facts["issuer"] == "Guardian Web Shield Root"


def test_where_there_is_no_connection_nothing_is_said_of_its_encryption() -> None:
    def connect(_context: ssl.SSLContext) -> ssl.SSLSocket:
        raise ConnectionRefusedError

    assert list(encryption("mail", "mail.example", connect, None)) == []
