"""Is this really the server? The TLS settings of every mail connection, and who issued a certificate that fails."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from weakref import WeakValueDictionary

import truststore

from mail.mailbox import Server

Trust = Callable[[Path | None], ssl.SSLContext]
"""Makes the settings for one connection, from the account's `ca_file`."""


def verifying(ca_file: Path | None) -> ssl.SSLContext:
    """Trusts what the system trusts, and `ca_file` besides.

    A new one for each connection: truststore holds the context's lock during the handshake, so one server that does
    not answer would keep all others waiting.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        context.load_verify_locations(cafile=str(ca_file))
    return context


class Shared:
    """Trusts the same, with one context for all connections to a server: for those that stay open, since OpenSSL's list
    of the system's authorities weighs 0.9 MB in each. Whoever opens one waits for the others' handshakes there.
    """

    def __init__(self) -> None:
        self._contexts: WeakValueDictionary[tuple[Server, Path | None], ssl.SSLContext] = WeakValueDictionary()
        self._lock = threading.Lock()

    def towards(self, server: Server) -> Trust:
        """Alive while somebody holds it, as IMAPClient does; a changed `ca_file` is read again afterwards."""

        def trust(ca_file: Path | None) -> ssl.SSLContext:
            with self._lock:
                context = self._contexts.get((server, ca_file))
                if context is None:
                    context = self._contexts[server, ca_file] = verifying(ca_file)
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
