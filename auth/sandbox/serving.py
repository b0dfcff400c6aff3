"""How do requests come in? A small server, with TLS or without, that no idle or broken connection can hold up."""

from __future__ import annotations

import errno
import logging
import socket
import ssl
import threading
from collections.abc import Mapping
from datetime import UTC
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from auth.exclusive_port import listening
from auth.provider import Clock
from auth.sandbox.certificate import ServerCertificate
from auth.sandbox.web import Answer, Request, Response

log = logging.getLogger(__name__)
LARGEST_BODY = 65_536
HANDSHAKE_SECONDS = 10
IDLE_SECONDS = 60
POLL_SECONDS = 0.05


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Sandbox"
    sys_version = ""
    timeout = IDLE_SECONDS
    wbufsize = -1  # headers and body in one packet: the second one would wait 40 ms for the first one's receipt
    disable_nagle_algorithm = True
    server: Listener

    def do_GET(self) -> None:
        self._answer({})

    def do_HEAD(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._send(Response(413))
            return
        self._answer(dict(parse_qsl(self.rfile.read(int(length)).decode("utf-8", "replace"), keep_blank_values=True)))

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002  the base class has it
        """By the sandbox's clock, as everything it says."""
        return format_datetime(self.server.clock().astimezone(UTC), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class calls it so
        """Say nothing: paths and query strings carry codes."""

    def _answer(self, form: Mapping[str, str]) -> None:
        url = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        host = headers.get("host", "localhost")
        response = self.server.answer(Request(self.command, url.path, host, query, form, headers, self.server.secure))
        if response.drop:
            self.close_connection = True
            return
        self._send(response)

    def _send(self, response: Response) -> None:
        self.send_response_only(response.status)
        self.send_header("Server", self.version_string())
        self.send_header("Content-Type", response.kind)
        self.send_header("Content-Length", str(len(response.body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in {"Date": self.date_time_string(), **response.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)


class Listener(ThreadingHTTPServer):
    """One address family. The TLS handshake is done in the connection's own thread."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(
        self, family: socket.AddressFamily, port: int, context: ssl.SSLContext | None, answer: Answer, clock: Clock
    ) -> None:
        self.address_family = family
        self._context = context
        self.secure = context is not None
        self.answer = answer
        self.clock = clock
        self.open: set[socket.socket] = set()
        address = "::1" if family == socket.AF_INET6 else "127.0.0.1"
        super().__init__((address, port), Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening(port, self.request_queue_size, address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def finish_request(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)  # noqa: S101  typeshed allows datagrams, which this is not
        request.settimeout(HANDSHAKE_SECONDS)
        self.open.add(request)
        try:
            if self._context is None:
                Handler(request, client_address, self)
            else:
                self._secured(request, client_address, self._context)
        except (OSError, ValueError) as trouble:  # clients that go away, and those that do not trust the certificate
            log.debug("connection ended: %s", trouble)
        finally:
            self.open.discard(request)

    def _secured(self, request: socket.socket, client_address: object, context: ssl.SSLContext) -> None:
        with context.wrap_socket(request, server_side=True, do_handshake_on_connect=False) as secure:
            self.open.add(secure)
            try:
                secure.do_handshake()
                Handler(secure, client_address, self)
            finally:
                self.open.discard(secure)

    def close_connections(self) -> None:
        """Their threads wake up and end."""
        for connection in list(self.open):
            try:
                socket.socket.shutdown(connection, socket.SHUT_RDWR)  # not SSLSocket's, which is not thread-safe
            except OSError as gone:
                log.debug("already closed: %s", gone)


class Server:
    """Listens as `localhost` on both address families; on the same port after each start. No certificate: no TLS."""

    def __init__(self, certificate: ServerCertificate | None, answer: Answer, clock: Clock) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
        if self._context and certificate:
            self._context.load_cert_chain(certificate.file, certificate.key_file)
        self._answer = answer
        self._clock = clock
        self._running: list[tuple[Listener, threading.Thread]] = []
        self.port = 0

    def start(self) -> None:
        if self._running:
            return
        for listener in self._listeners():
            thread = threading.Thread(target=listener.serve_forever, args=(POLL_SECONDS,), name="sandbox", daemon=True)
            thread.start()
            self._running.append((listener, thread))

    def stop(self) -> None:
        """From now on connections are refused, and those that stand are closed."""
        for listener, thread in self._running:
            listener.shutdown()
            listener.server_close()
            listener.close_connections()
            thread.join()
        self._running.clear()

    def _listeners(self) -> list[Listener]:
        """`localhost` is asked at ::1 first, and a refusal there costs two seconds on Windows."""
        for _ in range(20):
            first = Listener(socket.AF_INET, self.port, self._context, self._answer, self._clock)
            try:
                second = Listener(socket.AF_INET6, first.server_port, self._context, self._answer, self._clock)
            except OSError as trouble:
                if trouble.errno != errno.EADDRINUSE:  # no IPv6 here
                    self.port = first.server_port
                    return [first]
                first.server_close()
                continue
            self.port = first.server_port
            return [first, second]
        raise OSError(errno.EADDRINUSE, "no port is free on both 127.0.0.1 and ::1")
