"""Lines share what they trust with the others to the same server, and no longer than they live."""

from __future__ import annotations

import gc
import os
import ssl
import sys
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auth.sandbox.certificate import make_ca
from mail import connect
from mail.certificates import Shared, asking_the_system, verifying
from mail.mailbox import Mailbox, Protocol, Security, Server
from tests.rigs.dovecot import Dovecot

SERVER = Server(Protocol.IMAP, "mail.example", 993, Security.TLS)


@pytest.mark.needs("dovecot")
def test_the_next_line_to_a_server_trusts_as_the_open_one_does(
    dovecot: Dovecot, address: str, token: Callable[[], str]
) -> None:
    trust = Shared(asking_the_system).towards(dovecot.server(Protocol.IMAP))
    mailbox = Mailbox("info", address, dovecot.server(Protocol.IMAP), None, ca_file=dovecot.ca_file)
    client = connect.imap_client(mailbox, dovecot.server(Protocol.IMAP), token, trust)
    assert trust(dovecot.ca_file) is client.ssl_context
    connect.log_out(client)


def test_another_server_is_not_waited_for() -> None:
    shared = Shared(asking_the_system)
    ours, theirs = shared.towards(SERVER)(None), shared.towards(replace(SERVER, host="other.example"))(None)
    assert ours is not theirs


def test_after_the_last_line_the_authorities_are_read_anew() -> None:
    trust = Shared(asking_the_system).towards(SERVER)
    held = trust(None)
    gone = weakref.ref[ssl.SSLContext](held)
    del held
    gc.collect()
    assert gone() is None


if sys.platform == "linux":  # elsewhere the system is asked at each connection

    def test_the_systems_authorities_are_read_once_and_again_when_a_file_has_changed(tmp_path: Path) -> None:
        file = make_ca(tmp_path).file
        once = verifying(file)
        assert verifying(file) is once
        assert verifying(None) is not once
        assert once.verify_mode is ssl.CERT_REQUIRED
        assert once.check_hostname
        os.utime(file, (1, 1))
        assert verifying(file) is not once
