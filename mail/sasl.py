"""How does an access token become a login? XOAUTH2 and OAUTHBEARER (RFC 7628), always in two steps. Pure."""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass, field

MECHANISMS = ("XOAUTH2", "OAUTHBEARER")
"""In the order of preference: Exchange and Google know the first, some others only the second."""


def mechanism(offered: Collection[str]) -> str:
    """The one to use, empty where the server offers others only. A server that lists none is asked for XOAUTH2."""
    if not offered:
        return MECHANISMS[0]
    return next((name for name in MECHANISMS if name in offered), "")


@dataclass
class Conversation:
    """One login's side of the talk: the token first, then the empty answer that lets a refusal be told.

    Google and Dovecot explain a refusal in a challenge and want an answer to it before the final word.
    """

    mechanism: str
    address: str
    host: str
    port: int
    token: str = field(repr=False)
    told: bool = False

    def answer(self, _challenge: bytes = b"") -> bytes:
        """What goes out next, not yet in base64."""
        if self.told:
            return b"\x01" if self.mechanism == "OAUTHBEARER" else b""
        self.told = True
        return self._initial().encode()

    def line(self) -> str:
        """The same in base64, as SMTP and POP3 send it."""
        return base64.b64encode(self.answer()).decode("ascii")

    def without_secrets(self, text: str) -> str:
        """`text` of the server's, in case it quotes what it was sent."""
        for secret in (base64.b64encode(self._initial().encode()).decode("ascii"), self.token):
            text = text.replace(secret, "…") if secret else text
        return text

    def _initial(self) -> str:
        if self.mechanism == "OAUTHBEARER":
            name = self.address.replace("=", "=3D").replace(",", "=2C")
            return f"n,a={name},\x01host={self.host}\x01port={self.port}\x01auth=Bearer {self.token}\x01\x01"
        return f"user={self.address}\x01auth=Bearer {self.token}\x01\x01"
