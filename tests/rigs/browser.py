"""Who signs in with a real browser? Debian's Chromium, driven through the sandbox's pages.

Also what `BROWSER` names: `command(...)` gives the line, and the file runs by itself.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Consent = Literal["accept", "cancel", "back", "request", "close"]
_LAST = {"done", "declined", "error", "expired", "welcome"}  # the sandbox's pages that lead nowhere
_PAGES_AT_MOST = 20


def sign_in(
    url: str,
    address: str,
    password: str = "demo",
    *,
    code: str = "123456",
    consent: Consent = "accept",
    keep: bool = False,
    language: str = "de",
    profile: Path | None = None,
    strict: bool = False,
    seconds: float = 30,
) -> str:
    """From the address that a program opened to the last page, whose text is returned ("" where it was closed).

    `consent` is what is clicked on the page that asks for it, or on the one that says an administrator has to.
    `profile`: a folder in which the browser keeps its cookies; without one nothing is kept.
    `strict`: as on a person's PC, a certificate that nobody vouches for ends it.
    """
    with sync_playwright() as playwright:
        context = _opened(playwright, language, profile, strict=strict)
        context.set_default_timeout(seconds * 1000)
        try:
            page = context.pages[0] if context.pages else context.new_page()
            page.goto(url)
            return _Person(page, {"email": address, "password": password, "code": code}, consent, keep).walk()
        finally:
            _closed(context)


def command(address: str, *arguments: str) -> str:
    """A value for the environment variable BROWSER. The & makes `webbrowser.open` return at once."""
    parts = [sys.executable, "-P", str(Path(__file__).resolve()), "--address", address, *arguments]
    return f"{shlex.join(parts)} %s &"


def _opened(playwright: Playwright, language: str, profile: Path | None, *, strict: bool) -> BrowserContext:
    if profile:
        return playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=FLAGS, ignore_https_errors=not strict, locale=language
        )
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    return browser.new_context(ignore_https_errors=not strict, locale=language)


def _closed(context: BrowserContext) -> None:
    browser: Browser | None = context.browser
    context.close()
    if browser:
        browser.close()


@dataclass(frozen=True)
class _Person:
    _page: Page
    _typed: Mapping[str, str]
    _consent: Consent
    _keep: bool

    def walk(self) -> str:
        for _ in range(_PAGES_AT_MOST):
            name = self._name()
            if not name or name in _LAST:
                return self._page.inner_text("body")
            if self._consent == "close" and name in {"consent", "approval"}:
                return ""
            self._act(name)
        raise RuntimeError(f"no end after {_PAGES_AT_MOST} pages: {self._page.title()}")

    def _name(self) -> str:
        """The page of the sandbox; "" for anybody else's. The one that posts itself is waited for."""
        main = self._page.locator("main[data-page]")
        expect(self._page.locator("main[data-page=continue]")).to_have_count(0)
        self._page.wait_for_load_state("load")
        return (main.first.get_attribute("data-page") or "") if main.count() else ""

    def _act(self, name: str) -> None:
        if name == "password" and self._page.inner_text("#who").casefold() != self._typed["email"].casefold():
            self._go("#other")
            return
        if name in self._typed:
            if self._page.locator("#error").count():
                raise ValueError(f"the {name} was not accepted")
            self._page.fill(f"#{name}", self._typed[name])
            if name == "password" and self._keep:
                self._page.check("#keep")
        self._go(self._button(name))

    def _go(self, button: str) -> None:
        with self._page.expect_navigation():
            self._page.click(button)

    def _button(self, name: str) -> str:
        match name:
            case "pick":
                mine = f'button[name=pick][value="{self._typed["email"]}" i]'
                return mine if self._page.locator(mine).count() else "#other"
            case "consent":
                return "#accept" if self._consent == "accept" else "#cancel"
            case "approval":
                asks = self._consent == "request" and self._page.locator("#request").count()
                return "#request" if asks else "#back-to-app"
            case "blocked" | "not-admin":
                return "#back-to-app"
            case _:
                return "#submit"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--address", required=True)
    parser.add_argument("--password", default="demo")
    parser.add_argument("--code", default="123456")
    parser.add_argument("--consent", default="accept", choices=["accept", "cancel", "back", "request", "close"])
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--language", default="de")
    parser.add_argument("--profile", type=Path)
    print(sign_in(**vars(parser.parse_args())))


if __name__ == "__main__":
    main()
