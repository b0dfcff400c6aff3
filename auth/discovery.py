"""What does an OpenID provider say of itself, and did it issue this id token? Its metadata, its keys, its signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from auth.http import Line, NoToken
from auth.outcome import Cure, Refused, Unreachable

_SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
_A_DAY = 24 * 3600
"""The nonce proves that an id token is fresh, and clocks of office PCs are wrong by hours."""

Metadata = Mapping[str, Any]


@dataclass(frozen=True)
class Discovery:
    """Asked at most once per start. Methods raise NoToken."""

    issuer: str
    line: Line
    _found: dict[str, Any] = field(default_factory=dict)

    def metadata(self) -> Metadata:
        if not self._found:
            url = self.issuer.rstrip("/") + "/.well-known/openid-configuration"
            answer = self.line.get(url).json()
            self._found.update(checked_metadata(answer, self.issuer))
        return self._found

    def claims(self, id_token: str, client_id: str, nonce: str | None, now: Callable[[], int]) -> Mapping[str, object]:
        """Those of an id token that this provider issued to this program in this sign-in.

        None: the flow knows no nonce, and the token came on our own line from the provider.
        """
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        keys = self.line.get(self.metadata()["jwks_uri"]).json()
        expected: dict[str, Any] = {
            "iss": {"essential": True, "value": self.metadata()["issuer"]},
            "aud": {"essential": True, "value": client_id},
        }
        if nonce is not None:
            expected["nonce"] = {"essential": True, "value": nonce}
        try:
            token = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=_SIGNED_WITH)
            jwt.JWTClaimsRegistry(now=now, leeway=_A_DAY, **expected).validate(token.claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise NoToken(_not_to_be_used(f"id token: {type(error).__name__}: {error}")) from error
        return token.claims


def checked_metadata(answer: Mapping[str, Any], issuer: str) -> Metadata:
    """Raises NoToken where they are another provider's, or lead over an open line."""
    if str(answer.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise NoToken(_not_to_be_used("the metadata names another issuer"))
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if urlsplit(str(answer.get(name, ""))).scheme != "https":
            raise NoToken(_not_to_be_used(f"{name} is not an https address"))
    return answer


def supported(metadata: Metadata, name: str) -> list[str] | None:
    """A list of the metadata; None where the provider does not say."""
    values = metadata.get(name)
    return [str(value) for value in values] if isinstance(values, list) else None


def _not_to_be_used(detail: str) -> Refused | Unreachable:
    return Refused("provider_not_as_configured", Cure.VENDOR, detail=detail[:300])
