"""Which real server judges the mail side? A private Dovecot on free loopback ports that checks tokens by itself."""

from __future__ import annotations

import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import Self

from imapclient import IMAPClient

from auth.sandbox.certificate import issue, make_ca
from mail.mailbox import Mailbox, Protocol, Security, Server

PORTS = ("imap", "imaps", "pop3", "pop3s", "submission", "submissions", "lmtp")
_PLAIN = {Protocol.IMAP: "imap", Protocol.POP3: "pop3", Protocol.SMTP: "submission"}


class Dovecot:
    """IMAP, POP3, submission and LMTP. As root it drops to Dovecot's users, else everything runs as the caller."""

    def __init__(
        self,
        *,
        keys: Mapping[str, bytes],
        issuer: str,
        relay_port: int = 25,
        fsync: str = "never",
        extra: str = "",
    ) -> None:
        # short and open: a Unix socket's path has 108 characters, and Dovecot's users have to get in
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
        ca = make_ca(self.folder)
        self.ca_file = ca.file
        self.certificate = issue(ca, ["localhost", "127.0.0.1"])
        self._process: subprocess.Popen[bytes] | None = None
        self._write(keys, issuer, relay_port, fsync, extra)

    def server(self, protocol: Protocol, security: Security = Security.TLS) -> Server:
        name = _PLAIN[protocol] + ("s" if security is Security.TLS else "")
        return Server(protocol, "localhost", self.ports[name], security)

    def mailbox(
        self,
        address: str,
        receive: Protocol | None = Protocol.IMAP,
        security: Security = Security.TLS,
        *,
        folders: tuple[str, ...] = ("INBOX",),
        delete: bool = False,
    ) -> Mailbox:
        """As an account of the configuration would have it."""
        return Mailbox(
            account=address.partition("@")[0],
            address=address,
            receive=self.server(receive, security) if receive else None,
            smtp=self.server(Protocol.SMTP, security),
            folders=folders,
            delete_after_fetch=delete,
            ca_file=self.ca_file,
        )

    def fill(self, address: str, messages: Sequence[bytes], folder: str = "INBOX") -> None:
        """Put messages into the mailbox, as they are."""
        with self.control(address) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for raw in messages:
                client.append(folder, raw)

    def deliver(self, address: str, raw: bytes) -> None:
        with smtplib.LMTP("127.0.0.1", self.ports["lmtp"], timeout=10) as client:
            client.sendmail("sender@example.org", [address], raw)

    @contextmanager
    def control(self, address: str) -> Iterator[IMAPClient]:
        """The tests' own look into a mailbox, past every token."""
        with IMAPClient("localhost", self.ports["imaps"], ssl_context=self._trusting(), timeout=20) as client:
            client.plain_login(address, "control")
            yield client

    def raws(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """What is in the mailbox, in the order of UIDs."""
        with self.control(address) as client:
            client.select_folder(folder, readonly=True)
            fetched = client.fetch(client.search(["ALL"]), ["BODY.PEEK[]"]) if client.search(["ALL"]) else {}
        return [fetched[uid][b"BODY[]"] for uid in sorted(fetched)]

    def maildir(self, address: str) -> Path:
        return self.folder / "home" / address / "Maildir"

    @property
    def log(self) -> str:
        file = self.folder / "dovecot.log"
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def start(self) -> Self:
        executable = shutil.which("dovecot") or "/usr/sbin/dovecot"
        with (self.folder / "stdout.log").open("ab") as output:
            self._process = subprocess.Popen(
                [executable, "-F", "-c", str(self.folder / "dovecot.conf")],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        deadline = time.monotonic() + 10
        while not all(_listening(self.ports[name]) for name in ("imap", "pop3", "submission", "lmtp")):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Dovecot did not start: {(self.folder / 'stdout.log').read_text()}{self.log}")
            time.sleep(0.02)
        return self

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def _trusting(self) -> object:
        from mail.certificates import verifying

        return verifying(self.ca_file)

    def _write(self, keys: Mapping[str, bytes], issuer: str, relay_port: int, fsync: str, extra: str) -> None:
        self.folder.chmod(0o711)
        for name in ("run", "state", "home"):
            (self.folder / name).mkdir()
        for kid, pem in keys.items():  # keys/<azp or "default">/<algorithm>/<kid>
            file = self.folder / "keys" / "default" / "RS256" / kid.replace("/", "%2f")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(pem)
        users = _users()
        os.chown(self.folder / "home", int(users["mail_uid"]), int(users["mail_gid"]))
        (self.folder / "oauth2.conf.ext").write_text(
            "username_attribute = preferred_username\nusername_format = %Lu\ntimeout_msecs = 3000\n"
            f"issuers = {issuer}\nintrospection_mode = local\n"
            f"local_validation_key_dict = fs:posix:prefix={self.folder}/keys/\n"
        )
        template = Template((Path(__file__).parent / "dovecot.conf").read_text("utf-8"))
        places = {
            "folder": str(self.folder),
            "certificate": str(self.certificate.file),
            "key": str(self.certificate.key_file),
            "relay": str(relay_port),
            "fsync": fsync,
            "extra": extra,
        }
        ports = {name: str(port) for name, port in self.ports.items()}
        (self.folder / "dovecot.conf").write_text(template.substitute(places, **users, **ports))


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _listening(port: int) -> bool:
    with socket.socket() as sock:
        sock.settimeout(1)
        return sock.connect_ex(("127.0.0.1", port)) == 0


def _users() -> dict[str, str]:
    import grp  # Windows has neither, and no Dovecot
    import pwd

    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        names = {"internal_user": "dovecot", "internal_group": "dovecot", "login_user": "dovenull", "lmtp_user": "root"}
        return {**names, "mail_uid": str(nobody.pw_uid), "mail_gid": str(nobody.pw_gid), "chroot": ""}
    me = pwd.getpwuid(os.geteuid())
    names = {"internal_user": me.pw_name, "internal_group": grp.getgrgid(me.pw_gid).gr_name, "login_user": me.pw_name}
    ids = {"mail_uid": str(me.pw_uid), "mail_gid": str(me.pw_gid)}
    return {**names, **ids, "lmtp_user": me.pw_name, "chroot": "chroot ="}
