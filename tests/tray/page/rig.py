"""A stand-in for the API, for the status page alone: the page's own files, and answers in the API's own types."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
from msgspec.structs import replace

from tray import page
from tray.api import mail_types, types

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
        fetching=None,
        health=replace(usual, **health),
    )


def mail(number: int, subject: str, **more: Any) -> mail_types.MessageListed:
    usual = mail_types.MessageListed(
        number, "info", "INBOX", f"Mieter {number} <m{number}@example.net>", ["info@firm.example"], subject,
        NOW - timedelta(hours=40 - number), NOW, 1000, [], done=False,
    )  # fmt: skip
    return replace(usual, **more)


def letter(number: int, state: Any, *to: str, account: str = "info", **more: Any) -> mail_types.Letter:
    usual = mail_types.Letter(
        number, account, state, list(to), f"<{number}@firm.example>", 1000, NOW - timedelta(hours=1), 1, None, None, {}
    )
    return replace(usual, **more)


class StandIn(ThreadingHTTPServer):
    """Set `accounts`, `messages`, `letters` and `refuse`; read `calls`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.accounts: list[types.AccountStatus] = []
        self.messages: list[mail_types.MessageListed] = []
        self.letters: list[mail_types.Letter] = []
        self.warnings: list[types.Warned] = []
        self.app_name = ""
        self.sign_in = types.SignIn("none", None, None)
        self.answers: dict[str, Any] = {}  # by the path's last word
        self.refuse: dict[str, types.ProblemBody] = {}  # by the path's last word
        self.codes = {"once"}
        self.sessions: set[str] = set()
        self.calls: list[tuple[str, str, Any]] = []
        self.languages: set[str] = set()
        self.resumed: list[str] = []  # the Last-Event-ID of each stream
        self.stream = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def listening(self, last: str) -> int:
        self.resumed.append(last)
        return int(last or 0)

    def news(self) -> bytes:
        """Anything that an event would tell of."""
        return msgspec.json.encode([self.accounts, self.messages, self.letters, self.warnings])

    def end_streams(self) -> None:
        self.stream += 1

    def change(self, name: str, **changes: Any) -> None:
        self.accounts = [replace(each, **changes) if each.id == name else each for each in self.accounts]

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        self.calls.append((method, path, body))
        if path == "/v1/status":
            counts = types.OutboxCounts(**{letter.state: 1 for letter in self.letters})
            status = types.Status("0.1.0", "ok", self.accounts, len(self.messages), counts, self.warnings, 0)
            return 200, replace(status, app_name=self.app_name)
        if path.startswith("/v1/messages?"):
            return 200, mail_types.MessageList(self.messages, 0, more=False)
        if path.startswith("/v1/outbox?"):
            return 200, mail_types.LetterList(self.letters, 0, more=False)
        verb = path.partition("?")[0].rpartition("/")[2]
        if refusal := self.refuse.get(f"{method} {verb}", self.refuse.get(verb)):
            return refusal.status, refusal
        if path == "/v1/sign-in":
            return 202, types.Sitting([each.id for each in self.accounts])
        if verb == "sign-in":
            return self._sign_in(method, path.split("/")[3], body)
        answer = self.answers.get(f"{method} {verb}", self.answers.get(verb))
        return 204 if answer is None else 200, answer

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
        elif not self._is_known():
            self._json(401, {"title": "not known", "status": 401, "code": "not_authorized"})
        elif self.path == "/v1/events":
            self._stream()
        else:
            self.server.languages.add(self.headers["accept-language"])
            self._json(*self.server.answer(self.command, self.path, body))

    def _is_known(self) -> bool:
        return self.headers.get("authorization", "").removeprefix("Bearer ") in self.server.sessions

    def _stream(self) -> None:
        """An event each time that something is different, as of the real ones; the page asks what."""
        number = self.server.listening(self.headers.get("last-event-id", ""))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.close_connection = True
        said, stream = self.server.news(), self.server.stream
        with contextlib.suppress(OSError):  # the page is gone
            self.wfile.write(f"retry: 2000\nid: {number}\n\n".encode())
            while stream == self.server.stream and self._is_known():
                time.sleep(0.03)
                if said == (said := self.server.news()):
                    continue
                number += 1
                self.wfile.write(f"event: outbox\nid: {number}\ndata: {{}}\n\n".encode())

    do_GET = do_POST = do_DELETE = do_PATCH = do_PUT = _serve  # noqa: N815  http.server's names

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
        server.end_streams()
        server.shutdown()
        server.server_close()
        thread.join()
