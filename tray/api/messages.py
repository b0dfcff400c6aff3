"""The routes with which a main app takes over the mail that was fetched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import Message as Mime
from typing import Annotated, cast

from litestar import Response, Router, get, put
from litestar.params import QueryParameter
from litestar.response import Stream

from mail import message as parsing
from mail.large import Large
from tray.api import mail_types as types
from tray.api import mail_views as views
from tray.api.given import MOST, Hub, Number, Order, Work, errors, needs
from tray.api.problems import Refusal
from tray.api.rights import Right
from tray.api.workers import Workers

_FOREIGN = {"content-security-policy": "sandbox; default-src 'none'"}
"""Whatever a stranger sent is never part of our origin, should a browser show it."""


@get(
    "/",
    opt=needs(Right.READ),
    responses=errors("account_not_found", "store_unusable"),
    summary="Messages in the order of their arrival here",
)
async def list_messages(
    hub: Hub,
    work: Work,
    account: Annotated[str | None, QueryParameter(description="Only this account's")] = None,
    after: Annotated[int, QueryParameter(ge=0, le=MOST, description="`next` of the former page")] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=500, description="How many at most")] = 50,
    done: Annotated[bool | None, QueryParameter(description="false: only what nobody has taken over yet")] = None,
    order: Annotated[Order, QueryParameter(description="newest: from the last one backwards")] = "arrival",
) -> types.MessageList:
    if account is not None:
        hub.account(account)
    newest = order == "newest"
    rows = await work.quick(hub.inbox.list, account, after, limit + 1, done=done, newest=newest)
    shown = rows[:limit]
    return types.MessageList([views.listed(row) for row in shown], shown[-1].id if shown else after, len(rows) > limit)


@get(
    "/{message_id:int}",
    opt=needs(Right.READ),
    responses=errors("message_not_found", "store_unusable"),
    summary="One message, parsed",
)
async def get_message(message_id: Number, hub: Hub, work: Work) -> types.Message:
    return await work.quick(lambda: views.message(hub.inbox.get(message_id), hub.inbox.raw(message_id)))


@get(
    "/{message_id:int}/raw",
    opt=needs(Right.READ),
    responses=errors("message_not_found", "store_unusable"),
    media_type="message/rfc822",
    summary="One message as the server had it, byte for byte",
)
async def get_raw_message(message_id: Number, hub: Hub, work: Work) -> Response[bytes]:
    raw = await work.quick(hub.inbox.kept, message_id)
    if isinstance(raw, bytes):
        return _foreign(raw, "message/rfc822", f"{message_id}.eml")
    return _in_pieces(raw, work, f"{message_id}.eml")


@get(
    "/{message_id:int}/attachments/{number:int}",
    opt=needs(Right.READ),
    responses=errors("message_not_found", "store_unusable", "attachment_not_found"),
    media_type="application/octet-stream",
    summary="One attachment's content",
)
async def get_attachment(message_id: Number, number: Number, hub: Hub, work: Work) -> Response[bytes]:
    found = await work.quick(lambda: parsing.attachment(hub.inbox.raw(message_id), number))
    if found is None:
        raise Refusal(code="attachment_not_found")
    about, content = found
    return _foreign(content, "application/octet-stream", about.name)  # what the sender calls it is in the listing


@put(
    "/{message_id:int}/done",
    status_code=204,
    opt=needs(Right.READ),
    responses=errors("message_not_found", "store_unusable", "disk_full"),
    summary="Taken over",
)
async def mark_message_done(message_id: Number, hub: Hub, work: Work) -> None:
    await work.quick(hub.inbox.mark_done, message_id)
    await work.quick(hub.changed)


def _foreign(content: bytes, media_type: str, name: str) -> Response[bytes]:
    return Response(content, media_type=media_type, headers={**_FOREIGN, "content-disposition": disposition(name)})


def _in_pieces(raw: Large, work: Workers, name: str) -> Response[bytes]:
    """One piece in memory at a time, and the next only when the reader has taken the last."""
    pieces = raw.pieces()

    async def stream() -> AsyncIterator[bytes]:
        while piece := await work.quick(next, pieces, b""):
            yield piece

    headers = {**_FOREIGN, "content-disposition": disposition(name), "content-length": str(len(raw))}
    return cast("Response[bytes]", Stream(stream(), media_type="message/rfc822", headers=headers))


def disposition(name: str) -> str:
    """Always to be saved, never to be shown; names beyond ASCII as RFC 2231 has them."""
    header = Mime()
    header.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name) if not name.isascii() else name)
    return str(header["Content-Disposition"])


router = Router(
    "/v1/messages",
    route_handlers=[list_messages, get_message, get_raw_message, get_attachment, mark_message_done],
    tags=["messages"],
)
