"""The API's description for people, at /docs: the OpenAPI document and no more, so that it needs no secret either."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec
from litestar import Request, Response, get

from tray.api import docs_html, openapi
from tray.api.given import InWords

PATHS = ("/docs", "/docs.css")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""There is no script in it, so none may run."""


@get("/docs", include_in_schema=False)
async def page(texts: InWords) -> Response[bytes]:
    html = docs_html.page(msgspec.json.decode(openapi.content()), texts)
    return _answer(html.encode(), "text/html")


@get("/docs.css", include_in_schema=False)
async def style(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _answer((files("tray.page") / request.url.path[1:]).read_bytes(), "text/css")


def _answer(content: bytes, media_type: str) -> Response[bytes]:
    return Response(content, media_type=media_type, headers={"content-security-policy": _POLICY})
