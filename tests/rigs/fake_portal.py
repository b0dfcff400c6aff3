"""What if the desktop prefers dark or light? A settings portal without one; `Set` through `/rig` changes it."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

from dbus_fast import Variant
from dbus_fast.aio.message_bus import MessageBus
from dbus_fast.annotations import DBusInt32, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

Any_ = Annotated[Variant, DBusSignature("v")]
Changed = Annotated[list[object], DBusSignature("ssv")]
Nothing = Annotated[None, DBusSignature("")]
SCHEME = ("org.freedesktop.appearance", "color-scheme")


class Settings(ServiceInterface):
    def __init__(self, scheme: int) -> None:
        super().__init__("org.freedesktop.portal.Settings")
        self.scheme = scheme

    @dbus_method()
    def Read(self, namespace: DBusStr, key: DBusStr) -> Any_:  # noqa: N802  the portal's names
        assert (namespace, key) == SCHEME
        return Variant("v", Variant("u", self.scheme))

    @dbus_signal()
    def SettingChanged(self) -> Changed:  # noqa: N802
        return [*SCHEME, Variant("u", self.scheme)]


class Rig(ServiceInterface):
    def __init__(self, settings: Settings) -> None:
        super().__init__("rig.Portal")
        self._settings = settings

    @dbus_method()
    def Set(self, scheme: DBusInt32) -> Nothing:  # noqa: N802
        self._settings.scheme = scheme
        self._settings.SettingChanged()


async def main(scheme: int) -> None:
    bus = await MessageBus().connect()
    settings = Settings(scheme)
    bus.export("/org/freedesktop/portal/desktop", settings)
    bus.export("/rig", Rig(settings))
    await bus.request_name("org.freedesktop.portal.Desktop")
    await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
