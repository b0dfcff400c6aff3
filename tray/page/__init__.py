"""Which files are the status page, and which words does it show? Static and without secrets: anybody may read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

import msgspec

from tray.texts import LANGUAGES, Texts

_SCRIPTS = (
    "page", "api", "dom", "words", "events", "views", "account", "device", "dialogs", "lists", "doctor", "history",
    "timeline", "setup", "setup_sign_in", "setup_test", "account_form", "fields", "programs", "fetching", "settings",
    "due",
)  # fmt: skip

_PLACES = ("address", "code", "count", "date", "days", "name", "time", "when", "who")
"""What the page fills in itself: the words it gets have `{days}` there."""


@dataclass(frozen=True)
class Asset:
    content: bytes
    media_type: str


def paths() -> tuple[str, ...]:
    """Everything that a browser asks for to show the page."""
    scripts = tuple(f"/{name}.js" for name in _SCRIPTS)
    return ("/", *scripts, "/page.css", *(f"/words/{language}.json" for language in LANGUAGES))


def asset(path: str) -> Asset:
    """`path` is one of paths(). A few kilobytes, rarely asked for: not kept in memory."""
    if path.startswith("/words/"):
        language = path.removeprefix("/words/").removesuffix(".json")
        return Asset(msgspec.json.encode(words(language)), "application/json; charset=utf-8")
    name = path[1:] or "index.html"
    kind = {"html": "text/html", "js": "text/javascript", "css": "text/css"}[name.rpartition(".")[2]]
    return Asset((files(__package__) / name).read_bytes(), f"{kind}; charset=utf-8")


def words(language: str) -> dict[str, str]:
    """The page's part of the catalogue, without the prefix; the places are left open."""
    texts = Texts(language)
    places = {name: f"{{{name}}}" for name in _PLACES}
    catalogue = (files("tray.texts") / texts.language / "page.ftl").read_text("utf-8")
    return {key: texts.say(f"page-{key}", **places) for key in re.findall(r"^page-([\w-]+) =", catalogue, re.MULTILINE)}
