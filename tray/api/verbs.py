"""The routes that do something for one account now: check, fetch, token, test mail, consent request, journal."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Router, get, post
from litestar.params import QueryParameter

from tray.api import types, views
from tray.api.catalogue import NOT_READY
from tray.api.given import MOST, AccountId, Asking, Hub, InWords, Work, errors, needs
from tray.api.journal_types import Journal
from tray.api.rights import Right

_ProtocolName = Literal["imap", "pop3", "smtp"]


@post(
    "/check",
    status_code=200,
    opt=needs(Right.MANAGE),
    responses=errors("account_not_found", "vault_unusable"),
    summary="A real refresh and a login at each server, now",
)
async def check_now(account_id: AccountId, hub: Hub, work: Work, texts: InWords) -> types.Health:
    return views.health(await work.slow(hub.check, account_id), texts)


@post(
    "/fetch",
    status_code=200,
    opt=needs(Right.READ),
    responses=errors(
        "account_not_found",
        "protocol_not_used",
        *NOT_READY,
        "fetch_running",
        "mailbox_refused",
        "server_unreachable",
        "disk_full",
    ),
    summary="Fetch new mail now",
)
async def fetch_now(account_id: AccountId, hub: Hub, work: Work) -> types.FetchResult:
    fetched = await work.slow(hub.fetch, account_id)
    return types.FetchResult(fetched.new, fetched.bytes, fetched.deleted, fetched.skipped)


@get(
    "/token",
    opt=needs(Right.TOKEN),
    responses=errors("account_not_found", "protocol_not_used", *NOT_READY, "vault_unusable"),
    summary="An access token and all that a mail client needs with it",
)
async def get_token(
    account_id: AccountId,
    hub: Hub,
    work: Work,
    program: Asking,
    for_: Annotated[
        _ProtocolName | None,
        QueryParameter(
            name="for", description="Which server it is for; if not said, the one that mail is received from"
        ),
    ] = None,
) -> types.Token:
    receives = hub.account(account_id).receive
    protocol = for_ or ("smtp" if receives == "none" else receives)
    given = await work.token(hub.token, account_id, protocol, program)
    return types.Token(
        given.access_token,
        given.expires_at,
        given.username,
        given.server.host,
        given.server.port,
        given.server.security.value,
        given.xoauth2,
    )


@post(
    "/test-mail",
    status_code=202,
    opt=needs(Right.SEND),
    responses=errors("account_not_found", "protocol_not_used", *NOT_READY, "disk_full"),
    summary="A mail to oneself, signing in first where needed",
)
async def send_test_mail(account_id: AccountId, hub: Hub, work: Work, texts: InWords) -> types.TestMail:
    result = await work.quick(hub.test_mail, account_id)
    sign_in = views.sign_in(result.sign_in, texts) if result.sign_in else None
    return types.TestMail(result.letter.id if result.letter else None, sign_in)


@get(
    "/consent-request",
    opt=needs(Right.READ),
    responses=errors("account_not_found", "consent_not_needed"),
    summary="Admin-consent link, and a mail to the administrator",
)
async def get_consent_request(account_id: AccountId, hub: Hub, texts: InWords) -> types.ConsentRequest:
    asked = hub.consent_request(account_id, texts.language)
    return types.ConsentRequest(asked.url, asked.subject, asked.text, asked.mailto)


@get(
    "/journal",
    opt=needs(Right.READ),
    responses=errors("account_not_found", "store_unusable"),
    summary="What happened, newest first",
)
async def get_journal(
    account_id: AccountId,
    hub: Hub,
    work: Work,
    texts: InWords,
    before: Annotated[int | None, QueryParameter(ge=1, le=MOST, description="`next` of the former page")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=1000, description="How many at most")] = 100,
) -> Journal:
    hub.account(account_id)
    entries = await work.quick(hub.journal.read, account_id, limit, before)
    return Journal(
        [views.entry(each, texts) for each in entries],
        entries[-1].id if len(entries) == limit else None,
    )


router = Router(
    "/v1/accounts/{account_id:str}",
    route_handlers=[check_now, fetch_now, get_token, send_test_mail, get_consent_request, get_journal],
    tags=["accounts"],
)
