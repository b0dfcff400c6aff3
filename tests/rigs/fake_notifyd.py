"""What did a program notify, and what if a person pressed that button? A notification daemon that needs no screen.

Run with a file's name: each call becomes a JSON line there. A test presses buttons through `/rig`, `rig.Desk`. Its
signals stand in its introspection, without which desktop-notifier does not listen to them.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

from dbus_fast import Variant
from dbus_fast.aio.message_bus import MessageBus
from dbus_fast.annotations import DBusBool, DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

Nothing = Annotated[None, DBusSignature("")]
Strings = Annotated[list[str], DBusSignature("as")]
Four = Annotated[list[str], DBusSignature("ssss")]
Invoked = Annotated[list[object], DBusSignature("us")]
Closed = Annotated[list[int], DBusSignature("uu")]

DISMISSED, CLOSED_BY_APP = 2, 3


class Notifications(ServiceInterface):
    def __init__(self, record: Path) -> None:
        super().__init__("org.freedesktop.Notifications")
        self.open: dict[int, dict[str, str]] = {}  # label → action key
        self._record = record
        self._last = 0

    def note(self, event: str, **facts: object) -> None:
        with self._record.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"event": event, **facts}) + "\n")

    @dbus_method()
    def Notify(  # noqa: N802  the specification's names and order
        self,
        app: DBusStr,
        replaces: DBusUInt32,
        icon: DBusStr,
        summary: DBusStr,
        body: DBusStr,
        actions: Strings,
        hints: DBusDict,
        timeout: DBusInt32,
    ) -> DBusUInt32:
        self._last += 0 if replaces else 1
        id_ = replaces or self._last
        keys, labels = actions[0::2], actions[1::2]
        self.open[id_] = {label or key: key for key, label in zip(keys, labels, strict=True)}
        plain = {name: hint.value for name, hint in hints.items() if isinstance(hint, Variant)}
        self.note(
            "notify",
            id=id_,
            app=app,
            icon=icon,
            summary=summary,
            body=body,
            actions=actions,
            hints=plain,
            timeout=timeout,
        )
        return id_

    @dbus_method()
    def CloseNotification(self, id_: DBusUInt32) -> Nothing:  # noqa: N802
        if self.open.pop(id_, None) is not None:
            self.note("closed", id=id_)
            self.NotificationClosed(id_, CLOSED_BY_APP)

    @dbus_method()
    def GetCapabilities(self) -> Strings:  # noqa: N802
        return ["actions", "body", "body-markup", "persistence"]

    @dbus_method()
    def GetServerInformation(self) -> Four:  # noqa: N802
        return ["fake_notifyd", "rig", "1", "1.2"]

    @dbus_signal()
    def ActionInvoked(self, id_: int, key: str) -> Invoked:  # noqa: N802
        return [id_, key]

    @dbus_signal()
    def NotificationClosed(self, id_: int, reason: int) -> Closed:  # noqa: N802
        return [id_, reason]


class Desk(ServiceInterface):
    """The person in front of the screen."""

    def __init__(self, notifications: Notifications) -> None:
        super().__init__("rig.Desk")
        self._notifications = notifications

    @dbus_method()
    def Press(self, label: DBusStr) -> DBusBool:  # noqa: N802
        """On the newest notification that has it; `default` is the body."""
        shown = self._notifications
        for id_ in sorted(shown.open, reverse=True):
            if key := shown.open[id_].get(label):
                del shown.open[id_]
                shown.ActionInvoked(id_, key)
                shown.NotificationClosed(id_, DISMISSED)
                return True
        return False

    @dbus_method()
    def Dismiss(self) -> DBusBool:  # noqa: N802
        if not (shown := self._notifications).open:
            return False
        id_ = max(shown.open)
        del shown.open[id_]
        shown.NotificationClosed(id_, DISMISSED)
        return True


async def main(record: Path) -> None:
    bus = await MessageBus().connect()
    notifications = Notifications(record)
    bus.export("/org/freedesktop/Notifications", notifications)
    bus.export("/rig", Desk(notifications))
    await bus.request_name("org.freedesktop.Notifications")
    await asyncio.get_running_loop().create_future()  # until the desktop ends


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
