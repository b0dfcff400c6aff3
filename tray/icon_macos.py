"""How is pystray's icon mended on macOS? AppKit wants its main thread, and a notification a title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class MacMending:
    """Before pystray's class in the order of bases."""

    on_resume: Callable[[], None]
    on_session_end: Callable[[], None]
    on_look: Callable[[], None]

    def post(self, call: Callable[[], None]) -> None:
        """Runs `call` on the main thread: AppKit ends the process where another one touches its objects."""
        from PyObjCTools import AppHelper  # type: ignore[import-not-found,unused-ignore]  # macOS only

        AppHelper.callAfter(call)

    def menu_is_open(self) -> bool:
        return False

    def panel_is_dark(self) -> bool:
        from Foundation import NSUserDefaults  # type: ignore[import-not-found,unused-ignore]  # macOS only

        return bool(NSUserDefaults.standardUserDefaults().stringForKey_("AppleInterfaceStyle") == "Dark")

    def label(self, text: str) -> str:
        return text

    def balloon(self, title: str, body: str, on_click: Callable[[], None]) -> bool:
        """Through osascript, which works outside of an application bundle too, but tells of no click."""
        del on_click
        notify: Any = super()
        notify.notify(body, title)
        return True
