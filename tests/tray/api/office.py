"""A running API for a test, and callers of it: a well-behaved one, and one that sends whatever bytes it likes."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from tests.tray.api.description import conforms
from tests.tray.api.hub import Hub, open_hub
from tray.api.server import ApiServer
from tray.paths import Places, places


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass
class Office:
    server: ApiServer
    hub: Hub
    places: Places
    seen: set[tuple[str, str, int]] = field(default_factory=set)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.server.keys.secret}"}

    def call(
        self,
        method: str,
        target: str,
        body: bytes | dict[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        key: str | None = None,
    ) -> Answer:
        """With the secret, unless another `key` is given; an empty one is sent as none. Each answer is held to the
        description.
        """
        said = {} if key == "" else {"Authorization": f"Bearer {key}"} if key else self.bearer
        if isinstance(body, dict):
            body, said = json.dumps(body).encode(), {**said, "Content-Type": "application/json"}
        connection = http.client.HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, target, body, {**said, **(headers or {})})
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            endless = headers.get("content-type", "").startswith("text/event-stream")
            answer = Answer(response.status, headers, response.read1() if endless else response.read())
        finally:
            connection.close()
        conforms(method, target, answer.status, headers.get("content-type", ""), answer.content)
        self.seen.add((method, target.partition("?")[0], answer.status))
        return answer

    def send(self, raw: bytes, patience: float = 15) -> bytes:
        """Bytes on the wire, and all that came back until the server closed or fell silent."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=patience) as wire:
            answer = b""
            try:
                wire.sendall(raw)
                while chunk := wire.recv(65536):
                    answer += chunk
            except (ConnectionError, TimeoutError):
                pass  # cut off: what came before is the answer
            return answer


def status_of(answer: bytes) -> int:
    """0: none came."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@contextmanager
def running(folder: Path, **settings: Any) -> Iterator[Office]:
    """With `settings` that are not the usual ones."""
    where = places({"POSTWART_HOME": str(folder / "home")})
    where.create()
    with open_hub(where.data) as hub:
        hub.settings = replace(hub.settings, **settings)
        with ApiServer(cast("Any", hub), where, hub.program_keys, hub.feed) as server:
            yield Office(server, hub, where)


def request(
    office: Office, method: str, path: str, *, host: str | None = None, more: str = "", body: str = ""
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Connection: close"]
    lines += [f"Host: {office.host}"] if host is None else [f"Host: {host}"] if host else []
    lines += [line for line in more.split("\n") if line]
    lines += [f"Content-Length: {len(body)}"] if body else []
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def with_secret(office: Office, more: str = "") -> str:
    return f"Authorization: Bearer {office.server.keys.secret}\n{more}"
