"""How is pystray's icon mended on Linux? GTK's own thread, a tooltip, Ctrl+C, and a check before it would hang."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tray.icon_gtk_theme import Theme

log = logging.getLogger(__name__)


def why_not(environ: Mapping[str, str]) -> str:
    """Why there can be no icon here; empty where there can. pystray would hang, or raise what is no ImportError."""
    if not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    bus = Path(environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / "bus"
    if not environ.get("DBUS_SESSION_BUS_ADDRESS") and not bus.exists():
        return "no D-Bus session bus"
    try:
        import gi

        gi.require_version("Gtk", "3.0")
        from gi.repository import Gio, GLib, Gtk
    except (ImportError, ValueError, AttributeError) as error:
        return f"PyGObject or GTK 3 is missing: {error}"
    if not Gtk.init_check()[0]:
        return "the display does not answer"
    try:
        Gio.bus_get_sync(Gio.BusType.SESSION, None)
    except GLib.Error as error:
        return f"the D-Bus session bus does not answer: {error.message}"
    return ""


class GtkMending:
    """Before pystray's class in the order of bases."""

    on_resume: Callable[[], None]  # not noticed here: the schedule goes by the clock
    on_session_end: Callable[[], None]  # a session's end comes as SIGTERM
    on_look: Callable[[], None]
    title: str
    _menu_handle: Any
    _status_icon: Any
    _theme: Theme | None = None
    _began = False

    def run(self, setup: Callable[[Any], None]) -> None:
        """Raises ConnectionError where it could not begin. At its end, pystray fails to hide a notification that never
        was where there is no daemon: no reason to fail for anybody else.
        """
        from gi.repository import GLib

        self._theme = Theme(self.on_look)
        self._theme.watch()
        try:
            super().run(setup)  # type: ignore[misc]  # pystray's, the next in the order of bases
        except GLib.Error as error:
            if not self._began:
                raise ConnectionError(error.message) from error
            log.debug("the icon's loop ended: %s", error.message)

    def post(self, call: Callable[[], None]) -> None:
        """Runs `call` on GTK's thread."""
        from gi.repository import GLib

        def once() -> bool:
            try:
                call()
            except Exception:
                log.exception("the icon could not be changed")
            return False

        GLib.idle_add(once)

    def menu_is_open(self) -> bool:
        menu = getattr(self, "_menu_handle", None)
        return bool(menu and menu.get_mapped())

    def panel_is_dark(self) -> bool:
        return self._theme is not None and self._theme.panel_is_dark()

    def label(self, text: str) -> str:
        return text

    def balloon(self, title: str, body: str, on_click: Callable[[], None]) -> bool:
        """The one that pystray would ask the same notification daemon."""
        del title, body, on_click
        return False

    def _initialize(self) -> None:
        """Keeps Ctrl+C with whoever installed a handler; pystray lets it kill the process at once."""
        handler = signal.getsignal(signal.SIGINT)
        super()._initialize()  # type: ignore[misc]  # pystray's
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, handler)

    def _mark_ready(self) -> None:
        super()._mark_ready()  # type: ignore[misc]  # pystray's
        self._began = True

    def _show(self) -> None:
        super()._show()  # type: ignore[misc]  # pystray's
        self._show_tooltip()

    def _update_title(self) -> None:
        super()._update_title()  # type: ignore[misc]  # pystray's
        self._show_tooltip()

    def _show_tooltip(self) -> None:
        """The title, which is all that pystray sets, is shown by no panel."""
        if status_icon := getattr(self, "_status_icon", None):
            self.post(lambda: status_icon.set_tooltip_text(self.title))
