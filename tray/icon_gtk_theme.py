"""Is the panel dark, as far as a Linux desktop tells? The portal's colour scheme, else the theme; both may change."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

_PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")
_SCHEME = ("org.freedesktop.appearance", "color-scheme")
_DARK, _LIGHT = 1, 2
_PATIENCE_MS = 500


class Theme:
    """On GTK's thread. No panel tells its own colour; GNOME's bar is black whatever the theme is."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._bus: Any = None
        self._scheme = 0

    def watch(self) -> None:
        """Asks the portal once and listens from then on. Without a portal the theme's name has to do."""
        from gi.repository import Gio, GLib, Gtk

        if settings := Gtk.Settings.get_default():
            settings.connect("notify::gtk-theme-name", lambda *_: self._on_change())
        try:
            self._bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
            name, path, interface = _PORTAL
            none, changed = Gio.DBusSignalFlags.NONE, "SettingChanged"
            self._bus.signal_subscribe(name, interface, changed, path, _SCHEME[0], none, self._changed)
            question, answer = GLib.Variant("(ss)", _SCHEME), GLib.VariantType("(v)")
            call = (*_PORTAL, "Read", question, answer, Gio.DBusCallFlags.NONE, _PATIENCE_MS, None)
            self._scheme = _number(self._bus.call_sync(*call).unpack()[0])
        except GLib.Error:
            self._scheme = 0  # most small desktops have none

    def panel_is_dark(self) -> bool:
        from gi.repository import Gtk

        settings = Gtk.Settings.get_default()
        if settings is None or "gnome" in os.environ.get("XDG_CURRENT_DESKTOP", "").lower():
            return True
        if self._scheme in {_DARK, _LIGHT}:
            return self._scheme == _DARK
        name = str(settings.get_property("gtk-theme-name")).lower()
        return "dark" in name or bool(settings.get_property("gtk-application-prefer-dark-theme"))

    def _changed(self, _bus: Any, _sender: str, _path: str, _interface: str, _signal: str, said: Any) -> None:
        namespace, key, value = said.unpack()
        if (namespace, key) == _SCHEME:
            self._scheme = _number(value)
            self._on_change()


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
