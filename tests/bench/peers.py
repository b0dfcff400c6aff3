"""How are the programs run that Postwart is measured beside? Each with its own folder, into a Maildir, as it comes."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.rigs.dovecot import Dovecot


@dataclass(frozen=True)
class Peer:
    """`write` fills the folder with its configuration; `count` is how many messages lie there."""

    name: str
    program: str
    write: Callable[[Path, Dovecot, str], None]
    arguments: Callable[[Path], list[str]]
    count: Callable[[Path], int]
    slow: bool = False  # needs minutes for a gigabyte

    @property
    def installed(self) -> bool:
        return shutil.which(self.program) is not None

    def command(self, folder: Path) -> list[str]:
        return [self.program, *self.arguments(folder)]


def _maildir(folder: Path, path: str) -> int:
    return sum(1 for name in ("new", "cur") for _ in (folder / path / name).iterdir())


def _mbsync(folder: Path, dovecot: Dovecot, address: str) -> None:
    (folder / "mail").mkdir()
    (folder / "rc").write_text(
        f"IMAPAccount a\nHost localhost\nPort {dovecot.ports['imaps']}\nUser {address}\nPass control\n"
        f"SSLType IMAPS\nSystemCertificates no\nCertificateFile {dovecot.ca_file}\n\n"
        f"IMAPStore far\nAccount a\n\nMaildirStore near\nPath {folder}/mail/\nInbox {folder}/mail/INBOX\n\n"
        "Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nSync Pull\nCreate Near\nSyncState *\n",
        "utf-8",
    )


def _getmail(folder: Path, dovecot: Dovecot, address: str) -> None:
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())  # it delivers nothing as root
    for place in (folder / "mail", *(folder / "mail" / name for name in ("cur", "new", "tmp"))):
        place.mkdir()
        os.chown(place, owner.pw_uid, owner.pw_gid)
    for place in (folder, folder.parent):
        place.chmod(0o711)
    (folder / "rc").write_text(
        f"[retriever]\ntype = SimpleIMAPSSLRetriever\nserver = localhost\nport = {dovecot.ports['imaps']}\n"
        f"username = {address}\npassword = control\nca_certs = {dovecot.ca_file}\n\n"
        f"[destination]\ntype = Maildir\npath = {folder}/mail/\nuser = {owner.pw_name}\n\n"
        "[options]\nread_all = false\ndelete = false\nverbose = 0\n",
        "utf-8",
    )
    (folder / "rc").chmod(0o600)


def _offlineimap(folder: Path, dovecot: Dovecot, address: str) -> None:
    (folder / "mail").mkdir()
    (folder / "rc").write_text(
        f"[general]\naccounts = a\nui = quiet\nmetadata = {folder}/state\n\n"
        "[Account a]\nlocalrepository = l\nremoterepository = r\n\n"
        f"[Repository l]\ntype = Maildir\nlocalfolders = {folder}/mail\n\n"
        f"[Repository r]\ntype = IMAP\nremotehost = localhost\nremoteport = {dovecot.ports['imaps']}\nssl = yes\n"
        f"sslcacertfile = {dovecot.ca_file}\nremoteuser = {address}\nremotepass = control\nreadonly = True\n"
        "folderfilter = lambda name: name == 'INBOX'\n",
        "utf-8",
    )


def _fetchmail(folder: Path, dovecot: Dovecot, address: str) -> None:
    """Into one file and without a program for each message: its fastest way."""
    (folder / "rc").write_text(
        f"poll localhost service {dovecot.ports['pop3s']} proto pop3 uidl timeout 300\n"
        f'  user "{address}" password "control" ssl sslcertck sslcertfile "{dovecot.ca_file}"\n'
        f'  keep no rewrite batchlimit 0 bsmtp "{folder}/mail.bsmtp"\n',
        "utf-8",
    )
    (folder / "rc").chmod(0o600)


def _bsmtp(folder: Path) -> int:
    file = folder / "mail.bsmtp"
    return (
        file.read_bytes().count(b"\nMAIL FROM:") + file.read_bytes().startswith(b"MAIL FROM:") if file.exists() else 0
    )


def _inbox(folder: Path) -> int:
    return _maildir(folder, "mail/INBOX")


IMAP_PEERS = (
    Peer("mbsync", "mbsync", _mbsync, lambda at: ["-q", "-c", f"{at}/rc", "c"], _inbox),
    Peer(
        "getmail6",
        "getmail",
        _getmail,
        lambda at: ["--getmaildir", str(at), "--rcfile", "rc"],
        lambda at: _maildir(at, "mail"),
        slow=True,
    ),
    Peer("offlineimap3", "offlineimap", _offlineimap, lambda at: ["-o", "-c", f"{at}/rc"], _inbox, slow=True),
)
POP3_PEERS = (
    Peer(
        "fetchmail",
        "fetchmail",
        _fetchmail,
        lambda at: ["-s", "-N", "-f", f"{at}/rc", "--pidfile", f"{at}/pid", "--idfile", f"{at}/ids"],
        _bsmtp,
        slow=True,
    ),
)
