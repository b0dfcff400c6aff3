"""Can a person see Postwart here: is there a place for the icon, for notifications, and a browser to sign in?"""

from __future__ import annotations

import importlib.util
import os
import sys
import webbrowser
from collections.abc import Iterator, Mapping

from tray.doctor.finding import Finding, fault, note, ok
from tray.health import Who

if sys.platform == "win32":
    from tray.doctor.desktop_windows import notifications as notifications  # noqa: PLC0414  offered here as elsewhere
    from tray.doctor.desktop_windows import tray as tray  # noqa: PLC0414
elif sys.platform == "darwin":

    def tray(_environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
        """The menu bar is always there."""
        yield ok("tray", "tray-ok", host="menu bar")

    def notifications(_environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
        """Whether they are allowed is known to the system's settings only."""
        yield note("notifications", "notifications-unknown")

else:
    from tray.doctor.session_bus import Absent, Session
    from tray.doctor.session_bus import xembed_host as _xembed_host

    def tray(environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
        """StatusNotifier over D-Bus, or the older XEmbed."""
        if not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
            yield note("tray", "tray-no_screen")
            return
        if importlib.util.find_spec("gi") is None:
            yield fault("tray", "tray-no_gtk", who=Who.ADMIN)
            return
        try:
            watched = Session(environ).has("org.kde.StatusNotifierWatcher")
        except Absent as absent:
            yield fault("tray", "tray-no_bus", who=Who.ADMIN, reason=str(absent))
            return
        if watched:
            yield ok("tray", "tray-ok", host="StatusNotifier")
        elif _xembed_host(environ):
            yield ok("tray", "tray-ok", host="XEmbed")
        else:
            yield fault("tray", "tray-none", who=Who.ADMIN, desktop=environ.get("XDG_CURRENT_DESKTOP", "?"))

    def notifications(environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
        try:
            there = Session(environ).can_have("org.freedesktop.Notifications")
        except Absent as absent:
            yield note("notifications", "notifications-no_bus", reason=str(absent))
            return
        if there:
            yield ok("notifications", "notifications-ok")
        else:
            yield fault("notifications", "notifications-none", who=Who.ADMIN)


_IN_A_TERMINAL = ("www-browser", "lynx", "links", "elinks", "w3m")


def browser(environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """As Python finds it, which is how Postwart opens it."""
    named = environ.get("BROWSER", "")
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        yield note("browser", "browser-none", who=Who.ADMIN, named=named)
        return
    name = getattr(found, "name", "") or type(found).__name__
    if name.startswith(_IN_A_TERMINAL):
        yield note("browser", "browser-in_a_terminal", who=Who.ADMIN, browser=name)
    else:
        yield ok("browser", "browser-ok", browser=name, named=named)
