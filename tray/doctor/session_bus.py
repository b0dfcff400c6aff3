"""Who is on this Linux desktop: which services of the session bus, and a tray of the older kind?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SECONDS = 5.0


class Absent(Exception):  # noqa: N818  a finding
    """There is no session bus, or it does not answer."""


class Session:
    """One question each, over a connection of its own. Raises Absent."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = environ.get("DBUS_SESSION_BUS_ADDRESS", "")
        if not self._address:
            folder = environ.get("XDG_RUNTIME_DIR", "")
            self._address = f"unix:path={folder}/bus" if folder else ""
        if not self._address:
            raise Absent("DBUS_SESSION_BUS_ADDRESS is not set")

    def has(self, name: str) -> bool:
        """Somebody answers by that name."""
        return bool(self._ask("NameHasOwner", "s", (name,)))

    def can_have(self, name: str) -> bool:
        """Somebody does, or is started when asked."""
        return self.has(name) or name in self._ask("ListActivatableNames", "", ())

    def _ask(self, method: str, signature: str, arguments: tuple[str, ...]) -> Any:
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg

        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        try:
            with open_dbus_connection(self._address) as connection:
                call = new_method_call(bus, method, signature, arguments)
                return unwrap_msg(connection.send_and_get_reply(call, timeout=_SECONDS))[0]
        except (OSError, ValueError, RuntimeError, DBusErrorResponse) as error:
            raise Absent(f"{type(error).__name__}: {error}") from error


def xembed_host(environ: Mapping[str, str]) -> bool:
    """Somebody owns the selection that the system tray protocol names."""
    if not environ.get("DISPLAY"):
        return False
    from Xlib.display import Display
    from Xlib.error import DisplayConnectionError, XauthError

    try:
        display = Display(environ["DISPLAY"])
    except (DisplayConnectionError, XauthError, OSError):
        return False
    try:
        selection = display.intern_atom(f"_NET_SYSTEM_TRAY_S{display.get_default_screen()}")
        return bool(display.get_selection_owner(selection))
    finally:
        display.close()
