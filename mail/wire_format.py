"""How does a message travel over SMTP? With CRLF at every line's end and dots doubled. Pure."""

from __future__ import annotations

import re


def dot_stuffed(raw: bytes) -> bytes:
    """Ready for DATA but for the final dot. A message that is in order already is not copied.

    A lone CR or LF becomes CRLF: some servers take it for a line's end, so it could smuggle in a second letter.
    """
    if not raw.count(b"\r\n") == raw.count(b"\n") == raw.count(b"\r"):
        raw = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    if not raw.endswith(b"\r\n"):
        raw += b"\r\n"
    if raw.startswith(b"."):
        raw = b"." + raw
    return raw.replace(b"\n.", b"\n..")
