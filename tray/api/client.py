"""How does another process of ours, such as the command line, call the running Postwart? Plain HTTP on loopback."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import secrets
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

from auth.problems import Problem
from tray.paths import Places
from tray.runtime import ApiFile, NotAnswering, wait_for_api_file
from tray.version import __version__

SECONDS = 300.0
"""A check asks three servers, a fetch may bring a thousand messages; both answer only when they are done."""

KEY_VARIABLE = "POSTWART_KEY"
"""A key of one's own for a script that calls the command line, where `[api] default_key = false`."""

_START_SECONDS = 5.0
_HELLO_BYTES = 4096


class ApiRefused(Problem):
    """The API's own words: they are already in the reader's language."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(str(body.get("detail", "")), code=str(body.get("code", "unexpected")))
        self.status = status
        self.title = str(body.get("title", ""))
        self.next_step = str(body.get("next_step", ""))
        self.admin_help = str(body.get("admin_help", ""))
        self.state = str(body.get("state", ""))
        self.errors: list[dict[str, str]] = list(body.get("errors", []))


class ApiClient:
    """One connection at a time, closed after each call. http.client knows no proxies, which is what we want here."""

    def __init__(self, api: ApiFile, language: str = "en", *, seconds: float = SECONDS) -> None:
        """`seconds` is how long an answer may be waited for."""
        self._seconds = seconds
        self._address = urlsplit(api.url).netloc
        self._proof = api.secret
        self._headers = {
            "Authorization": f"Bearer {os.environ.get(KEY_VARIABLE) or api.secret}",
            "Accept-Language": language,
            "User-Agent": f"postwart/{__version__}",
        }

    @classmethod
    def discover(cls, places: Places, language: str = "en") -> Self | None:
        """None: no Postwart of this user runs. Raises NotAnswering."""
        api = wait_for_api_file(places.data, places.runtime, _START_SECONDS)
        return cls(api, language) if api else None

    def get(self, *path: str, **query: object) -> Any:
        return self.call("GET", path, query=query)

    def post(self, *path: str, json_body: object = None, raw: bytes | None = None) -> Any:
        """`raw` is a message as it stands in an .eml file."""
        if raw is not None:
            return self.call("POST", path, body=raw, kind="message/rfc822")
        body = b"" if json_body is None else json.dumps(json_body).encode()
        return self.call("POST", path, body=body, kind="application/json")

    def put(self, *path: str, json_body: object) -> Any:
        return self.call("PUT", path, body=json.dumps(json_body).encode(), kind="application/json")

    def patch(self, *path: str, json_body: object) -> Any:
        return self.call("PATCH", path, body=json.dumps(json_body).encode(), kind="application/json")

    def delete(self, *path: str) -> Any:
        return self.call("DELETE", path)

    def call(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        query: Mapping[str, object] | None = None,
        body: bytes | None = None,
        kind: str = "",
    ) -> Any:
        """The decoded answer. Raises ApiRefused, NotAnswering."""
        target = "/v1/" + "/".join(quote(part, safe="") for part in path)
        said = {name: value for name, value in (query or {}).items() if value is not None}
        target += f"?{urlencode(said)}" if said else ""
        headers = {**self._headers, **({"Content-Type": kind} if kind else {})}
        connection = http.client.HTTPConnection(self._address, timeout=self._seconds)
        try:
            self._recognise(connection)
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as fault:
            raise NotAnswering(str(fault)) from fault
        finally:
            connection.close()
        return _decoded(response.status, content)

    def _recognise(self, connection: http.client.HTTPConnection) -> None:
        """The secret goes to whoever proves to hold it already, over this very connection: after a crash the port may
        be another user's. Raises NotAnswering, OSError, HTTPException.
        """
        nonce = secrets.token_urlsafe(16)
        connection.request("GET", f"/v1/hello?nonce={nonce}")
        response = connection.getresponse()
        content = response.read(_HELLO_BYTES)
        expected = hmac.new(self._proof.encode(), nonce.encode(), hashlib.sha256).hexdigest()
        said = _decoded(response.status, content)
        if response.will_close or not isinstance(said, dict) or not _same(said.get("proof"), expected):
            raise NotAnswering("somebody else answers there")


def _same(said: object, expected: str) -> bool:
    return isinstance(said, str) and hmac.compare_digest(said.encode(), expected.encode())


def _decoded(status: int, content: bytes) -> Any:
    try:
        answer = json.loads(content) if content else None
    except ValueError as fault:
        raise NotAnswering(f"status {status}") from fault
    if status >= http.client.BAD_REQUEST:
        raise ApiRefused(status, answer if isinstance(answer, dict) else {})
    return answer
