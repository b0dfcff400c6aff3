"""The routes with which programs get keys of their own, and lose them."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, delete, get, post
from litestar.params import PathParameter, RawBody

from tray.api.fields import read
from tray.api.given import Calling, TheKeys, Work, errors, needs
from tray.api.key_types import RIGHTS, KeyGiven, KeyIn, KeyList, KeyListed
from tray.api.program_keys import ProgramKey
from tray.api.rights import Right


@get("/", opt=needs(Right.OWN), responses=errors(), summary="Which programs have a key, and what each may do")
async def list_keys(keys: TheKeys) -> KeyList:
    return KeyList([_listed(key) for key in keys.programs.list()])


@post(
    "/",
    opt=needs(Right.OWN) | {"takes": {"application/json": KeyIn}},
    responses=errors("key_name_unfit", "rights_unfit", "key_name_taken", "disk_full"),
    summary="A new key for a program; it is told this once",
)
async def add_key(body: RawBody, keys: TheKeys, caller: Calling, work: Work) -> KeyGiven:
    said = read(KeyIn, body)
    key = await work.quick(keys.programs.add, said.name, said.rights, caller)
    return KeyGiven(said.name.strip(), said.rights, key)


@delete(
    "/{name:str}",
    opt=needs(Right.OWN),
    responses=errors("key_not_found", "disk_full"),
    summary="The key is worth nothing any more",
)
async def remove_key(
    name: Annotated[str, PathParameter(description="The key's `name`")], keys: TheKeys, work: Work
) -> None:
    await work.quick(keys.programs.remove, name)


def _listed(key: ProgramKey) -> KeyListed:
    return KeyListed(key.name, [name for name in RIGHTS if name in key.rights], key.added_at, key.used_at)


router = Router("/v1/keys", route_handlers=[list_keys, add_key, remove_key], tags=["keys"])
