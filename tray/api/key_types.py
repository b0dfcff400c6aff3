"""What do programs' keys look like on the wire?"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from tray.api.program_keys import LONGEST_NAME
from tray.api.types import Moment

RightName = Literal["token", "send", "read", "manage", "gateway"]
RIGHTS: tuple[RightName, ...] = get_args(RightName)


class KeyIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name` is shown wherever the program did something. Rights: `token` gets access tokens, `send` sends, `read` sees
    accounts and mail and takes mail over, `manage` signs in and out and changes accounts; with `gateway` the key is the
    password at the local mail doors.
    """

    name: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    rights: Annotated[list[RightName], Meta(min_length=1)]


class KeyGiven(msgspec.Struct, frozen=True):
    """`key` goes into the Authorization header after `Bearer `. It cannot be shown again."""

    name: str
    rights: list[RightName]
    key: str


class KeyListed(msgspec.Struct, frozen=True):
    """`used_at` is right to the hour; null: never."""

    name: str
    rights: list[RightName]
    added_at: Moment
    used_at: Moment | None


class KeyList(msgspec.Struct, frozen=True):
    keys: list[KeyListed]
