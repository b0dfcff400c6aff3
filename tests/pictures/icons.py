"""How does the icon look in each state, on dark and light panels and in grey? And the menu, in English, on a desktop?

python -m tests.pictures.icons [FOLDER]; take.py beside it takes the pictures of the page and the German desktop.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.pictures.take import small
from tests.rigs.desktop import ROOT, Desktop, desktop
from tests.rigs.postwart import Postwart
from tray.artwork import draw
from tray.health import State
from tray.texts import Texts

HERE = Path(__file__).parent
PANELS = {True: "#202020", False: "#f0f0f0"}
SIZES = (16, 20, 24, 32, 48, 64)
LABEL, LEFT, ROW = 220, 10, 76


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    _sheet().save(target / "icons.png")
    small(target / "icons.png")
    with tempfile.TemporaryDirectory(prefix="pwpic") as folder, desktop(notify="dunst", keyring=True) as here:
        program = Postwart(Path(folder) / "demo", {**here.env, "LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8"})
        demo = subprocess.Popen(
            [sys.executable, "-m", "tray", "demo"],
            env={**program.env, "POSTWART_HOME": folder},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            program.until(program.places.api_file.exists, "the demo")
            program.until(lambda: _states(program) >= {"ok", "expiring", "consent_pending"}, "the scene", 60)
            time.sleep(8)  # the notifications are on the screen, and the menu says so too
            _menu(here, demo.pid, target / "desktop-en.png")
        finally:
            demo.terminate()
            demo.wait(15)


def _states(program: Postwart) -> set[str]:
    return {account["health"]["state"] for account in program.api.get("status")["accounts"]}


def _menu(here: Desktop, pid: int, file: Path) -> None:
    left, top, right, bottom = here.icon_box(pid)
    here.click((left + right) // 2, (top + bottom) // 2, button=3)
    time.sleep(1)
    here.screenshot().crop((0, 0, 1024, 570)).save(file)
    small(file)
    here.keys("Escape")


def _rows() -> list[tuple[str, State, int, bool]]:
    """What the menu says of the state, and how it is drawn."""
    texts = Texts("en")
    rows = [(texts.say(f"desktop-state-{state.value}", days=3), state, 0, False) for state in State]
    rows.append((texts.say("desktop-state-stuck"), State.UNKNOWN, 0, True))
    return [*rows, ("three accounts need a sign-in", State.SIGN_IN_REQUIRED, 3, False)]


def _sheet() -> Image.Image:
    width = sum(size + 12 for size in SIZES) + 12
    rows = _rows()
    sheet = Image.new("RGB", (LABEL + 3 * width, ROW * len(rows)), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(14)
    for number, (label, state, count, stuck) in enumerate(rows):
        pen.text((LEFT, number * ROW + 28), label, "black", font)
        for column, (dark, grey) in enumerate(((True, False), (False, False), (False, True))):
            strip, x = Image.new("RGB", (width, ROW), PANELS[dark]), 12
            for size in SIZES:
                icon = draw(state, size, dark=dark, count=count, stuck=stuck)
                strip.paste(icon, (x, (ROW - size) // 2), icon)
                x += size + 12
            sheet.paste(strip.convert("L") if grey else strip, (LABEL + column * width, number * ROW))
    return sheet


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
