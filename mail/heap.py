"""Is memory given back after much work? glibc keeps what it once had: 20 to 30 MB after a first sync, measured."""

from __future__ import annotations

import sys


def give_back() -> None:
    """Windows and macOS do it by themselves; so does a libc without malloc_trim."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
