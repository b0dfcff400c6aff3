"""How do two connections run into each other until one ends? Fast, with little memory, asleep while both are silent."""

from __future__ import annotations

import selectors
import socket
import ssl

_CHUNK = 1 << 18
_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def splice(near: socket.socket, far: socket.socket) -> None:
    """Until one side ends; what it sent before reaches the other. Raises OSError where a connection breaks.

    One thread does both ways: OpenSSL's connections must not be read and written by two threads at once.
    """
    for each in (near, far):
        each.setblocking(False)
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        each.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    ways = (_Way(near, far), _Way(far, near))
    with selectors.DefaultSelector() as selector:
        while True:
            moved = [way.move() for way in ways]
            if any(way.ended for way in ways):
                return
            if not any(moved):
                _sleep(selector, ways)


class _Way:
    """From one side to the other. Holds one chunk at most: who does not read is not read for."""

    def __init__(self, source: socket.socket, sink: socket.socket) -> None:
        self._sink = sink
        self._held = memoryview(b"")
        self.socket = source
        self.ended = False
        self.waits_for: tuple[socket.socket, int] = (source, _READ)

    def move(self) -> bool:
        """Whether anything went on."""
        if self.ended:
            return False
        try:
            if self._held:
                self.waits_for = self._sink, _WRITE
                self._held = self._held[self._sink.send(self._held) :]
            else:
                self.waits_for = self.socket, _READ
                self._held = memoryview(self.socket.recv(_CHUNK))
                self.ended = not self._held
        except (BlockingIOError, ssl.SSLWantReadError):
            if isinstance(self.waits_for[0], ssl.SSLSocket):
                self.waits_for = self.waits_for[0], _READ
            return False
        except ssl.SSLWantWriteError:
            self.waits_for = self.waits_for[0], _WRITE
            return False
        return not self.ended


def _sleep(selector: selectors.BaseSelector, ways: tuple[_Way, _Way]) -> None:
    wanted: dict[socket.socket, int] = {}
    for way in ways:
        sock, events = way.waits_for
        wanted[sock] = wanted.get(sock, 0) | events
    known: dict[object, int] = {key.fileobj: key.events for key in selector.get_map().values()}
    for way in ways:
        if way.socket in known and way.socket not in wanted:
            selector.unregister(way.socket)
    for sock, events in wanted.items():
        if sock not in known:
            selector.register(sock, events)
        elif known[sock] != events:
            selector.modify(sock, events)
    selector.select()
