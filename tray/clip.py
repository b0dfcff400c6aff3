"""How does a text fit where Windows counts in UTF-16 units? Whole words, and an ellipsis where some are left out."""

from __future__ import annotations


def units(text: str) -> int:
    """UTF-16 units, in which Windows counts: 2 for an emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int) -> str:
    """`text` in at most `limit` units; only a first word that is too long by itself is cut."""
    if units(text) <= limit:
        return text
    kept = text
    while units(kept) > limit - 1:
        kept = kept[:-1]
    if not text[len(kept)].isspace():
        kept = kept.rpartition(" ")[0] or kept
    return kept.rstrip(" \n,;:\u2013-") + "…"
