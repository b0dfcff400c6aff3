"""What of a text may nobody read? Pure: tokens, codes and passwords are masked, what a hotline needs stays."""

from __future__ import annotations

import re
from collections.abc import Callable

MASK = "[hidden]"

_NAMES = (
    "access_token|refresh_token|id_token|client_secret|client_assertion|assertion|code_verifier|device_code|user_code|"
    "password|passwd|secret|xoauth2"
)
_BETWEEN = r"(?>[\"']?\s*(?:=|:|%3D)\s*(?:b(?=[\"']))?[\"']?)"  # as in a query, in JSON, in a repr
_VALUE = r"[^\s\"'&,;)}\]<>]+"
_RUN = r"[\w.+=~-]"
_HARMLESS = re.compile(r"AADSTS\d+|[A-Za-z_-]{1,40}|\d{1,6}|\d(?:\.\d{1,3})+|\[hidden")
"""A `code` or `state` that is not OAuth's: an error's name or number, an exit code, 5.7.139, a health's state."""

_PATTERNS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\beyJ[\w-]{6,}(?:\.[\w-]*){1,4}"), MASK),  # a JWT: base64 of {"
    # with a digit or long: "basic authentication is disabled" is Exchange's, and stays
    (re.compile(r"\b((?i:Bearer|Basic)(?:\s+|%20))(?=\S*[\d=]|\S{24})[\w.~+/=-]{6,}"), rf"\1{MASK}"),
    (re.compile(r"\b((?:AUTH(?:ENTICATE)?\s+[A-Z0-9-]+|XOAUTH2|OAUTHBEARER)\s+)[\w+/=-]{12,}"), rf"\1{MASK}"),
    (re.compile(r"\b(?:dXNlcj|bixhP|AHVzZXI)[A-Za-z0-9+/]{8,}={0,2}"), MASK),  # base64 of user=, n,a=
    (re.compile(rf"\b((?:{_NAMES}){_BETWEEN})(?!\[hidden){_VALUE}", re.IGNORECASE), rf"\1{MASK}"),
    (
        re.compile(rf"(?<![\w-])((?:code|state|nonce){_BETWEEN})({_VALUE})", re.IGNORECASE),
        lambda found: found[0] if _HARMLESS.fullmatch(found[2]) else f"{found[1]}{MASK}",
    ),
    (re.compile(r"\b(?:ya29\.|1//0|GOCSPX-)[\w-]{8,}"), MASK),  # Google's tokens and client secrets
    (re.compile(r"\b[01]\.A[\w-]{20,}(?:\.[\w.-]*)?"), MASK),  # Entra's refresh tokens and codes
    (re.compile(r"\bM\.[CR]\d[\w.!*$-]{20,}"), MASK),  # personal Microsoft accounts'
    # whatever else is long and random; a path or a sentence has a separator before it gets so long
    (re.compile(rf"(?<!{_RUN})(?={_RUN}{{64}})(?={_RUN}*[a-z])(?={_RUN}*[A-Z])(?={_RUN}*\d){_RUN}+"), MASK),
)


def redact(text: str) -> str:
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text
