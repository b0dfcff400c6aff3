"""Who takes in the clients of one port? A thread that accepts, and one thread for each conversation."""

from __future__ import annotations

import selectors
import socket
import threading

from mail.sandbox.house import House, Session
from mail.sandbox.wire import Wire


class Counter:
    def __init__(self, house: House, session: type[Session], listening: socket.socket, *, implicit_tls: bool) -> None:
        self._house, self._session, self._implicit_tls = house, session, implicit_tls
        self._listening = listening
        self._listening.setblocking(False)
        self.port: int = listening.getsockname()[1]
        self._bell, self._ring = socket.socketpair()
        self._lock = threading.Lock()
        self._stopping = False
        self._busy: dict[threading.Thread, Session] = {}
        self._door = threading.Thread(target=self._accept, name=f"sandbox-{session.protocol}-door", daemon=True)

    def start(self) -> None:
        self._door.start()

    def begin_stop(self) -> None:
        with self._lock:
            self._stopping = True
            sessions = list(self._busy.values())
        self._ring.send(b"!")
        for session in sessions:
            session.wire.stop()

    def join(self) -> None:
        self._door.join()
        with self._lock:
            threads = list(self._busy)
        for thread in threads:
            thread.join()
        for each in (self._listening, self._bell, self._ring):
            each.close()

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listening, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            while True:
                selector.select()
                if self._stopping:
                    return
                try:
                    client, _ = self._listening.accept()
                except (BlockingIOError, ConnectionError):
                    continue  # it left before it was its turn
                self._take_in(client)

    def _take_in(self, client: socket.socket) -> None:
        session = self._session(self._house, Wire(client), implicit_tls=self._implicit_tls)
        thread = threading.Thread(target=self._serve, args=(session,), name=f"sandbox-{session.protocol}", daemon=True)
        with self._lock:
            self._busy[thread] = session
            if self._stopping:
                session.wire.stop()
        thread.start()

    def _serve(self, session: Session) -> None:
        with self._house.lock:
            self._house.sessions.add(session)
        try:
            session.run()
        finally:
            with self._house.lock:
                self._house.sessions.discard(session)
            with self._lock:
                self._busy.pop(threading.current_thread(), None)
