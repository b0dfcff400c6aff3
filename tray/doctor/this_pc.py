"""Can this PC hold what Postwart keeps and does: settings, folders, disk, keyring, connections to itself?"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from auth.keyring_store import SystemKeyring
from auth.problems import VaultProblem
from tray import config
from tray.api.serving import PortTaken, listen
from tray.config_faults import ConfigProblem, describe
from tray.doctor.finding import Finding, Level, fault, note, ok
from tray.health import Who
from tray.paths import Places
from tray.settings import Settings
from tray.texts import Texts

NEARLY_FULL = 100_000_000
LITTLE_ROOM = 1_000_000_000
"""Bytes: below the first one mail can no longer be kept, below the second one soon."""

_LINE_SECONDS = 5.0
_WORD = b"postwart"


def configuration(places: Places, texts: Texts) -> tuple[Settings | None, list[Finding]]:
    """None: it cannot be used as it is."""
    file = places.config_file
    try:
        settings = config.read(file)
    except ConfigProblem as problem:
        lines = () if problem.code == "config_unreadable" else describe(problem, texts)
        facts = {**problem.facts, "reason": problem.detail[:300]}
        who = Who.ADMIN if problem.code == "config_unreadable" else Who.USER
        return None, [Finding("config", Level.FAULT, (problem.code,), str(file), who, facts, lines)]
    if not file.exists():
        return settings, [note("config", "config-none", str(file), file=str(file))]
    return settings, [
        *_rights(file),
        ok("config", "config-ok", str(file), file=str(file), count=len(settings.accounts)),
    ]


def _rights(file: Path) -> Iterator[Finding]:
    """Only where the system tells them in three digits; on Windows the user's folders are closed by inheritance."""
    if sys.platform == "win32":
        return
    mode = file.stat().st_mode
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield note("config", "config-open", str(file), who=Who.ADMIN, file=str(file), mode=f"{stat.S_IMODE(mode):o}")


def folders(places: Places) -> Iterator[Finding]:
    for folder in dict.fromkeys((places.config_file.parent, places.data, places.runtime, places.logs)):
        yield _folder(folder)


def _folder(folder: Path) -> Finding:
    if not folder.exists():
        return ok("folder", "folder-none", str(folder), folder=str(folder))
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(_WORD)
    except OSError as error:
        reason = error.strerror or str(error)
        return fault("folder", "folder-unusable", str(folder), who=Who.ADMIN, folder=str(folder), reason=reason)
    return ok("folder", "folder-ok", str(folder), folder=str(folder))


def disk(places: Places) -> Iterator[Finding]:
    there = next(folder for folder in (places.data, *places.data.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    folder, gigabytes = str(places.data), round(free / 1e9, 1)
    if free < NEARLY_FULL:
        yield fault("disk", "disk-full", folder, who=Who.USER, folder=folder, free=gigabytes)
    elif free < LITTLE_ROOM:
        yield note("disk", "disk-little", folder, who=Who.USER, folder=folder, free=gigabytes)
    else:
        yield ok("disk", "disk-ok", folder, folder=folder, free=gigabytes)


def keyring() -> Iterator[Finding]:
    try:
        backend = SystemKeyring().trial()
    except VaultProblem as problem:
        yield keyring_fault(problem.code, problem.detail)
    else:
        yield ok("keyring", "keyring-ok", backend=backend)


def keyring_fault(code: str, reason: str = "") -> Finding:
    who = Who.USER if code in {"keyring_locked", "keyring_slow"} else Who.ADMIN
    return Finding("keyring", Level.FAULT, (code,), "", who, {"reason": reason[:200]})


def loopback(address: str = "127.0.0.1") -> Iterator[Finding]:
    """Sign-ins come back, and the main app comes in, by a connection of this PC to itself."""
    try:
        with socket.create_server((address, 0)) as server:
            server.settimeout(_LINE_SECONDS)
            with socket.create_connection(server.getsockname()[:2], _LINE_SECONDS) as there:
                here, _ = server.accept()
                with here:
                    here.settimeout(_LINE_SECONDS)
                    there.sendall(_WORD)
                    heard = here.recv(len(_WORD))
        local = sorted({str(found[4][0]) for found in socket.getaddrinfo("localhost", None)})
    except OSError as error:
        yield fault("loopback", "loopback-blocked", who=Who.ADMIN, reason=str(error))
        return
    if heard != _WORD:
        yield fault("loopback", "loopback-blocked", who=Who.ADMIN, reason="other bytes came than were sent")
    elif not set(local) & {"127.0.0.1", "::1"}:
        yield fault("loopback", "loopback-name", who=Who.ADMIN, addresses=", ".join(local))
    else:
        yield ok("loopback", "loopback-ok", addresses=", ".join(local))


def port(number: int) -> Iterator[Finding]:
    """The one that config.toml names, while no Postwart holds it."""
    try:
        listen(number).close()
    except PortTaken as problem:
        yield Finding("port", Level.FAULT, (problem.code,), str(number), Who.ADMIN, problem.facts)
    else:
        yield ok("port", "port-ok", str(number), port=str(number))


def versions() -> dict[str, str]:
    import platform
    import sqlite3
    import ssl
    from importlib.metadata import PackageNotFoundError, version

    from tray.version import __version__

    found = {
        "Postwart": __version__,
        "Python": platform.python_version(),
        "System": platform.platform(),
        "SQLite": sqlite3.sqlite_version,
        "OpenSSL": ssl.OPENSSL_VERSION,
        "PID": str(os.getpid()),
    }
    for name in ("msal", "keyring", "truststore", "requests", "IMAPClient", "litestar", "cryptography", "pystray"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a frozen program may carry a library without its description
            found[name] = "?"
    return found
