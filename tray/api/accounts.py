"""The routes with which accounts are listed, added, changed and removed. All of it is written to config.toml."""

from __future__ import annotations

from litestar import Router, delete, get, patch, post
from litestar.params import RawBody

from tray.api import account_types as types
from tray.api import views
from tray.api.fields import read_object
from tray.api.given import AccountId, Hub, InWords, Work, errors, needs
from tray.api.rights import Right
from tray.settings import Account as Configured
from tray.texts import Texts


@get("/", opt=needs(Right.READ), responses=errors(), summary="All accounts")
async def list_accounts(hub: Hub, work: Work, texts: InWords) -> types.AccountList:
    accounts = hub.settings.accounts
    return types.AccountList([await work.quick(_account, hub, account, texts) for account in accounts])


@post(
    "/",
    opt=needs(Right.MANAGE) | {"takes": {"application/json": types.AccountIn}},
    responses=errors("account_exists", "config_changed_meanwhile", "config_layout_unusual", "config_not_writable"),
    summary="Add an account",
)
async def add_account(body: RawBody, hub: Hub, work: Work, texts: InWords) -> types.Account:
    added = await work.change(hub.add_account, read_object(body))
    return await work.quick(_account, hub, added, texts)


@get("/{account_id:str}", opt=needs(Right.READ), responses=errors("account_not_found"), summary="One account")
async def get_account(account_id: AccountId, hub: Hub, work: Work, texts: InWords) -> types.Account:
    return await work.quick(_account, hub, hub.account(account_id), texts)


@patch(
    "/{account_id:str}",
    opt=needs(Right.MANAGE) | {"takes": {"application/json": types.AccountChange}},
    responses=errors("account_not_found", "config_changed_meanwhile", "config_layout_unusual", "config_not_writable"),
    summary="Change an account",
)
async def change_account(account_id: AccountId, body: RawBody, hub: Hub, work: Work, texts: InWords) -> types.Account:
    changed = await work.change(hub.change_account, account_id, read_object(body))
    return await work.quick(_account, hub, changed, texts)


@delete(
    "/{account_id:str}",
    opt=needs(Right.MANAGE),
    responses=errors(
        "account_not_found",
        "config_changed_meanwhile",
        "config_layout_unusual",
        "vault_unusable",
        "config_not_writable",
    ),
    summary="Remove an account and forget its sign-in; mail that was fetched stays",
)
async def remove_account(account_id: AccountId, hub: Hub, work: Work) -> None:
    await work.change(hub.remove_account, account_id)


def _account(hub: Hub, configured: Configured, texts: Texts) -> types.Account:
    return types.account(configured, views.health(hub.health(configured.id), texts))


router = Router(
    "/v1/accounts",
    route_handlers=[list_accounts, add_account, get_account, change_account, remove_account],
    tags=["accounts"],
)
