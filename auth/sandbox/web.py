"""What is a request, and what an answer? Plain data, so that everything behind it can be asked without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    host: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secure: bool = True  # it came over TLS

    @property
    def base(self) -> str:
        """The server as the client calls it."""
        return f"{'https' if self.secure else 'http'}://{self.host}"

    def cookie(self, name: str) -> str:
        try:
            found = SimpleCookie(self.headers.get("cookie", "")).get(name)
        except CookieError:
            return ""
        return found.value if found else ""


@dataclass(frozen=True)
class Response:
    status: int = 200
    body: bytes = field(default=b"", repr=False)
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    drop: bool = False  # close the connection instead of answering


def page(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(status, text.encode(), headers=headers or {})


def as_json(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(status, json.dumps(content).encode(), "application/json; charset=utf-8", headers or {})


def redirect(url: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(302, headers={"Location": url, **(headers or {})})


Answer = Callable[[Request], Response]
