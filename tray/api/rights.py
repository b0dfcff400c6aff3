"""What may somebody who calls the API do?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    TOKEN = "token"  # noqa: S105  the name of a right
    SEND = "send"
    READ = "read"
    MANAGE = "manage"
    GATEWAY = "gateway"  # its key is the password at the local doors
    OWN = "own"  # what the person at this PC does: end Postwart, open its page, give programs their keys


OF_PROGRAMS = frozenset(Right) - {Right.OWN}


@dataclass(frozen=True)
class Caller:
    """`name` is the program's, as its key has it; empty where it called with the secret of api.json. `gives`: what a
    key that this caller makes for a program may be for.
    """

    name: str
    rights: frozenset[Right]
    gives: frozenset[Right] = frozenset()


MAIN = Caller("", frozenset(Right), OF_PROGRAMS)
LOCKED = Caller("", frozenset({Right.OWN}), OF_PROGRAMS)
"""Who has the secret of api.json where `[api] default_key = false`."""

_MAILBOX = frozenset({Right.TOKEN, Right.GATEWAY})
PAGE = Caller("Postwart", frozenset(Right) - _MAILBOX, OF_PROGRAMS - _MAILBOX)
"""The page shows and does, it never needs a token, and makes no keys that get one or open a mailbox."""


def digest(key: bytes) -> bytes:
    """What is kept of a key: SHA-256. A key is 256 bits of chance, so no salt and no slow hash is needed."""
    return hashlib.sha256(key).digest()
