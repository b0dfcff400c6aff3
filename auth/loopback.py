"""What did the browser bring back? A receiver on this PC's loopback for the redirects of one sign-in."""

from __future__ import annotations

import hmac
import socket
import threading
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillWaiting
from contextlib import ExitStack, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from auth.loopback_ports import ANY_PORT, listen

BODY_LIMIT = 64 * 1024
CONNECTION_SECONDS = 5.0
"""How long a connection may take to send its request: browsers open idle ones in advance and come back with another."""
CONNECTION_LIMIT = 64
POLL_SECONDS = 0.1
CLOSING_SECONDS = 2.0
"""How long the browser may take to read its last page."""

Answer = Mapping[str, str]
_HEADERS = {
    "Connection": "close",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'",
}


class _Exchange:
    """One authorize request: what the browser brought, and what it is shown while it waits."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.answer: Future[Answer] = Future()
        self.reply: Future[tuple[HTTPStatus, str]] = Future()


class Receiver:
    """Waits for the redirect that carries `state`; everything else is turned away and changes nothing.

    The redirect URI says `localhost`, which is all that Microsoft accepts, and browsers try ::1 first for it: so both
    loopback addresses are bound, on one port that was free on both.
    """

    def __init__(self, state: str, *, ports: Iterable[int] = ANY_PORT) -> None:
        self._ports = ports
        self._exchange = _Exchange(state)
        self._taking = threading.Lock()
        self._running = ExitStack()

    def __enter__(self) -> Self:
        listeners = listen(self._ports, CONNECTION_LIMIT)
        self.port = int(listeners[0].getsockname()[1])
        for listener in listeners:
            server = _Server(listener, self)
            self._running.callback(server.finish)
            threading.Thread(
                target=server.serve_forever, args=(POLL_SECONDS,), name="sign-in redirect", daemon=True
            ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._exchange.reply.cancel()
        self._running.close()

    @property
    def redirect_uri(self) -> str:
        return f"http://localhost:{self.port}"

    def wait(self, until: float, cancelled: threading.Event) -> Answer | None:
        """The parameters that came with the right state; None at `until` (time.monotonic) or when cancelled."""
        while not cancelled.is_set() and (left := until - time.monotonic()) > 0:
            with suppress(StillWaiting):
                return self._exchange.answer.result(timeout=min(left, POLL_SECONDS))
        return None

    def answer(self, html: str) -> None:
        """Show the last page in the tab that waits."""
        self._exchange.reply.set_result((HTTPStatus.OK, html))

    def redirect(self, url: str, state: str) -> None:
        """Send the tab that waits on to a second authorize request, whose redirect will carry `state`."""
        before, self._exchange = self._exchange, _Exchange(state)
        before.reply.set_result((HTTPStatus.SEE_OTHER, url))

    def take(self, parameters: Mapping[str, list[str]]) -> Future[tuple[HTTPStatus, str]] | None:
        """What the browser will be shown; None where this is not the answer that is waited for."""
        exchange = self._exchange
        if any(len(values) != 1 for values in parameters.values()):
            return None
        answer = {name: values[0] for name, values in parameters.items()}
        if not hmac.compare_digest(answer.get("state", "").encode(), exchange.state.encode()):
            return None
        with self._taking:  # a double click brings the same answer twice
            if not exchange.answer.done():
                exchange.answer.set_result(answer)
        return exchange.reply


class _Server(ThreadingMixIn, HTTPServer):
    """One listener; a thread per connection, so that an idle one keeps nobody waiting."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, listener: socket.socket, receiver: Receiver) -> None:
        super().__init__(listener.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.receiver = receiver
        self.places = threading.Semaphore(CONNECTION_LIMIT)
        self.busy: set[threading.Thread] = set()

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002  socketserver's signature
        return self.places.acquire(blocking=False)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.busy.discard(threading.current_thread())
            self.places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is none of our business, and the default prints a traceback."""

    def finish(self) -> None:
        self.shutdown()
        self.server_close()
        deadline = time.monotonic() + CLOSING_SECONDS
        for thread in list(self.busy):
            thread.join(max(0.0, deadline - time.monotonic()))


class _Handler(BaseHTTPRequestHandler):
    """One connection, one request."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = CONNECTION_SECONDS
    too_slow: threading.Timer

    def handle(self) -> None:
        self.too_slow = threading.Timer(CONNECTION_SECONDS, self._stop_reading)
        self.too_slow.daemon = True
        self.too_slow.start()
        try:
            self.handle_one_request()
        finally:
            self.too_slow.cancel()

    def do_GET(self) -> None:
        self._take(urlsplit(self.path).query)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > BODY_LIMIT:
            return self._show(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self.headers.get_content_type() != "application/x-www-form-urlencoded":
            return self._show(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        return self._take(self.rfile.read(int(length)).decode("latin-1"))

    def _take(self, form: str) -> None:
        port = self.server.receiver.port
        if self.headers.get_all("Host") not in ([f"localhost:{port}"], [f"127.0.0.1:{port}"], [f"[::1]:{port}"]):
            return self._show(HTTPStatus.FORBIDDEN)
        if urlsplit(self.path).path not in {"", "/"}:
            return self._show(HTTPStatus.NOT_FOUND)
        self.server.busy.add(threading.current_thread())  # first: once the answer is taken, the receiver may close
        reply = self.server.receiver.take(parse_qs(form, keep_blank_values=True))
        if reply is None:
            self.server.busy.discard(threading.current_thread())
            return self._show(HTTPStatus.BAD_REQUEST)
        self.too_slow.cancel()
        return self._show(*reply.result())

    def _show(self, status: HTTPStatus, content: str = "") -> None:
        """Nothing that was sent to us is ever sent back."""
        body = content.encode() if status is HTTPStatus.OK else b""
        self.send_response_only(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if status is HTTPStatus.SEE_OTHER:
            self.send_header("Location", content)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def finish(self) -> None:
        """Whoever closes with something unread, or ends the process meanwhile, resets the connection, and the browser
        loses the page that it has not read yet. So the browser is left to close first (RFC 9112, 9.6).
        """
        super().finish()
        deadline = time.monotonic() + CLOSING_SECONDS
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            while (left := deadline - time.monotonic()) > 0:
                self.connection.settimeout(left)
                if not self.connection.recv(BODY_LIMIT):
                    break

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002  http.server's signature
        """The default page repeats parts of the request."""
        self._show(HTTPStatus(code))

    def log_message(self, *_: object) -> None:
        """The request line carries the authorization code."""

    def _stop_reading(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RD)
