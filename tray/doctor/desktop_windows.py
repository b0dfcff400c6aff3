"""Are there a taskbar and notifications on this Windows desktop?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping

from tray.doctor.finding import Finding, fault, note, ok
from tray.health import Who

if sys.platform == "win32":
    import ctypes
    import winreg

    def tray(_environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
        """A service, or a session without Explorer, has none."""
        if ctypes.windll.user32.FindWindowW("Shell_TrayWnd", None):
            yield ok("tray", "tray-ok", host="Shell_TrayWnd")
        else:
            yield fault("tray", "tray-none", who=Who.ADMIN, desktop="Explorer")

    def notifications(_environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
        """The user's own switch, then the administrator's policy."""
        software, entry = r"Software\Microsoft\Windows\CurrentVersion\PushNotifications", "ToastEnabled"
        policy = r"Software\Policies\Microsoft\Windows\CurrentVersion\PushNotifications"
        if _number(policy, "NoToastApplicationNotification") == 1:
            yield fault("notifications", "notifications-policy", who=Who.ADMIN)
        elif _number(software, entry) == 0:
            yield note("notifications", "notifications-off", who=Who.USER)
        else:
            yield ok("notifications", "notifications-ok")

    def _number(path: str, name: str) -> int | None:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                value, _ = winreg.QueryValueEx(key, name)
        except OSError:
            return None
        return value if isinstance(value, int) else None
