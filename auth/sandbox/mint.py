"""How are tokens made and read? RS256 JSON web tokens, which a mail server can check by itself."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from auth.sandbox.people import Person
from auth.sandbox.scopes import Permission

ALGORITHM = "RS256"
# Real ones are so long; short ones would hide a mail program's trouble with long lines.
_FILLER = 900


@dataclass(frozen=True)
class Access:
    """What an access token says. Times are aware UTC."""

    token: str
    expires_at: datetime
    lifetime: int


@cache
def _key() -> rsa.RSAPrivateKey:
    """One per process: making it is by far the slowest part of a start."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Mint:
    """`issuer` stands in every access token, whichever dialect the client speaks: mail servers know only one.

    It is set once the server's port is known.
    """

    def __init__(self, tenant_id: str) -> None:
        self.issuer = ""
        self.tenant_id = tenant_id
        self._key = _key()
        digest = hashes.Hash(hashes.SHA256())
        digest.update(self.public_pem)
        self.kid = base64.urlsafe_b64encode(digest.finalize()[:20]).decode().rstrip("=")

    @property
    def public_pem(self) -> bytes:
        return self._key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def jwks(self) -> Mapping[str, object]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [key | {"kid": self.kid, "use": "sig", "alg": ALGORITHM}]}

    def access(
        self, person: Person, client_id: str, resource: str, permissions: tuple[Permission, ...], now: datetime
    ) -> Access:
        """Valid for 60 to 90 minutes, at random. No `azp`: Dovecot would look for a key of that program's own."""
        lifetime = 3600 + secrets.randbelow(1801)
        claims = self._who(person) | {
            "aud": resource,
            "iss": self.issuer,
            "scp": " ".join(permission.name for permission in permissions),
            "appid": client_id,
            "jti": uuid.uuid4().hex,
            "opens_mailboxes": any(permission.opens_mailboxes for permission in permissions),
            "filler": secrets.token_urlsafe(_FILLER),
        }
        return Access(self._sign(claims, now, lifetime), now + timedelta(seconds=lifetime), lifetime)

    def identity(self, person: Person, client_id: str, issuer: str, now: datetime, **more: object) -> str:
        """Says to the program who signed in."""
        claims = self._who(person) | {"aud": client_id, "iss": issuer, "email": person.address, "email_verified": True}
        return self._sign(claims | {name: value for name, value in more.items() if value} | person.claims, now, 3600)

    def read(self, token: str, now: datetime) -> Mapping[str, object] | None:
        """The claims of one of our own access tokens; None where it is expired or not ours."""
        try:
            claims: Mapping[str, object] = jwt.decode(
                token,
                self._key.public_key(),
                algorithms=[ALGORITHM],
                issuer=self.issuer,
                options={"verify_aud": False, "verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
        except jwt.PyJWTError:
            return None
        expires = claims.get("exp")  # compared here: PyJWT knows the system's clock only
        return claims if isinstance(expires, int) and now.timestamp() < expires else None

    def _who(self, person: Person) -> dict[str, object]:
        return {
            "name": person.name,
            "oid": person.id,
            "sub": person.id,
            "tid": self.tenant_id,
            "preferred_username": person.address,
            "ver": "2.0",
        }

    def _sign(self, claims: Mapping[str, object], now: datetime, lifetime: int) -> str:
        start = int(now.timestamp())
        times = {"iat": start, "nbf": start, "exp": start + lifetime}
        return jwt.encode({**claims, **times}, self._key, algorithm=ALGORITHM, headers={"kid": self.kid})


def new_secret(size: int = 32) -> str:
    return secrets.token_urlsafe(size)
