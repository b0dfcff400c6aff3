"""How do tests sign in over POP3 and SMTP? Python's own clients, taught to say a token in a line of its own."""

from __future__ import annotations

import poplib
import smtplib
from pathlib import Path
from typing import Self

from mail.mailbox import Server
from tests.mail.sandbox_rig import Opened, trusting, xoauth2

AWAY = "kunde@elsewhere.example"


class Pop3(poplib.POP3_SSL):
    """poplib has no method for SASL."""

    def __init__(self, server: Server, ca_file: Path) -> None:
        super().__init__("localhost", server.port, context=trusting(ca_file), timeout=10)

    def say(self, line: str) -> bytes:
        self.sock.sendall(line.encode() + b"\r\n")
        return bytes(self.file.readline())

    def sign_in(self, address: str, token: str) -> bytes:
        assert self.say("AUTH XOAUTH2") == b"+ \r\n"
        return self.say(xoauth2(address, token))


class Smtp(smtplib.SMTP):
    """Says the token in a line of its own."""

    @classmethod
    def connected(cls, sandbox: Opened) -> Self:
        client = cls("localhost", sandbox.office.smtp.port, timeout=10)
        client.starttls(context=sandbox.trusting())
        client.ehlo()
        return client

    def sign_in(self, address: str, token: str) -> tuple[int, bytes]:
        assert self.docmd("AUTH XOAUTH2")[0] == 334
        return self.docmd(xoauth2(address, token))


def letter(address: str, text: str = "Guten Tag") -> bytes:
    return f"From: {address}\r\nTo: {AWAY}\r\nSubject: Hallo\r\n\r\n{text}\r\n".encode()
