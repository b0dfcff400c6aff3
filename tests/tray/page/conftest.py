"""What the status page's tests share: a browser, a stand-in for the API, and a way to open the page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.tray.page.rig import StandIn, stand_in

Open = Callable[..., Page]
expect.set_options(timeout=15_000)  # what comes, comes at once; a busy machine is waited for


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def api() -> Iterator[StandIn]:
    with stand_in() as server:
        yield server


@pytest.fixture
def open_page(api: StandIn, browser: Browser) -> Iterator[Open]:
    """Opens the page as the icon does. Whatever the browser complains about fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(fragment: str = "#k=once", *, locale: str = "de-DE", width: int = 1280) -> Page:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(api.url + fragment)
        return page

    yield open_page
    assert not [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert not complaints
