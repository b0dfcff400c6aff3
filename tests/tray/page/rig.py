"""A stand-in for the API, for the status page alone: the page's own files, and answers in the API's own types."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
from msgspec.structs import replace

from tray import page
from tray.api import types

NOW = datetime.now(UTC)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WORKS = types.CheckResult("ok")
CONSENT = types.ConsentRequest(
    "https://login.microsoftonline.com/firm.example/v2.0/adminconsent?client_id=11111111-2222-3333-4444-555555555555",
    "Bitte WIN-OFFICE für den Zugriff auf unsere Postfächer genehmigen",
    "Guten Tag,\n\nWIN-OFFICE arbeitet mit dem Postfach post@firm.example.\n\nVielen Dank.",
    "mailto:?subject=Bitte&body=Guten%20Tag",
)


def account(name: str, state: Any, **health: Any) -> types.AccountStatus:
    due = NOW + timedelta(days=61)
    usual = types.Health(
        state=state,
        since=NOW - timedelta(days=3),
        checked_at=NOW - timedelta(minutes=4),
        next_check_at=NOW + timedelta(minutes=11),
        sign_in_due=due,
        days_left=61,
        due_because="inactivity",
        due_confidence="known",
        checks=types.Checks(token=WORKS, imap=WORKS, smtp=WORKS),
    )
    return types.AccountStatus(
        id=name,
        address=f"{name}@firm.example",
        preset="microsoft365",
        signed_in_as=f"{name}@firm.example",
        renewed_by_system=False,
        sign_in_running=False,
        unread=0,
        health=replace(usual, **health),
    )


class StandIn(ThreadingHTTPServer):
    """Set `accounts`, `messages`, `letters` and `refuse`; read `calls`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.accounts: list[types.AccountStatus] = []
        self.messages: list[dict[str, Any]] = []
        self.letters: list[dict[str, Any]] = []
        self.warnings: list[types.Warned] = []
        self.sign_in = types.SignIn("none", None, None)
        self.answers: dict[str, Any] = {}  # by the path's last word
        self.refuse: dict[str, types.ProblemBody] = {}  # by the path's last word
        self.codes = {"once"}
        self.sessions: set[str] = set()
        self.calls: list[tuple[str, str, Any]] = []
        self.languages: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def change(self, name: str, **changes: Any) -> None:
        self.accounts = [replace(each, **changes) if each.id == name else each for each in self.accounts]

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        self.calls.append((method, path, body))
        if path == "/v1/status":
            counts = types.OutboxCounts(**{letter["state"]: 1 for letter in self.letters})
            return 200, types.Status("0.1.0", "ok", self.accounts, len(self.messages), counts, self.warnings, 0)
        if path.startswith("/v1/messages"):
            return 200, {"messages": self.messages, "next": None}
        if path.startswith("/v1/outbox"):
            return 200, {"letters": self.letters, "next": None}
        verb = path.rpartition("/")[2]
        if verb in self.refuse:
            return self.refuse[verb].status, self.refuse[verb]
        if verb == "sign-in":
            return self._sign_in(method, path.split("/")[3], body)
        return 200 if verb in self.answers else 204, self.answers.get(verb)

    def _sign_in(self, method: str, name: str, body: Any) -> tuple[int, Any]:
        if method == "POST" and body.get("device_code"):
            self.sign_in = types.SignIn("running", NOW, None)
            self.change(name, sign_in_running=True)
        elif method == "POST":
            self.sign_in = types.SignIn("running", NOW, None, url="https://login.example/authorize?x=1")
            self.change(name, sign_in_running=True)
        elif method == "DELETE":
            self.end_sign_in(name, types.SignIn("failed", NOW, NOW, title="Abgebrochen", next_step="Noch einmal."))
        return 202 if method == "POST" else 200, self.sign_in

    def end_sign_in(self, name: str, sign_in: types.SignIn) -> None:
        self.sign_in = sign_in
        self.change(name, sign_in_running=False)


class _Handler(BaseHTTPRequestHandler):
    server: StandIn
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)) or b"null")
        if self.path in page.paths():
            asset = page.asset(self.path)
            self._say(200, asset.media_type, asset.content)
        elif self.path == "/v1/page-session":
            self._exchange(body["code"])
        elif self.headers.get("authorization", "").removeprefix("Bearer ") not in self.server.sessions:
            self._json(401, {"title": "not known", "status": 401, "code": "not_authorized"})
        else:
            self.server.languages.add(self.headers["accept-language"])
            self._json(*self.server.answer(self.command, self.path, body))

    do_GET = do_POST = do_DELETE = _serve  # noqa: N815  http.server's names

    def _exchange(self, code: str) -> None:
        if code not in self.server.codes:
            self._json(401, {"title": "used", "status": 401, "code": "code_not_valid"})
            return
        self.server.codes.remove(code)
        secret = f"secret-{len(self.server.sessions)}"
        self.server.sessions.add(secret)
        self._json(201, {"secret": secret})

    def _json(self, status: int, content: Any) -> None:
        self._say(status, "application/json; charset=utf-8", b"" if content is None else msgspec.json.encode(content))

    def _say(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  as it is there
        """Quiet."""


@contextmanager
def stand_in() -> Iterator[StandIn]:
    server = StandIn()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
