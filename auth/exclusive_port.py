"""How does a program listen on this PC's loopback so that no other one can listen on the same port?"""

from __future__ import annotations

import socket
import sys


def listening(port: int, backlog: int, address: str = "127.0.0.1") -> socket.socket:
    """Already listening: on Linux two sockets can be bound to one port while neither listens. 0: any free port.

    Raises OSError.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":  # where SO_REUSEADDR lets any program listen on a port that is in use
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif port:
            _spare_the_wait_after_a_stop(listener)
        if family is socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(backlog)
        if sys.platform != "win32":  # set before, it would let Linux choose a port that somebody else just bound
            _spare_the_wait_after_a_stop(listener)
    except OSError:
        listener.close()
        raise
    return listener


def _spare_the_wait_after_a_stop(listener: socket.socket) -> None:
    """Connections that ended a minute ago keep a port only where either side lacks this option (Linux, macOS)."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
