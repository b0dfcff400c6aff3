"""Which routes are there? In the order in which they are described."""

from __future__ import annotations

from collections.abc import Sequence

from litestar.types import ControllerRouterHandler

from tray.api import (
    accounts,
    docs,
    doctor,
    events,
    messages,
    openapi,
    outbox,
    page,
    presets,
    programs,
    settings,
    sign_ins,
    status,
    timelines,
    verbs,
)
from tray.paths import Places


def routes(places: Places) -> Sequence[ControllerRouterHandler]:
    return [
        status.router,
        accounts.router,
        sign_ins.router,
        sign_ins.all_router,
        verbs.router,
        messages.router,
        outbox.router,
        programs.router,
        doctor.router(places),
        settings.router,
        presets.router,
        timelines.router,
        page.router,
        page.static,
        events.router,
        openapi.document,
        docs.page,
        docs.style,
    ]
