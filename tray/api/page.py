"""The status page's door: its static shell, the exchange of its one-time code, and the proof of who answers here."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.params import QueryParameter, RawBody

from tray.api import types
from tray.api.fields import read
from tray.api.given import PageLink, TheKeys, errors, needs
from tray.api.problems import Refusal
from tray.api.rights import Right
from tray.page import asset, paths
from tray.version import __version__

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@get("/hello", responses=errors(), security=[{}], summary="A proof that this server holds the secret")
async def hello(
    keys: TheKeys,
    nonce: Annotated[str, QueryParameter(min_length=1, max_length=256, description="Any text not used before")],
) -> types.Hello:
    return types.Hello(__version__, keys.proof(nonce))


@post(
    "/page-code",
    status_code=201,
    opt=needs(Right.OWN),
    responses=errors(),
    summary="A link that opens the status page once, within a minute",
)
async def make_page_code(page_link: PageLink) -> types.PageCode:
    return types.PageCode(page_link())


@post(
    "/page-session",
    status_code=201,
    opt={"takes": {"application/json": types.PageSessionIn}},
    responses=errors("code_not_valid"),
    security=[{}],
    summary="Exchange the code for the page's secret, which may do all but read tokens",
)
async def begin_page_session(body: RawBody, keys: TheKeys) -> types.PageSession:
    session = keys.exchange(read(types.PageSessionIn, body).code)
    if session is None:
        raise Refusal(code="code_not_valid")
    return types.PageSession(session)


@get(list(paths()), include_in_schema=False)
async def static(request: Request[Any, Any, Any]) -> Response[bytes]:
    file = asset(request.url.path)
    media_type = file.media_type.partition(";")[0]  # the framework adds the character set
    return Response(file.content, media_type=media_type, headers={"content-security-policy": _POLICY})


router = Router("/v1", route_handlers=[hello, make_page_code, begin_page_session], tags=["page"])
