"""Which real server judges what is sent? A private Postfix that asks Dovecot whose a token is, and delivers nowhere.

It wants to be started as root and then drops to its own user. Everything of it is in one folder.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from mail.mailbox import Mailbox, Protocol, Security, Server
from tests.rigs.dovecot import Dovecot, free_ports

AUTH = """
service auth {
  unix_listener SOCKET {
    mode = 0666
  }
}
"""

_MAIN = """
compatibility_level = 3.6
queue_directory = FOLDER/queue
data_directory = FOLDER/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = /tmp
maillog_file = FOLDER/postfix.log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example
mydestination =
relay_domains =
alias_maps =
default_transport = smtp:[127.0.0.1]:RELAY
message_size_limit = SIZE
smtputf8_enable = UTF8
smtputf8_autodetect_classes = all
smtpd_tls_cert_file = CERTIFICATE
smtpd_tls_key_file = KEY
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = SOCKET
smtpd_recipient_restrictions = check_recipient_access texthash:FOLDER/recipients, permit_sasl_authenticated, reject
smtpd_recipient_limit = 100
smtpd_client_connection_count_limit = 3
"""

_MASTER = """
127.0.0.1:PORT inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """What it takes goes on to `relay_port`. `answers`: recipient → what RCPT TO is answered with."""

    def __init__(
        self,
        dovecot: Dovecot,
        socket_path: Path,
        relay_port: int,
        *,
        answers: dict[str, str],
        size: int = 200_000,
        utf8: bool = True,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-", dir="/tmp"))
        (self.port,) = free_ports(1)
        self._dovecot = dovecot
        places = {
            "FOLDER": str(self.folder),
            "CERTIFICATE": str(dovecot.certificate.file),
            "KEY": str(dovecot.certificate.key_file),
            "SOCKET": str(socket_path),
            "RELAY": str(relay_port),
            "SIZE": str(size),
            "UTF8": "yes" if utf8 else "no",
            "PORT": str(self.port),
        }
        for name, template in (("main.cf", _MAIN), ("master.cf", _MASTER)):
            text = re.sub("|".join(places), lambda found: places[found[0]], template)
            (self.folder / name).write_text(text, "utf-8")
        lines = "".join(f"{who} {answer}\n" for who, answer in answers.items())
        (self.folder / "recipients").write_text(lines, "utf-8")

    def mailbox(self, address: str) -> Mailbox:
        server = Server(Protocol.SMTP, "localhost", self.port, Security.STARTTLS)
        return Mailbox("info", address, None, server, ca_file=self._dovecot.ca_file)

    @property
    def log(self) -> str:
        file = self.folder / "postfix.log"
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def start(self) -> Self:
        owner = pwd.getpwnam("postfix")
        self.folder.chmod(0o755)
        for name in ("queue", "data"):
            (self.folder / name).mkdir()
        os.chown(self.folder / "data", owner.pw_uid, owner.pw_gid)
        self._run("start")
        deadline = time.monotonic() + 15
        while not self._answers():
            if time.monotonic() > deadline:
                raise RuntimeError(f"Postfix did not start: {self.log}")
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        self._run("stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def _run(self, verb: str) -> None:
        executable = shutil.which("postfix") or "/usr/sbin/postfix"
        ran = subprocess.run(
            [executable, "-c", str(self.folder), verb], capture_output=True, text=True, check=False, timeout=30
        )
        if ran.returncode:
            raise RuntimeError(f"postfix {verb}: {ran.stdout}{ran.stderr}{self.log}")

    def _answers(self) -> bool:
        with socket.socket() as sock:
            sock.settimeout(1)
            return sock.connect_ex(("127.0.0.1", self.port)) == 0
