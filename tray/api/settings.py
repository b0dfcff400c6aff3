"""The routes for what concerns no single account: language, notices, and whether Postwart starts at log-on."""

from __future__ import annotations

import msgspec
from litestar import Router, get, patch, put
from litestar.params import RawBody

from tray import autostart
from tray.api.fields import read
from tray.api.given import Hub, Work, errors, needs
from tray.api.rights import Right
from tray.api.settings_types import Autostart, AutostartChange, Notify, Settings, SettingsChange
from tray.config_notify import spelled
from tray.settings import Settings as Configured


@get("/settings", opt=needs(Right.READ), responses=errors(), summary="Language and notices")
async def get_settings(hub: Hub) -> Settings:
    return _settings(hub.settings)


@patch(
    "/settings",
    opt=needs(Right.MANAGE) | {"takes": {"application/json": SettingsChange}},
    responses=errors("config_changed_meanwhile", "config_layout_unusual", "config_not_writable"),
    summary="Change language and notices; written to config.toml, whose comments stay",
)
async def change_settings(body: RawBody, hub: Hub, work: Work) -> Settings:
    changes = msgspec.to_builtins(read(SettingsChange, body))
    return _settings(await work.change(hub.change_settings, changes))


@get("/autostart", opt=needs(Right.READ), responses=errors(), summary="Whether Postwart starts at log-on")
async def get_autostart(work: Work) -> Autostart:
    return Autostart((await work.quick(autostart.standing)).value)


@put(
    "/autostart",
    opt=needs(Right.OWN) | {"takes": {"application/json": AutostartChange}},
    responses=errors("autostart_failed", "autostart_switched_off", "autostart_path_long"),
    summary="Start Postwart at log-on, or no longer",
)
async def set_autostart(body: RawBody, hub: Hub, work: Work) -> Autostart:
    now = await work.quick(autostart.switch, on=read(AutostartChange, body).on)
    await work.quick(hub.changed)
    return Autostart(now.value)


def _settings(configured: Configured) -> Settings:
    used, notify = configured.language, configured.notify
    return Settings(
        used if configured.language_said else None,  # type: ignore[arg-type]  # one of LANGUAGES, config.py sees to it
        used,  # type: ignore[arg-type]
        Notify(spelled(notify.quiet), notify.weekends, notify.contact or None),
    )


router = Router("/v1", route_handlers=[get_settings, change_settings, get_autostart, set_autostart], tags=["settings"])
