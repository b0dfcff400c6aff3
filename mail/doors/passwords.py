"""How does a program tell its name and password? SASL PLAIN (RFC 4616) and LOGIN, in whichever protocol's frame."""

from __future__ import annotations

import base64
import binascii

from mail.doors.caller import Caller


def sasl(caller: Caller, words: list[str], *, ask: str, unknown: str, garbled: str) -> tuple[str, str] | None:
    """Name and password; None: there were none, and the caller was told `unknown` or `garbled`. Raises Left.

    `words` are the mechanism and, perhaps, the first answer. `ask` begins the line with a question: `+`, or `334`.
    """

    def asked(question: str) -> bytes:
        caller.say(f"{ask} {question}")
        return caller.line()

    mechanism, first = words[0].upper(), [word.encode() for word in words[1:2] if word != "="]
    if mechanism == "PLAIN":
        found = _plain(first[0] if first else asked(""))
    elif mechanism == "LOGIN":
        name = _text(first[0] if first else asked("VXNlcm5hbWU6"))
        found = (name, _text(asked("UGFzc3dvcmQ6")))
    else:
        caller.say(unknown)
        return None
    if found is None:
        caller.say(garbled)
    return found


def _plain(answer: bytes) -> tuple[str, str] | None:
    try:
        _, name, password = base64.b64decode(answer, validate=True).split(b"\0")
        return name.decode(), password.decode()
    except (binascii.Error, ValueError):
        return None


def _text(answer: bytes) -> str:
    try:
        return base64.b64decode(answer, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""  # nobody's name or password
