"""The route that has this PC checked."""

from __future__ import annotations

from functools import partial

from litestar import Router, post
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from tray.api.given import Hub, InWords, Work, errors, needs
from tray.api.rights import Right
from tray.doctor.report import Report
from tray.paths import Places


@post(
    "/doctor",
    status_code=200,
    opt=needs(Right.MANAGE, Right.OWN),
    responses=errors(),
    summary="Check this PC: one report without secrets, within some 15 seconds",
)
async def examine(hub: Hub, work: Work, texts: InWords, places: NamedDependency[SkipValidation[Places]]) -> Report:
    from tray.doctor.accounts import from_inside
    from tray.doctor.doctor import examined  # all that is checked is loaded only when it is

    own = partial(from_inside, hub.picture, texts)
    return await work.slow(examined, places, texts, own=own)


def router(places: Places) -> Router:
    given = {"places": Provide(lambda: places, sync_to_thread=False)}
    return Router("/v1", route_handlers=[examine], dependencies=given, tags=["status"])
