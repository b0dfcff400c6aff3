"""Who issues tokens when no sign-in is part of the test? A maker of RS256 tokens that Dovecot checks by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://issuer.example/v2.0"
KID = "rig-key"


class TokenMaker:
    """`keys` is what a server needs to check them."""

    def __init__(self) -> None:
        self.keys = {KID: _public_pem()}
        self.issuer = ISSUER

    def token(
        self, address: str, *, lasts: timedelta = timedelta(hours=1), issuer: str = ISSUER, size: int = 900
    ) -> str:
        """As long as real ones are: short ones hide the trouble with long lines."""
        now = datetime.now(UTC)
        claims = {"preferred_username": address, "sub": address, "iss": issuer, "aud": "mail", "filler": "x" * size}
        times = {"iat": now - timedelta(minutes=1), "nbf": now - timedelta(minutes=1), "exp": now + lasts}
        return jwt.encode({**claims, **times}, _key(), algorithm="RS256", headers={"kid": KID})


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _public_pem() -> bytes:
    return _key().public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
