"""A tray icon and nothing else: told what to show by lines on stdin, it tells what was clicked on stdout."""

from __future__ import annotations

import signal
import sys
import threading

from tests.tray.pictures import account, picture
from tray.health import State
from tray.icon import TrayIcon, TrayMissing
from tray.menu import Action
from tray.texts import Texts


def say(line: str) -> None:
    print(line, flush=True)


def clicked(action: Action, account_id: str) -> None:
    say(f"{action} {account_id}".strip())
    if action is Action.QUIT:
        icon.stop()


def listen() -> None:
    for line in sys.stdin:
        state = line.strip()
        if state == "stop":
            icon.stop()
        else:
            icon.show(picture(account("info", State(state), days=3), account("buero")))


icon = TrayIcon(clicked, lambda: Texts("de", "WIN-OFFICE"))

if __name__ == "__main__":
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda _number, _frame: icon.stop())
    threading.Thread(target=listen, daemon=True).start()
    try:
        icon.run()
    except TrayMissing as missing:
        say(f"{missing.code}: {missing.facts['why']}")
    say("ended")
