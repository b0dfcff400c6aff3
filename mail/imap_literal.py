"""How do the bytes of a message come off an encrypted connection with the least work of ours for each of them?

A server may cut what it sends into TLS records of 4 KB, as Dovecot does, and each record is a call: 250,000 for a
gigabyte. imaplib's file takes each through three functions in Python; here one is left.
"""

from __future__ import annotations

import io
import ssl
from collections.abc import Callable
from typing import Any

BUFFER = 1_000_000
"""Bytes that are kept for reading into. Larger messages, of which there are few, go the long way: to read them into
pieces of memory that come and go cost 10 MB more at the peak of a first sync.
"""


def literal_reader(imap: Any) -> Callable[[int], bytes]:
    """Reads so many bytes, fewer where the connection ends. Of imaplib's object `imap`, lines are read as before.

    From Python 3.14 on imaplib keeps a buffer of its own, past which nothing may be read; nor is anything gained where
    there is no TLS.
    """
    read: Callable[[int], bytes] = imap.read
    if hasattr(imap, "_readbuf"):
        return read
    file, sock = getattr(imap, "file", None), getattr(imap, "sock", None)
    if isinstance(file, io.BufferedReader) and isinstance(sock, ssl.SSLSocket):
        return _Direct(file, sock).read
    return read


class _Direct:
    def __init__(self, file: io.BufferedReader, sock: Any) -> None:
        self._file = file
        self._sock = sock
        self._buffer = memoryview(bytearray(BUFFER))

    def read(self, length: int) -> bytes:
        """Where read1() gives less than it was asked for, the file's buffer is empty: what follows is the socket's."""
        if length > BUFFER:
            return self._file.read(length)
        begun = self._file.read1(length)
        got = len(begun)
        if got in {0, length}:
            return begun
        view = self._buffer
        view[:got] = begun
        while got < length and (count := self._sock.read(length - got, view[got:length])):
            got += count
        return bytes(view[:got])
