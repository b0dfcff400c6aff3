"""How does Postwart look? Runs the demo on a desktop of its own and takes the README's pictures.

python -m tests.pictures.take [FOLDER]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.rigs.browser import CHROMIUM, FLAGS
from tests.rigs.desktop import ROOT, Desktop, desktop
from tests.rigs.postwart import Postwart
from tests.tray.page.office import every_view
from tests.tray.page.rig import account, stand_in

HERE = Path(__file__).parent
WIDTHS = (1280, 400)
NARROW = 400  # of which the first screen is enough
VIEWS = ("overview", "new", "programs", "settings")
COLOURS = 160
"""Enough for flat areas and the edges of letters; a picture of the whole page takes a third of the room then."""
LETTER = {"to": ["a.vogel@mieter.example"], "subject": "Ihre Heizung", "text": "Morgen kommt jemand.\n"}


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    with tempfile.TemporaryDirectory(prefix="pwpic") as folder, desktop(notify="dunst", keyring=True) as here:
        program = Postwart(Path(folder) / "demo", {**here.env, "LANG": "de_DE.UTF-8"})
        demo = subprocess.Popen(
            [sys.executable, "-m", "tray", "demo"],
            env={**program.env, "POSTWART_HOME": folder},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            program.until(program.places.api_file.exists, "the demo")
            program.until(lambda: _states(program) >= {"ok", "expiring", "consent_pending"}, "the scene")
            program.api.post("accounts", "info", "outbox", json_body=LETTER)
            time.sleep(8)  # a letter or two
            _desktop(here, demo.pid, target)
            for language in ("de", "en"):
                _page(program, language, target)
        finally:
            demo.terminate()
            demo.wait(15)
    print("\n".join(str(picture) for picture in sorted(target.glob("*.png"))))


def _states(program: Postwart) -> set[str]:
    return {account["health"]["state"] for account in program.api.get("status")["accounts"]}


def _desktop(here: Desktop, pid: int, target: Path) -> None:
    left, top, right, bottom = here.icon_box(pid)
    here.click((left + right) // 2, (top + bottom) // 2, button=3)
    time.sleep(1)
    here.screenshot().crop((0, 0, 1024, 570)).save(target / "desktop-de.png")
    small(target / "desktop-de.png")
    here.keys("Escape")


def _page(program: Postwart, language: str, target: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width in WIDTHS:
            page = browser.new_context(viewport={"width": width, "height": 900}, locale=language).new_page()
            page.goto(program.api.post("page-code")["url"])
            page.wait_for_selector(".card")
            for view in VIEWS:
                _shot(page, view, target / f"page-{view}-{language}-{width}.png")
            if (language, width) == ("de", 1280):
                page.emulate_media(color_scheme="dark")
                _shot(page, "overview", target / "page-overview-de-dark.png")
            _history(browser, language, width, target)
        browser.close()


def _history(browser: Browser, language: str, width: int, target: Path) -> None:
    """The demo is minutes old: what a quarter of a year looks like is made up."""
    with stand_in() as server:
        server.accounts = [account("info", "ok")]
        every_view(server, language)
        page = browser.new_context(viewport={"width": width, "height": 900}, locale=language).new_page()
        page.goto(f"{server.url}#k=once")
        page.wait_for_selector(".card")
        _shot(page, "history", target / f"page-history-{language}-{width}.png")
        if (language, width) == ("de", 1280):
            page.emulate_media(color_scheme="dark")
            _shot(page, "history", target / "page-history-de-dark.png")


def _shot(page: Page, view: str, file: Path) -> None:
    page.goto(page.url.partition("#")[0] + f"#{view}")
    page.wait_for_selector(f"#{view}:not([hidden])")
    time.sleep(1)  # what it asks for is here
    if view == "new":
        page.locator("#new details summary").click()
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=file, full_page=view != "history" and page.evaluate("innerWidth") > NARROW)
    small(file)


def small(file: Path) -> None:
    """With the colours alone that are there most often: flat areas stay exactly as they are."""
    with Image.open(file) as opened:
        taken = opened.convert("RGB")
    counted: Any = taken.getcolors(taken.width * taken.height)
    most = [colour for _, colour in sorted(counted, reverse=True)[:COLOURS]]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in most for part in colour])
    taken.quantize(palette=palette, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
