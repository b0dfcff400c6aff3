"""What do the API's answers about settings look like?"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

Language = Literal["de", "en"]


class Notify(msgspec.Struct, frozen=True):
    """`quiet`: local times such as `18:00-07:00`, in which no notice is shown; null: none. `weekends` false: none on
    Saturdays and Sundays either. `contact`: the address that gets a mail where nobody answers; null: nobody.
    """

    quiet: str | None
    weekends: bool
    contact: str | None


class Settings(msgspec.Struct, frozen=True):
    """`language` null: the system's. `language_used`: which one that is now."""

    language: Language | None
    language_used: Language
    notify: Notify


class NotifyChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    quiet: str | UnsetType | None = UNSET
    weekends: bool | UnsetType | None = UNSET
    contact: str | UnsetType | None = UNSET


class SettingsChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is left out stays, null is the default again (RFC 7396)."""

    language: Language | UnsetType | None = UNSET
    notify: NotifyChange | UnsetType = UNSET


class Autostart(msgspec.Struct, frozen=True):
    """Whether Postwart starts when this user logs on. `switched_off`: the user said no in the system's own list, and
    can take that back there alone. `broken`: the entry names a program that is gone.
    """

    standing: Literal["on", "off", "switched_off", "broken"]


class AutostartChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    on: bool
