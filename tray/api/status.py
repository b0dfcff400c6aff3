"""The routes that say how everything is, and the one that ends it."""

from __future__ import annotations

from litestar import Router, get, post

from tray.api import types, views
from tray.api.given import Hub, InWords, Work, errors, needs
from tray.api.rights import Right


@get("/status", opt=needs(Right.READ), responses=errors(), summary="Version, overall state, every account's health")
async def get_status(hub: Hub, work: Work, texts: InWords) -> types.Status:
    return views.status(await work.quick(hub.picture), texts)


@post("/stop", status_code=204, opt=needs(Right.MANAGE, Right.OWN), responses=errors(), summary="End Postwart")
async def stop_postwart(hub: Hub) -> None:
    hub.stop()


router = Router("/v1", route_handlers=[get_status, stop_postwart], tags=["status"])
