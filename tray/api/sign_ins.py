"""The routes with which a person signs in and out."""

from __future__ import annotations

from litestar import Router, delete, get, post
from litestar.params import RawBody

from tray.api import types, views
from tray.api.fields import read
from tray.api.given import AccountId, Hub, InWords, Work, errors, needs
from tray.api.rights import Right


@post(
    "/sign-in",
    status_code=202,
    opt=needs(Right.MANAGE) | {"takes": {"application/json": types.SignInIn}},
    responses=errors("account_not_found", "sign_in_running"),
    summary="Open the browser for a sign-in, or get a code for one; one that runs already is joined",
)
async def begin_sign_in(account_id: AccountId, body: RawBody, hub: Hub, work: Work, texts: InWords) -> types.SignIn:
    asks = read(types.SignInIn, body) if body else types.SignInIn()
    status = await work.quick(
        lambda: hub.sign_in(account_id, select_account=asks.select_account, by_code=asks.device_code)
    )
    return views.sign_in(status, texts)


@get(
    "/sign-in",
    opt=needs(Right.READ),
    responses=errors("account_not_found"),
    summary="How the sign-in stands, or how the last ended",
)
async def get_sign_in(account_id: AccountId, hub: Hub, work: Work, texts: InWords) -> types.SignIn:
    return views.sign_in(await work.quick(hub.sign_in_status, account_id), texts)


@delete(
    "/sign-in",
    status_code=200,
    opt=needs(Right.MANAGE),
    responses=errors("account_not_found", "sign_in_not_running"),
    summary="Cancel the sign-in",
)
async def cancel_sign_in(account_id: AccountId, hub: Hub, work: Work, texts: InWords) -> types.SignIn:
    return views.sign_in(await work.change(hub.cancel_sign_in, account_id), texts)


@delete(
    "/session",
    opt=needs(Right.MANAGE),
    responses=errors("account_not_found", "vault_unusable"),
    summary="Sign out: the token is forgotten",
)
async def sign_out(account_id: AccountId, hub: Hub, work: Work) -> None:
    await work.change(hub.sign_out, account_id)


@post(
    "/sign-in",
    status_code=202,
    opt=needs(Right.MANAGE),
    responses=errors(),
    summary="Open the browser for one account after another, for all that wait for a sign-in; joins the one that runs",
)
async def begin_sitting(hub: Hub, work: Work) -> types.Sitting:
    return types.Sitting([account.id for account in await work.quick(hub.sign_in_all)])


@get(
    "/sign-in", opt=needs(Right.READ), responses=errors(), summary="Which accounts that sign-in of all still waits for"
)
async def get_sitting(hub: Hub, work: Work) -> types.Sitting:
    return types.Sitting([account.id for account in await work.quick(hub.sign_ins_left)])


all_router = Router("/v1", route_handlers=[begin_sitting, get_sitting], tags=["sign-in"])
router = Router(
    "/v1/accounts/{account_id:str}",
    route_handlers=[begin_sign_in, get_sign_in, cancel_sign_in, sign_out],
    tags=["sign-in"],
)
