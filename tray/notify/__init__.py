"""How does a notice reach the person? A notification with buttons, else a balloon at the icon, else the log."""

from __future__ import annotations

from tray.notify.content import Content, content, refusal
from tray.notify.notifier import Fallback, Notifier

__all__ = ["Content", "Fallback", "Notifier", "content", "refusal"]
