"""Who vouches for an encrypted connection: a public authority, this PC alone, or somebody who looks into it?"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mail.certificates import issuer, looking, verifying
from tray.doctor.finding import Finding, fault, note, ok
from tray.health import Who

Connect = Callable[[ssl.SSLContext], ssl.SSLSocket]
"""Opens one connection with these settings. Raises OSError, ssl.SSLCertVerificationError."""

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Trusts:
    """Who trusts the certificate: Postwart (system and `ca_file`), the system alone, the public list (Mozilla's)."""

    postwart: bool
    system: bool
    public: bool
    issuer: str
    version: str
    reason: str = ""
    with_ca_file: bool = False


def encryption(name: str, host: str, connect: Connect, ca_file: Path | None) -> Iterator[Finding]:
    """Nothing where no connection comes about: that is another check's finding."""
    try:
        trusts = examined(connect, ca_file)
    except ssl.SSLError as error:
        yield fault("tls", "tls-failed", name, who=Who.ADMIN, host=host, reason=str(error)[:200])
    except OSError:
        return
    else:
        yield verdict(name, host, trusts)


def silence(name: str, host: str) -> Finding:
    return note("tls", "tls-not_seen", name, host=host)


def verdict(name: str, host: str, trusts: Trusts) -> Finding:
    """Pure. A certificate that this PC trusts and nobody else in the world is an inspecting virus scanner's or
    firewall's, unless the account names the authority itself.
    """
    yes_no = {True: "yes", False: "no"}
    facts = {
        "host": host,
        "issuer": trusts.issuer,
        "version": trusts.version,
        "trusted": yes_no[trusts.postwart],
        "system": yes_no[trusts.system],
        "public": yes_no[trusts.public],
    }
    if not trusts.postwart:
        known = "tls-only_public" if trusts.public else "tls-untrusted"
        return fault("tls", known, name, who=Who.ADMIN, reason=trusts.reason, **facts)
    if trusts.public or host in _LOCAL:
        return ok("tls", "tls-ok", name, **facts)
    if trusts.with_ca_file and not trusts.system:
        return ok("tls", "tls-ca_file", name, **facts)
    return note("tls", "tls-inspected", name, who=Who.ADMIN, **facts)


def examined(connect: Connect, ca_file: Path | None) -> Trusts:
    """Raises OSError where there is no connection at all."""
    reason, version, certificate = "", "", b""
    try:
        with closing(connect(verifying(ca_file))) as sock:
            version, certificate = sock.version() or "", sock.getpeercert(binary_form=True) or b""
    except ssl.SSLCertVerificationError as error:
        reason = error.verify_message or str(error)
        with closing(connect(looking())) as sock:
            version, certificate = sock.version() or "", sock.getpeercert(binary_form=True) or b""
    return Trusts(
        postwart=not reason,
        system=not reason if ca_file is None else _passes(connect, verifying(None)),
        public=_passes(connect, _public()),
        issuer=issuer(certificate),
        version=version,
        reason=reason,
        with_ca_file=ca_file is not None,
    )


def _passes(connect: Connect, context: ssl.SSLContext) -> bool:
    try:
        connect(context).close()
    except ssl.SSLCertVerificationError:
        return False
    return True


def _public() -> ssl.SSLContext:
    import certifi

    return ssl.create_default_context(cafile=certifi.where())
