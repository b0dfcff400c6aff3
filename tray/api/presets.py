"""The route that says what each preset sets, and what of it may be changed: for whoever shows a form."""

from __future__ import annotations

import msgspec
from litestar import Router, get

from mail.mailbox import Server
from tray.api.account_types import PresetName, ReceiveName, ServerPlace
from tray.api.given import errors, needs
from tray.api.rights import Right
from tray.presets import PRESETS, Preset


class PresetShown(msgspec.Struct, frozen=True):
    """`receive` is what holds where nothing is said, null: whatever server is named. The keys in `locked` may not be
    given. `microsoft`: a tenant says where to sign in, else an issuer does.
    """

    name: PresetName
    microsoft: bool
    issuer: str | None
    receive: ReceiveName | None
    receives: list[ReceiveName]
    imap: ServerPlace | None
    pop3: ServerPlace | None
    smtp: ServerPlace | None
    locked: list[str]


class PresetList(msgspec.Struct, frozen=True):
    presets: list[PresetShown]


@get("/presets", opt=needs(Right.READ), responses=errors(), summary="What each preset sets and locks")
async def list_presets() -> PresetList:
    return PresetList([_shown(preset) for preset in PRESETS.values()])


def _shown(preset: Preset) -> PresetShown:
    content = {
        "name": preset.name,
        "microsoft": preset.microsoft,
        "issuer": preset.issuer or None,
        "receive": preset.receive or None,
        "receives": preset.receives,
        "locked": sorted(preset.locked),
        **{name: _place(preset.servers.get(name)) for name in ("imap", "pop3", "smtp")},
    }
    return msgspec.convert(content, PresetShown)


def _place(server: Server | None) -> ServerPlace | None:
    return ServerPlace(server.host, server.port, server.security.value) if server else None


router = Router("/v1", route_handlers=[list_presets], tags=["accounts"])
