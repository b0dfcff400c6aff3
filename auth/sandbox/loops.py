"""Does a program ask the same thing over and over although it is refused each time? AADSTS50196 stops it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)


class Loops:
    """Whoever calls holds the tenant's lock."""

    def __init__(self) -> None:
        self._failed: dict[str, list[datetime]] = {}

    def looping(self, form: Mapping[str, str], now: datetime, limit: int) -> bool:
        if not limit:
            return False
        key = _key(form)
        self._failed[key] = [each for each in self._failed.get(key, []) if now - each < WINDOW]
        return len(self._failed[key]) >= limit

    def failed(self, form: Mapping[str, str], now: datetime) -> None:
        self._failed.setdefault(_key(form), []).append(now)


def _key(form: Mapping[str, str]) -> str:
    """The same request: same program, same token, same scopes."""
    parts = (form.get(name, "") for name in ("client_id", "grant_type", "refresh_token", "scope"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
