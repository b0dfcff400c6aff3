"""How do the bytes of a message come off an encrypted connection with the least work of ours for each of them?

A server may cut what it sends into TLS records of 4 KB, as Dovecot does, and each record is a call: 250,000 for a
gigabyte. imaplib's file takes each through three functions in Python; here one is left.
"""

from __future__ import annotations

import io
import ssl
from collections.abc import Callable
from typing import Any


def literal_reader(imap: Any) -> Callable[[int], bytes]:
    """Reads so many bytes, fewer where the connection ends. Of imaplib's object `imap`, lines are read as before.

    From Python 3.14 on imaplib keeps a buffer of its own, past which nothing may be read; nor is anything gained where
    there is no TLS.
    """
    if hasattr(imap, "_readbuf"):
        return _through(imap)
    file, sock = getattr(imap, "file", None), getattr(imap, "sock", None)
    if isinstance(file, io.BufferedReader) and isinstance(sock, ssl.SSLSocket):
        return lambda length: _read(file, sock, length)
    return _through(imap)


def _through(imap: Any) -> Callable[[int], bytes]:
    def read(length: int) -> bytes:
        return bytes(imap.read(length))

    return read


def _read(file: io.BufferedReader, sock: Any, length: int) -> bytes:
    """Where read1() gives less than it was asked for, the file's buffer is empty, and what follows is the socket's."""
    begun = file.read1(length)
    got = len(begun)
    if got in {0, length}:
        return begun
    whole = bytearray(length)
    with memoryview(whole) as view:
        view[:got] = begun
        while got < length and (count := sock.read(length - got, view[got:])):
            got += count
    return bytes(whole[:got]) if got < length else bytes(whole)
