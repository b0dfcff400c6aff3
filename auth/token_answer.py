"""Is it a token answer that can be used? Pure; asked before any library keeps what is in it (RFC 6749, 5.1)."""

from __future__ import annotations

from collections.abc import Mapping

_LONGEST_LIFE = 10 * 366 * 24 * 3600
"""Seconds. Nobody gives more; a number that no date can hold would be an error far from here."""


_TEXTS = ("access_token", "refresh_token", "id_token", "device_code", "error")


def usable(content: Mapping[str, object]) -> bool:
    """A token with a life, a device code, or an error; and nothing in a form that would spoil what is kept."""
    if all(content.get(name) is None for name in ("access_token", "device_code", "error")):
        return False
    texts = [content[name] for name in _TEXTS if content.get(name) is not None]
    others = [content[name] for name in ("scope", "token_type", "client_info") if content.get(name) is not None]
    return (
        all(isinstance(text, str) and text for text in texts)
        and all(isinstance(text, str) for text in others)
        and (content.get("expires_in") is None or _is_a_life(content["expires_in"]))
    )


def _is_a_life(value: object) -> bool:
    """In seconds, as a number or (Entra's older endpoints) as a text."""
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdigit() and len(value) < len(str(_LONGEST_LIFE)) + 1 else None
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LONGEST_LIFE
