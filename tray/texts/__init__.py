"""Which words does a person read? All of them come from the Fluent catalogues here, German and English."""

from __future__ import annotations

import locale
import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from auth.problems import Fact, Problem

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

log = logging.getLogger(__name__)

LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class Advice:
    """What happened, what the reader does, what the administrator does."""

    title: str
    next_step: str = ""
    admin_help: str = ""


class Texts:
    """The sentences of one language. Safe to use from any thread."""

    def __init__(self, language: str, app_name: str = "") -> None:
        """`app_name` is the main app as people call it; every sentence may speak of it as `$app`."""
        self.language = language if language in LANGUAGES else "en"
        self.app_name = app_name

    def say(self, key: str, **facts: Fact) -> str:
        """The sentence `key` (`message` or `message.attribute`). KeyError: the catalogue has no such sentence."""
        message, _, attribute = key.partition(".")
        text = self._find(message, attribute, facts)
        if text is None:
            raise KeyError(f"{self.language}: {key}")
        return text

    def advise(self, codes: tuple[str, ...], facts: Mapping[str, Fact]) -> Advice:
        """The advice of the first code that the catalogue knows; a code that nobody has thought of crashes nothing."""
        for code in (*codes, "unexpected"):
            try:
                if (title := self._find(code, "title", facts)) is not None:
                    parts = [self._find(code, part, facts) or "" for part in ("next-step", "admin-help")]
                    return Advice(title, *parts)
            except KeyError:
                # a sentence that lacks a fact is our mistake; the general one is better than none
                log.exception("a sentence cannot be completed")
        raise KeyError(f"{self.language}: {codes}")

    def problem(self, problem: Problem) -> Advice:
        return self.advise(problem.texts, problem.facts)

    def date(self, moment: datetime) -> str:
        """The local date, as people here write it."""
        from babel.dates import format_date  # loads locale data

        return format_date(moment.astimezone(), "full", locale=self.language)

    def _find(self, message: str, attribute: str, facts: Mapping[str, Fact]) -> str | None:
        bundle = _home(self.language, message)
        if bundle is None:
            return None
        entry = bundle.get_message(message)
        pattern = entry.attributes.get(attribute) if attribute else entry.value
        if pattern is None:
            return None
        places = {name: self._placeable(fact) for name, fact in facts.items()}
        named = "yes" if self.app_name else "no"  # "Your program" is not fit for every place of a sentence
        text, errors = bundle.format_pattern(pattern, {"app": self._app(), "named": named, **places})
        if errors:
            raise KeyError(f"{self.language}: {message}.{attribute}: {errors}")
        return str(text)

    def _app(self) -> str:
        if self.app_name:
            return self.app_name
        bundle = _home(self.language, "app-without-name")
        pattern = bundle.get_message("app-without-name").value if bundle else None
        if bundle is None or pattern is None:
            raise KeyError(f"{self.language}: app-without-name")
        return str(bundle.format_pattern(pattern, {})[0])

    def _placeable(self, fact: Fact) -> Any:
        if isinstance(fact, datetime):
            return self.date(fact)
        if isinstance(fact, timedelta):
            return fact.total_seconds()
        return fact


@cache
def _catalogues(language: str) -> dict[str, str]:
    """File name → text."""
    folder = files(__package__) / language
    return {each.name: each.read_text("utf-8") for each in folder.iterdir() if each.name.endswith(".ftl")}


@cache
def _home(language: str, message: str) -> FluentBundle | None:
    """The parsed catalogue that has the message."""
    begins = re.compile(rf"^{re.escape(message)} *=", re.MULTILINE)
    name = next((name for name, text in _catalogues(language).items() if begins.search(text)), None)
    return _bundle(language, name) if name else None


@cache
def _bundle(language: str, name: str) -> FluentBundle:
    """Each catalogue is parsed when its first sentence is needed: all of them take a fifth of a second."""
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(_catalogues(language)[name]))
    return bundle


def system_language() -> str:
    """German where the system speaks German, else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "de" if value.lower().startswith("de") else "en"
    name = locale.getlocale()[0] or ""
    return "de" if name.lower().startswith(("de", "german")) else "en"
