"""How do tests talk to the sandbox's post office and, word by word, to any IMAP server?"""

from __future__ import annotations

import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import jwt

from auth.sandbox.certificate import issue, make_ca
from mail.mailbox import Security, Server
from mail.sandbox import SandboxPostOffice
from mail.sandbox.mailboxes import EXCHANGE_FOLDERS
from tests.rigs.tokens import KID, TokenMaker


def owner_of(maker: TokenMaker, token: str) -> str | None:
    """What the sandbox's identity provider would say of a token."""
    try:
        claims = jwt.decode(token, maker.keys[KID], algorithms=["RS256"], audience="mail")
    except jwt.InvalidTokenError:
        return None
    return str(claims["preferred_username"])


@dataclass
class Opened:
    office: SandboxPostOffice
    ca_file: Path
    maker: TokenMaker

    def xoauth2(self, address: str) -> str:
        return xoauth2(address, self.maker.token(address))

    def trusting(self) -> ssl.SSLContext:
        return trusting(self.ca_file)

    def imap(self, address: str, *, select: bool = True) -> RawImap:
        return RawImap.signed_in(self.office.imap, self.ca_file, address, self.maker.token(address), select=select)


@contextmanager
def opened(folder: Path, maker: TokenMaker, folders: Mapping[str, str] = EXCHANGE_FOLDERS) -> Iterator[Opened]:
    ca = make_ca(folder)
    made = issue(ca, ["localhost", "127.0.0.1"])
    files = (made.file, made.key_file)
    shared = {("m.meier@hausverwaltung.example", "shared@hausverwaltung.example")}
    with SandboxPostOffice(
        folder,
        files,
        lambda token: owner_of(maker, token),
        lambda owner, mailbox: owner == mailbox or (owner, mailbox) in shared,
        folders=folders,
    ) as office:
        yield Opened(office, ca.file, maker)


def xoauth2(address: str, token: str) -> str:
    return b64encode(f"user={address}\x01auth=Bearer {token}\x01\x01".encode()).decode()


def trusting(ca_file: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(ca_file))


def connected(server: Server, ca_file: Path) -> socket.socket:
    """With TLS where the server begins so."""
    sock = socket.create_connection((server.host, server.port), timeout=10)
    if server.security is not Security.TLS:
        return sock
    return trusting(ca_file).wrap_socket(sock, server_hostname="localhost")


@dataclass(frozen=True)
class Answer:
    """`untagged` with literals inline; `status` is OK, NO or BAD with the response code's name, without the text."""

    untagged: tuple[bytes, ...]
    status: str
    text: str


class RawImap:
    """Sends lines, reads answers, leaves nothing out."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.file = sock.makefile("rb")
        self.number = 0

    @classmethod
    def signed_in(cls, server: Server, ca_file: Path, address: str, token: str, *, select: bool = True) -> Self:
        client = cls(connected(server, ca_file))
        client.line()
        client.must(f"AUTHENTICATE XOAUTH2 {xoauth2(address, token)}")
        if select:
            client.must("SELECT INBOX")
        return client

    def line(self) -> bytes:
        """One response, its literals included; empty at the end of the stream."""
        line = self.file.readline()
        while found := re.search(rb"\{(\d+)\}\r\n$", line):
            line += self.file.read(int(found[1])) + self.file.readline()
        return line

    def send(self, command: str | bytes) -> str:
        self.number += 1
        tag = f"t{self.number}"
        self.sock.sendall(f"{tag} ".encode() + (command.encode() if isinstance(command, str) else command) + b"\r\n")
        return tag

    def ask(self, command: str | bytes) -> Answer:
        return self.answer(self.send(command))

    def answer(self, tag: str) -> Answer:
        untagged = []
        while True:
            line = self.line()
            if line.startswith(tag.encode() + b" "):
                break
            untagged.append(line.removesuffix(b"\r\n"))
            if not line:
                return Answer(tuple(untagged), "CLOSED", "")
        text = line.decode("utf-8", "replace").split(" ", 1)[1].rstrip("\r\n")
        status = re.match(r"(OK|NO|BAD)(?: \[([A-Z-]+))?", text)
        assert status, text
        return Answer(tuple(untagged), " ".join(filter(None, status.groups())), text)

    def must(self, command: str | bytes) -> Answer:
        answer = self.ask(command)
        assert answer.status.startswith("OK"), answer
        return answer

    def close(self) -> None:
        self.file.close()
        self.sock.close()
