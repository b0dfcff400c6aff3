"""The status page's files and words, without a browser."""

from __future__ import annotations

import json
import re

import pytest

from tray import page
from tray.health import State

SCRIPTS = "".join(page.asset(path).content.decode() for path in page.paths() if path.endswith(".js"))
HTML = page.asset("/").content.decode()


def test_each_path_has_its_content_and_type() -> None:
    types = {path: page.asset(path).media_type for path in page.paths()}
    assert types["/"] == "text/html; charset=utf-8"
    assert types["/page.js"] == "text/javascript; charset=utf-8"
    assert types["/words/de.json"] == "application/json; charset=utf-8"
    assert all(page.asset(path).content for path in types)


def test_every_module_that_a_script_imports_is_served() -> None:
    assert {f"/{name}" for name in re.findall(r'from "\./([\w-]+\.js)"', SCRIPTS)} <= set(page.paths())


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_are_served_as_they_are_with_places_to_fill(language: str) -> None:
    words = json.loads(page.asset(f"/words/{language}.json").content)
    assert words == page.words(language)
    assert "{date}" in words["due"]
    assert page.words("de").keys() == words.keys()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_sentence_that_the_page_says_exists(language: str) -> None:
    said = set(re.findall(r'say\("([\w-]+)"', SCRIPTS)) | set(re.findall(r'data-word="([\w-]+)"', HTML))
    said |= {f"{key}-{form}" for key in re.findall(r'count\("([\w-]+)"', SCRIPTS) for form in ("one", "other")}
    said |= {f"state-{state}" for state in State}
    assert said <= page.words(language).keys()


def test_every_state_has_a_symbol() -> None:
    assert set(re.findall(r'<symbol id="state-(\w+)"', HTML)) == {state.value for state in State}


def test_nothing_is_written_that_the_browser_would_have_to_refuse() -> None:
    assert not re.search(r"<script(?! type=\"module\" src=\"/)|<style|\sstyle=|\son\w+=", HTML)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|\.style\b", SCRIPTS)
    assert not re.search(r"(src|href|url\()=?[\"']?(https?:)?//", HTML + page.asset("/page.css").content.decode())
