"""Is this really the server? The TLS settings of every mail connection, and who issued a certificate that fails."""

from __future__ import annotations

import ssl
import sys
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from weakref import WeakValueDictionary

import truststore

from mail.mailbox import Server

Trust = Callable[[Path | None], ssl.SSLContext]
"""Makes the settings for one connection, from the account's `ca_file`."""


def verifying(ca_file: Path | None) -> ssl.SSLContext:
    """Trusts what the system trusts, and `ca_file` besides.

    On Linux one for all connections: reading the system's list takes 20 ms of the processor, more than a whole round
    without news. Elsewhere a new one for each: truststore, which asks the system there, holds the context's lock during
    the handshake, so one server that does not answer would keep all others waiting.
    """
    if sys.platform == "linux":
        paths = ssl.get_default_verify_paths()
        if paths.cafile or paths.capath:
            return _read(ca_file, _changed(paths.cafile), _changed(paths.capath), _changed(ca_file))
    return asking_the_system(ca_file)


def asking_the_system(ca_file: Path | None) -> ssl.SSLContext:
    """The same, through truststore; a new one each time."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        context.load_verify_locations(cafile=str(ca_file))
    return context


@lru_cache(maxsize=8)
def _read(ca_file: Path | None, *_changed: float) -> ssl.SSLContext:
    """Read again when one of the files has changed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_default_verify_paths()
    if ca_file is not None:
        context.load_verify_locations(cafile=str(ca_file))
    return context


def _changed(file: str | Path | None) -> float:
    """0 where there is none; what is wrong with it is said when it is read."""
    try:
        return Path(file).stat().st_mtime if file else 0.0
    except OSError:
        return 0.0


class Shared:
    """Trusts the same, with one context for all connections to a server: for those that stay open, since OpenSSL's list
    of the system's authorities weighs 0.9 MB in each. Whoever opens one waits for the others' handshakes there.
    """

    def __init__(self, make: Trust = verifying) -> None:
        self._make = make
        self._contexts: WeakValueDictionary[tuple[Server, Path | None], ssl.SSLContext] = WeakValueDictionary()
        self._lock = threading.Lock()

    def towards(self, server: Server) -> Trust:
        """Alive while somebody holds it, as IMAPClient does; a changed `ca_file` is read again afterwards."""

        def trust(ca_file: Path | None) -> ssl.SSLContext:
            with self._lock:
                context = self._contexts.get((server, ca_file))
                if context is None:
                    context = self._contexts[server, ca_file] = self._make(ca_file)
                return context

        return trust


def looking() -> ssl.SSLContext:
    """Checks nothing: only for reading the certificate that was refused. Nothing secret goes over it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def issuer(certificate: bytes | None) -> str:
    """Who issued it, as people name it; empty where that cannot be read."""
    from cryptography import x509  # large, and only needed when something is wrong
    from cryptography.x509.oid import NameOID

    if not certificate:
        return ""
    try:
        name = x509.load_der_x509_certificate(certificate).issuer
    except ValueError:
        return ""
    for attribute in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for value in name.get_attributes_for_oid(attribute):
            return str(value.value)
    return name.rfc4514_string()


def fault(error: ssl.SSLCertVerificationError) -> str:
    """The catalogue's code for what is wrong with it."""
    reason = f"{getattr(error, 'verify_message', '')} {error}".lower()
    if "hostname" in reason or "ip address mismatch" in reason:
        return "server_certificate_name"
    if "expired" in reason or "not yet valid" in reason:
        return "server_certificate_date"
    return "server_certificate"
