"""Who vouches for a server on this PC? A certificate authority made on the spot, for the demo and the tests."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_LIFE = timedelta(days=3650)
# macOS takes no server certificate that is valid for more than 825 days. Validity reaches as far back as forward, since
# OpenSSL looks at the system's clock whatever clock the program was given.
SERVER_LIFE = timedelta(days=400)


@dataclass(frozen=True)
class CertificateAuthority:
    """Its key never leaves memory, so nobody can use it after the program has ended."""

    file: Path  # PEM, for `ca_file`
    certificate: x509.Certificate = field(repr=False)
    key: ec.EllipticCurvePrivateKey = field(repr=False)


@dataclass(frozen=True)
class ServerCertificate:
    """Both files are PEM, as `ssl.SSLContext.load_cert_chain` takes them."""

    file: Path
    key_file: Path


def make_ca(folder: Path, name: str = "Postwart sandbox") -> CertificateAuthority:
    """A new authority; its certificate becomes `ca.pem` in the folder, in place of an older one."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _subject(name)
    certificate = (
        _begun(subject, subject, key.public_key(), CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "ca.pem"
    _write(file, certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)
    return CertificateAuthority(file, certificate, key)


def issue(ca: CertificateAuthority, names: Sequence[str], folder: Path | None = None) -> ServerCertificate:
    """A certificate for a server that is called by these names or addresses.

    Its files are named after the first of them and lie beside `ca.pem` unless another folder is given.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _begun(_subject(names[0]), ca.certificate.subject, key.public_key(), SERVER_LIFE)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key()), critical=False)
        .sign(ca.key, hashes.SHA256())
    )
    stem = "".join(letter if letter.isalnum() or letter in ".-" else "_" for letter in names[0])
    made = ServerCertificate((folder or ca.file.parent) / f"{stem}.pem", (folder or ca.file.parent) / f"{stem}-key.pem")
    _write(made.key_file, _pem_key(key), mode=0o600)
    _write(made.file, certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)
    return made


def _begun(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, life: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - life)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pem_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(file: Path, content: bytes, *, mode: int) -> None:
    """Replace the file; its permissions hold before it has any content."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, mode), "wb") as stream:
        stream.write(content)
