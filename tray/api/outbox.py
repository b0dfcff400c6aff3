"""The routes with which a main app sends, and sees what became of it."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Router, delete, get, post
from litestar.params import HeaderParameter, QueryParameter, RawBody

from mail.compose import Enclosure, compose, from_raw
from mail.send import Envelope
from tray.api import mail_types as types
from tray.api import mail_views as views
from tray.api.fields import read
from tray.api.given import MOST, AccountId, Asking, Hub, InWords, Number, Order, Work, errors, needs
from tray.api.rights import Right

_TAKES: dict[str, Any] = {"application/json": types.LetterIn, "message/rfc822": bytes}


@post(
    "/accounts/{account_id:str}/outbox",
    status_code=202,
    opt=needs(Right.SEND) | {"takes": _TAKES},
    responses=errors(
        "account_not_found",
        "protocol_not_used",
        "sign_in_required",
        "consent_pending",
        "bad_address",
        "no_recipient",
        "empty_message",
        "bad_message",
        "idempotency_key_reused",
        "disk_full",
    ),
    summary="Accept a letter: it will be sent, or the sender is told",
)
async def send_letter(
    account_id: AccountId,
    request: Request[Any, Any, Any],
    body: RawBody,
    hub: Hub,
    work: Work,
    texts: InWords,
    program: Asking,
    idempotency_key: Annotated[
        str,
        HeaderParameter(
            name="Idempotency-Key", max_length=200, description="The same key and letter twice are one letter"
        ),
    ] = "",
) -> types.Letter:
    account = hub.account(account_id)
    make = _taken if request.content_type[0] == "message/rfc822" else _composed
    envelope = await work.quick(make, account.address, body)
    return views.letter(await work.quick(hub.send, account_id, envelope, idempotency_key, program), account, texts)


@get(
    "/outbox",
    opt=needs(Right.READ),
    responses=errors("account_not_found", "store_unusable"),
    summary="Letters in the order of their acceptance",
)
async def list_letters(
    hub: Hub,
    work: Work,
    texts: InWords,
    account: Annotated[str | None, QueryParameter(description="Only this account's")] = None,
    after: Annotated[int, QueryParameter(ge=0, le=MOST, description="`next` of the former page")] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=500, description="How many at most")] = 50,
    order: Annotated[Order, QueryParameter(description="newest: from the last one backwards")] = "arrival",
) -> types.LetterList:
    if account is not None:
        hub.account(account)
    found = await work.quick(hub.outbox.list, account, after, limit + 1, newest=order == "newest")
    shown = [views.letter(each, hub.settings.account(each.account), texts) for each in found[:limit]]
    return types.LetterList(shown, shown[-1].id if shown else after, len(found) > limit)


@get(
    "/outbox/{letter_id:int}",
    opt=needs(Right.READ),
    responses=errors("letter_not_found", "store_unusable"),
    summary="How one letter stands",
)
async def get_letter(letter_id: Number, hub: Hub, work: Work, texts: InWords) -> types.Letter:
    found = await work.quick(hub.outbox.get, letter_id)
    return views.letter(found, hub.settings.account(found.account), texts)


@delete(
    "/outbox/{letter_id:int}",
    status_code=200,
    opt=needs(Right.SEND),
    responses=errors("letter_not_found", "letter_not_cancellable", "disk_full"),
    summary="Take back a letter that waits, or clear away one that failed",
)
async def cancel_letter(letter_id: Number, hub: Hub, work: Work, texts: InWords) -> types.Letter:
    """Answers with the letter as it was last."""
    gone = await work.quick(hub.outbox.cancel, letter_id)
    await work.quick(hub.changed)
    return views.letter(gone, hub.settings.account(gone.account), texts)


@post(
    "/outbox/{letter_id:int}/resend",
    status_code=202,
    opt=needs(Right.SEND),
    responses=errors("letter_not_found", "letter_not_changeable", "disk_full"),
    summary="Send a letter again that failed or is unconfirmed",
)
async def send_letter_again(letter_id: Number, hub: Hub, work: Work, texts: InWords) -> types.Letter:
    """To all recipients of whom it is not certain that they got it. To close such a letter instead, delete it."""
    again = await work.quick(hub.send_again, letter_id)
    return views.letter(again, hub.settings.account(again.account), texts)


def _composed(address: str, body: bytes) -> Envelope:
    said = read(types.LetterIn, body)
    return compose(
        address,
        to=said.to,
        cc=said.cc,
        bcc=said.bcc,
        subject=said.subject,
        text=said.text,
        html=said.html,
        attachments=[Enclosure(each.name, each.content, each.content_type) for each in said.attachments],
    )


def _taken(address: str, body: bytes) -> Envelope:
    return from_raw(address, body)


router = Router(
    "/v1",
    route_handlers=[send_letter, list_letters, get_letter, cancel_letter, send_letter_again],
    tags=["outbox"],
)
