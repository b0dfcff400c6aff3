"""The status page's door: its static shell, the exchange of its one-time code, and the proof of who answers here."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

from litestar import MediaType, Response, Router, get, post
from litestar.params import Parameter

from tray.api import types
from tray.api.fields import read
from tray.api.given import PageLink, TheKeys, errors, needs
from tray.api.keys import Right
from tray.api.problems import Refusal
from tray.version import __version__

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@get("/hello", responses=errors(), security=[{}], summary="A proof that this server holds the secret")
async def hello(keys: TheKeys, nonce: Annotated[str, Parameter(min_length=1, max_length=256)]) -> types.Hello:
    return types.Hello(__version__, keys.proof(nonce))


@post(
    "/page-code",
    status_code=201,
    opt=needs(Right.MANAGE),
    responses=errors(),
    summary="A link that opens the status page once, within a minute",
)
async def page_code(page_link: PageLink) -> types.PageCode:
    return types.PageCode(page_link())


@post(
    "/page-session",
    status_code=201,
    opt={"takes": {"application/json": types.PageSessionIn}},
    responses=errors(413, 415),
    security=[{}],
    summary="Exchange the code for the page's secret, which may do all but read tokens",
)
async def page_session(body: bytes, keys: TheKeys) -> types.PageSession:
    session = keys.exchange(read(types.PageSessionIn, body).code)
    if session is None:
        raise Refusal(code="code_not_valid")
    return types.PageSession(session)


@get("/", include_in_schema=False, media_type=MediaType.HTML)
async def shell() -> Response[bytes]:
    return _file("index.html", "text/html")


@get("/page.js", include_in_schema=False)
async def script() -> Response[bytes]:
    return _file("page.js", "text/javascript")


@get("/page.css", include_in_schema=False)
async def style() -> Response[bytes]:
    return _file("page.css", "text/css")


def _file(name: str, kind: str) -> Response[bytes]:
    """A few kilobytes from the package, rarely asked for: not kept in memory."""
    content = (files("tray.page") / name).read_bytes()
    return Response(content, media_type=f"{kind}; charset=utf-8", headers={"content-security-policy": _POLICY})


router = Router("/v1", route_handlers=[hello, page_code, page_session], tags=["page"])
static = [shell, script, style]
