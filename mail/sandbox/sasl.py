"""Who wants in with which token? The texts of XOAUTH2 and OAUTHBEARER (RFC 7628), taken apart."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass, field

MECHANISMS = ("XOAUTH2", "OAUTHBEARER")
_SEPARATOR = "\x01"


@dataclass(frozen=True)
class Credentials:
    user: str
    token: str = field(repr=False)


def decoded(line: bytes) -> bytes | None:
    """Base64, strictly; None where it is not. `=` stands for an empty answer (RFC 4954)."""
    if line == b"=":
        return b""
    try:
        return b64decode(line, validate=True)
    except binascii.Error:
        return None


def credentials(mechanism: str, answer: bytes | None) -> Credentials | None:
    """None where the answer is not what the mechanism asks for."""
    try:
        text = (answer or b"").decode("utf-8")
    except UnicodeDecodeError:
        return None
    head, _, rest = text.partition(_SEPARATOR)
    pairs = dict(each.partition("=")[::2] for each in rest.split(_SEPARATOR) if each)
    user = _xoauth2_user(head) if mechanism == "XOAUTH2" else _bearer_user(head)
    scheme, _, token = pairs.get("auth", "").partition(" ")
    if not user or scheme.lower() != "bearer" or not token.strip() or not text.endswith(_SEPARATOR * 2):
        return None
    return Credentials(user, token.strip())


def _xoauth2_user(head: str) -> str:
    return head.removeprefix("user=") if head.startswith("user=") else ""


def _bearer_user(head: str) -> str:
    """The GS2 header: `n,a=user,`. In it `,` and `=` are written as =2C and =3D."""
    for part in head.split(","):
        if part.startswith("a="):
            return part[2:].replace("=2C", ",").replace("=3D", "=")
    return ""
