"""Does a program that knows the sandbox's CA accept its servers, and nobody else?"""

from __future__ import annotations

import socket
import ssl
import stat
import sys
import threading
from pathlib import Path

import pytest

from auth.sandbox.certificate import ServerCertificate, issue, make_ca


def handshake(server: ServerCertificate, ca_file: Path, name: str) -> None:
    """Both ends in this process, over a socket pair; the strictest checks that Python knows."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(server.file, server.key_file)
    asking = ssl.create_default_context(cafile=str(ca_file))
    asking.verify_flags |= ssl.VERIFY_X509_STRICT
    here, there = socket.socketpair()

    def serve() -> None:
        try:
            serving.wrap_socket(there, server_side=True).close()
        except OSError:  # the client refused; that is what the test is about
            there.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        asking.wrap_socket(here, server_hostname=name).close()
    finally:
        here.close()
        thread.join(5)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1"])
def test_a_server_is_accepted_by_each_of_its_names(tmp_path: Path, name: str) -> None:
    ca = make_ca(tmp_path)
    handshake(issue(ca, ["localhost", "127.0.0.1", "::1"]), ca.file, name)


def test_another_name_is_refused(tmp_path: Path) -> None:
    ca = make_ca(tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(issue(ca, ["localhost"]), ca.file, "mail.example")


def test_another_authority_is_refused(tmp_path: Path) -> None:
    server = issue(make_ca(tmp_path / "one"), ["localhost"])
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(server, make_ca(tmp_path / "other").file, "localhost")


def test_the_authoritys_key_is_on_no_disk_and_the_servers_readable_by_its_owner_alone(tmp_path: Path) -> None:
    server = issue(make_ca(tmp_path), ["localhost"])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["ca.pem", "localhost-key.pem", "localhost.pem"]
    if sys.platform != "win32":
        assert stat.S_IMODE(server.key_file.stat().st_mode) == 0o600
