"""Who is let in at all? Every request is judged before anything is looked up: Host, origin, secret, type and size."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from tray.api.asgi import App, Receive, Scope, Send
from tray.api.body import Answer, Body
from tray.api.keys import Keys
from tray.api.problems import MEDIA_TYPE, Refusal
from tray.api.rights import Caller

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_TYPES = frozenset({"application/json", "message/rfc822"})
_OUTBOX = re.compile(r"/v1/accounts/[^/]+/outbox")
_OUTBOX_BYTES = 150 * 1024 * 1024  # Exchange Online takes messages up to this size; base64 in JSON makes them longer
_USUAL_BYTES = 1024 * 1024
_OPEN_BYTES = 4096


@dataclass(frozen=True)
class Head:
    """What is known of a request before its body. A header that comes twice is there twice."""

    version: str
    method: str
    target: str
    headers: tuple[tuple[bytes, bytes], ...]

    def all(self, name: bytes) -> list[bytes]:
        return [value for key, value in self.headers if key == name]

    def one(self, name: bytes) -> bytes:
        return next(iter(self.all(name)), b"")

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def has_body(self) -> bool:
        return self.one(b"content-length") not in {b"", b"0"} or bool(self.all(b"transfer-encoding"))


@dataclass(frozen=True)
class Doors:
    """Under which names we answer, and what reveals nothing, so that it needs no secret: methods and paths."""

    hosts: frozenset[bytes]
    open: frozenset[tuple[str, str]]


def judge(head: Head, doors: Doors, keys: Keys) -> Caller | Refusal | None:
    """Who calls, None for anybody at an open door, or why not. What a browser could be made to send comes first."""
    if head.version != "1.1":
        return Refusal(code="version_refused")
    if not head.target.startswith("/"):
        return Refusal(code="target_refused")  # absolute form: only a proxy is asked like this
    if head.method not in _METHODS:
        return Refusal(code="method_refused")
    host = head.all(b"host")
    if len(host) != 1 or host[0].lower() not in doors.hosts:
        return Refusal(code="host_refused")
    if _is_foreign(head, host[0].lower()):
        return Refusal(code="origin_refused")
    caller = _caller(head, keys)
    if caller is None and not _is_open(head, doors):
        return Refusal(code="not_authorized")
    return _refused_body(head, body_limit(head, doors)) or caller


def body_limit(head: Head, doors: Doors) -> int:
    if _is_open(head, doors):
        return _OPEN_BYTES
    return _OUTBOX_BYTES if head.method == "POST" and _OUTBOX.fullmatch(head.path) else _USUAL_BYTES


def _is_open(head: Head, doors: Doors) -> bool:
    return (head.method, head.path) in doors.open


def _is_foreign(head: Head, host: bytes) -> bool:
    """Browsers say where a request comes from; programs say nothing."""
    if any(origin.lower() != b"http://" + host for origin in head.all(b"origin")):
        return True
    return any(site.lower() not in {b"same-origin", b"none"} for site in head.all(b"sec-fetch-site"))


def _caller(head: Head, keys: Keys) -> Caller | None:
    authorization = head.all(b"authorization")
    if len(authorization) != 1:
        return None
    scheme, _, key = authorization[0].partition(b" ")
    return keys.caller(key.strip()) if scheme.lower() == b"bearer" else None


def _refused_body(head: Head, limit: int) -> Refusal | None:
    codings = [coding.strip().lower() for coding in head.all(b"transfer-encoding")]
    if codings and (codings != [b"chunked"] or head.all(b"content-length")):
        return Refusal(code="bad_request")  # two lengths (RFC 9112, section 6.1): whoever sends that means no good
    if head.method == "GET":
        return Refusal(code="body_refused") if head.has_body else None
    kind = head.one(b"content-type").partition(b";")[0].strip().lower().decode("latin-1")
    if (head.has_body or kind) and kind not in _TYPES:
        return Refusal(code="content_type_unknown", allowed=", ".join(sorted(_TYPES)))
    if head.all(b"content-encoding"):
        return Refusal(code="content_type_unknown", allowed="identity")
    length = head.one(b"content-length")
    if length.isdigit() and int(length) > limit:
        return Refusal(code="body_too_large", limit=limit // 1024)
    return None


def _target(scope: Scope) -> bytes:
    """What is routed by, or the absolute form as it came, of which the server keeps the path only."""
    whole: bytes = scope["extensions"]["target"]["whole"]
    return scope["raw_path"] if whole.startswith(b"/") else whole


class Guard:
    """ASGI middleware around everything, also around what does not exist."""

    def __init__(self, app: App, doors: Doors, keys: Keys, say: Callable[[Refusal, str], tuple[int, bytes]]) -> None:
        """`say` makes status and JSON of a refusal, in the language that the header asks for."""
        self._app = app
        self._keys = keys
        self._doors = doors
        self._say = say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # web sockets and lifespan are switched off in the server
        head = Head(scope["http_version"], scope["method"], _target(scope).decode("latin-1"), tuple(scope["headers"]))
        verdict = judge(head, self._doors, self._keys)
        body = Body(receive, body_limit(head, self._doors))
        answer = Answer(send, body, may_have_body=head.has_body)
        if isinstance(verdict, Refusal):
            await self._refuse(head, verdict, body, answer)
        else:
            scope["state"]["caller"] = verdict
            try:
                await self._let_in(scope, head, body, answer)
            except asyncio.CancelledError:
                if not answer.begun:
                    await self._refuse(head, Refusal(code="postwart_ending"), body, answer)
                raise

    async def _let_in(self, scope: Scope, head: Head, body: Body, answer: Answer) -> None:
        if head.has_body:
            try:
                await body.arrive()
            except Refusal as refusal:
                await self._refuse(head, refusal, body, answer)
                return
        if not body.cut_off:
            await self._app(scope, body, answer)

    async def _refuse(self, head: Head, refusal: Refusal, body: Body, send: Send) -> None:
        if head.has_body and not head.all(b"expect"):
            await body.drain()
        status, content = self._say(refusal, head.one(b"accept-language").decode("latin-1"))
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(content)).encode())]
        if status == HTTPStatus.UNAUTHORIZED:
            headers.append((b"www-authenticate", b"Bearer"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content, "more_body": False})
