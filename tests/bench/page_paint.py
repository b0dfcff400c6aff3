"""How soon does the status page show a hundred accounts? From the click on a link to the first paint, and to all cards.

python -m tests.bench.page_paint [--accounts 100] [--runs 7]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench import machine
from tests.office import Office
from tests.rigs.browser import CHROMIUM, FLAGS
from tray import config_file

_WATCH = """
addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  if (!window.allCards && document.querySelectorAll(".card").length === %d)
    requestAnimationFrame(() => setTimeout(() => { window.allCards ??= performance.now(); }));
}).observe(document, { childList: true, subtree: true, attributes: true }));
"""
_FIRST = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=100)
    parser.add_argument("--runs", type=int, default=7)
    said = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="pwpaint") as folder,
        Office(Path(folder)) as office,
        sync_playwright() as play,
    ):
        _fill(office, said.accounts)
        office.opens()
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        runs = [_opened(office, browser, said.accounts) for _ in range(said.runs + 1)][1:]  # the first one warms up
        browser.close()
    print(machine.describe())
    for name, values in zip(("first contentful paint", "all cards painted"), zip(*runs, strict=True), strict=True):
        print(f"{name}: {statistics.median(values):.0f} ms ({min(values):.0f} to {max(values):.0f})")


def _fill(office: Office, accounts: int) -> None:
    office.places.config_file.parent.mkdir(parents=True, exist_ok=True)
    said = office.world.account("x", "info@office.example")
    for number in range(accounts):
        one = {"id": f"post-{number}", "address": f"post-{number}@office.example"}
        config_file.add_account(office.places.config_file, {**said, **one})


def _opened(office: Office, browser: Browser, accounts: int) -> tuple[float, float]:
    """Milliseconds from the navigation's begin."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH % accounts)
    page.goto(office.api.post("page-code")["url"])
    while not page.evaluate("window.allCards"):  # the page's policy lets nobody wait for a string
        page.wait_for_timeout(20)
    found = page.evaluate(_FIRST), page.evaluate("window.allCards")
    context.close()
    return found


if __name__ == "__main__":
    main()
