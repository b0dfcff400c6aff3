"""Which port of this PC's loopback is free on both addresses, and nobody else's while it is ours?"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable
from contextlib import ExitStack, suppress

from auth.exclusive_port import listening
from auth.problems import SignInProblem

ANY_PORT = (0,) * 20
"""Tries to find one that is free on both addresses."""

_NO_IPV6 = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT}


def listen(ports: Iterable[int], backlog: int) -> list[socket.socket]:
    """Listeners on 127.0.0.1 and, where this PC has IPv6, on ::1, with the same port.

    Raises SignInProblem `no_redirect_port`.
    """
    for port in ports:
        with suppress(OSError), ExitStack() as opened:
            first = opened.enter_context(listening(port, backlog))
            listeners = [first, *_bound_ipv6(int(first.getsockname()[1]), backlog)]
            opened.pop_all()
            return listeners
    raise SignInProblem("no port is free on both loopback addresses", code="no_redirect_port")


def _bound_ipv6(port: int, backlog: int) -> list[socket.socket]:
    try:
        return [listening(port, backlog, "::1")]
    except OSError as error:
        if error.errno in _NO_IPV6:
            return []
        raise
