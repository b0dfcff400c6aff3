"""Which calls of Windows does the tray icon need beside pystray's? Thin: what is decided stands in icon_windows.py."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    raise ImportError("Windows only")

import contextlib
import ctypes
import tempfile
import winreg
from collections.abc import Callable
from ctypes import wintypes
from pathlib import Path
from typing import Any

from PIL import Image

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_PER_MONITOR_V2 = ctypes.c_void_p(-4)
_SM_CXSMICON = 49
_IMAGE_ICON, _LR_LOADFROMFILE = 1, 0x10
_PERSONALIZE = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"

_user32.DefWindowProcW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM]
_user32.DefWindowProcW.restype = ctypes.c_ssize_t
_user32.PostMessageW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM]
_user32.SetTimer.argtypes = [wintypes.HWND, ctypes.c_size_t, wintypes.UINT, ctypes.c_void_p]
_user32.SetTimer.restype = ctypes.c_size_t
_user32.KillTimer.argtypes = [wintypes.HWND, ctypes.c_size_t]
_user32.LoadImageW.argtypes = [
    wintypes.HINSTANCE,
    wintypes.LPCWSTR,
    wintypes.UINT,
    wintypes.INT,
    wintypes.INT,
    wintypes.UINT,
]
_user32.LoadImageW.restype = wintypes.HANDLE


def make_dpi_aware() -> None:
    """Before the first window: else Windows draws the icon small and enlarges it."""
    with contextlib.suppress(AttributeError):  # before Windows 10 1703
        _user32.SetProcessDpiAwarenessContext.argtypes = [ctypes.c_void_p]
        _user32.SetProcessDpiAwarenessContext(_PER_MONITOR_V2)


def introduce(name: str) -> None:
    """The name under which notifications and taskbar know this process; else it is Python's."""
    ctypes.WinDLL("shell32").SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(name))


def default(window: int, message: int, wparam: int, lparam: int) -> int:
    """What Windows does with a message that nobody handles."""
    return int(_user32.DefWindowProcW(window, message, wparam, lparam))


def post(window: int, message: int) -> None:
    """From any thread."""
    _user32.PostMessageW(window, message, 0, 0)


def set_timer(window: int, timer: int, milliseconds: int) -> None:
    _user32.SetTimer(window, timer, milliseconds, None)


def kill_timer(window: int, timer: int) -> None:
    _user32.KillTimer(window, timer)


def small_icon(window: int) -> int:
    """The side of a tray icon in pixels, on the screen where the window is."""
    try:
        size = int(_user32.GetSystemMetricsForDpi(_SM_CXSMICON, _user32.GetDpiForWindow(wintypes.HWND(window))))
    except AttributeError:  # before Windows 10 1607
        size = 0
    return size or int(_user32.GetSystemMetrics(_SM_CXSMICON)) or 16


def icon_handle(draw: Callable[[int], Image.Image], size: int) -> int:
    """Windows takes an icon from a file only."""
    with tempfile.TemporaryDirectory(prefix="postwart-") as folder:
        file = Path(folder) / "icon.ico"
        draw(size).save(file, "ICO", sizes=[(size, size)])  # without sizes Pillow leaves out odd ones such as 20
        handle = _user32.LoadImageW(None, str(file), _IMAGE_ICON, size, size, _LR_LOADFROMFILE)
    if not handle:
        raise ctypes.WinError(ctypes.get_last_error())
    return int(handle)


def notify_icon(code: int, flags: int, window: int, fields: dict[str, Any]) -> bool:
    """Shell_NotifyIcon, whose answer pystray does not look at."""
    from pystray._util import win32

    data = win32.NOTIFYICONDATAW(cbSize=ctypes.sizeof(win32.NOTIFYICONDATAW), hWnd=window, uFlags=flags, **fields)
    return bool(win32.Shell_NotifyIcon(code, data))


def taskbar_is_dark() -> bool:
    """Windows before 1903 knows dark ones only."""
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _PERSONALIZE) as key:
            return bool(winreg.QueryValueEx(key, "SystemUsesLightTheme")[0] == 0)
    except OSError:
        return True
