"""What does a phone's camera read off the screen? A QR code, drawn here: no server ever sees it."""

from __future__ import annotations

from itertools import zip_longest
from typing import TextIO

_MARGIN = 2
"""Modules of light around it. The standard wants 4; cameras are content with 2, and a terminal is small."""

_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""Two modules above each other; dark ones stay the terminal's ground."""


def picture(link: str) -> str:
    """A PNG as a data: URL."""
    import segno  # needed only where somebody signs in by code

    return str(segno.make_qr(link, error="m").png_data_uri(scale=6))


def blocks(link: str, stream: TextIO) -> list[str]:
    """Lines for a terminal; none where `stream` is no terminal, or one that has no blocks."""
    if not stream.isatty() or not _can_show(stream):
        return []
    import segno

    rows = [[bool(module) for module in row] for row in segno.make_qr(link, error="l").matrix_iter(border=_MARGIN)]
    light = [False] * len(rows[0])
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=light)
    return ["".join(_HALVES[pair] for pair in zip(upper, lower, strict=True)) for upper, lower in pairs]


def _can_show(stream: TextIO) -> bool:
    try:
        "█▀▄".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
