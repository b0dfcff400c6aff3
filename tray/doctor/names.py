"""Are the names of the needed servers found in the DNS?"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

from tray.doctor.finding import Finding, fault, note, ok
from tray.health import Who

_SHOWN = 4


def resolves(host: str, *, proxied: Callable[[], bool]) -> Iterator[Finding]:
    """`proxied`: only a web proxy has to find it, which in many offices is the only one that can."""
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        if proxied():
            yield note("dns", "dns-left_to_proxy", host, host=host, reason=reason)
        else:
            yield fault("dns", "dns-not_found", host, who=Who.ADMIN, host=host, reason=reason)
        return
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    yield ok("dns", "dns-ok", host, host=host, addresses=", ".join(addresses[:_SHOWN]))


def silence(host: str) -> Finding:
    return fault("dns", "dns-silent", host, who=Who.ADMIN, host=host)
