"""A port that is ours is nobody else's, from the moment we have it."""

from __future__ import annotations

import socket
import sys

import pytest

from auth.exclusive_port import listening

BOTH = pytest.mark.parametrize("address", ["127.0.0.1", "::1"])


def reusing(address: str, port: int) -> socket.socket:
    """Another program's socket, bound and not yet listening, with the option that lets two have one port."""
    other = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        other.bind((address, port))
    except OSError:
        other.close()
        raise
    return other


@BOTH
def test_nobody_else_can_bind_it_whatever_they_set(address: str) -> None:
    with listening(0, 5, address) as ours, pytest.raises(OSError):
        reusing(address, ours.getsockname()[1])


@BOTH
def test_a_port_that_somebody_listens_on_is_refused(address: str) -> None:
    with reusing(address, 0) as other:
        other.listen()
        with pytest.raises(OSError):
            listening(other.getsockname()[1], 5, address)


if sys.platform != "win32":  # there a bound port is exclusive already

    def test_who_has_only_bound_it_comes_too_late() -> None:
        with reusing("127.0.0.1", 0) as other, listening(other.getsockname()[1], 5), pytest.raises(OSError):
            other.listen()


@BOTH
def test_it_is_free_again_at_once_though_its_last_connection_has_just_ended(address: str) -> None:
    with listening(0, 5, address) as ours:
        port = ours.getsockname()[1]
        with socket.create_connection((address, port)) as caller:
            answer, _ = ours.accept()
            answer.close()  # the side that closes first is the one that waits
            assert caller.recv(1) == b""
    listening(port, 5, address).close()
