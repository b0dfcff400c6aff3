"""Who takes the answer that a browser brings? A program's loopback receiver, without a program."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl


class Receiving(HTTPServer):
    """What a program's loopback receiver is: it takes one posted answer after the other.

    `onward`: where the browser is sent on to in the same tab, one address per answer, before the closing page.
    """

    def __init__(self) -> None:
        self.onward: list[str] = []
        self.answers: list[dict[str, str]] = []
        super().__init__(("127.0.0.1", 0), Receiver)

    @property
    def uri(self) -> str:
        return f"http://localhost:{self.server_port}"


class Receiver(BaseHTTPRequestHandler):
    server: Receiving

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.answers.append(dict(parse_qsl(text)))
        onward = self.server.onward.pop(0) if self.server.onward else ""
        self.send_response(302 if onward else 200)
        self.send_header(*(("Location", onward) if onward else ("Content-Type", "text/html")))
        self.end_headers()
        self.wfile.write(b"" if onward else b"<p>You may close this window.</p>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class calls it so
        """Say nothing."""
