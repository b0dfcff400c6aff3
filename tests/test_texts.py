"""Every sentence stands in both catalogues, with the same places to fill, and every code has its sentences."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from auth.outcome import Cure
from auth.problems import Problem
from tray.texts import LANGUAGES, Texts

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "tray" / "texts"


class _Places(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802  the library's name
        self.names.add(node.id.name)


def sentences(language: str) -> dict[str, set[str]]:
    """`message.attribute` → the places it has to fill."""
    found: dict[str, set[str]] = {}
    for file in sorted((TEXTS / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                parts: list[tuple[str, object]] = [(f".{a.id.name}", a.value) for a in entry.attributes]
                if entry.value:
                    parts.append(("", entry.value))
                for suffix, pattern in parts:
                    key = entry.id.name + suffix
                    assert key not in found, f"{language}: {key} stands twice"
                    places = _Places()
                    places.visit(pattern)
                    found[key] = places.names
    return found


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    assert sentences("de") == sentences("en")


def codes() -> set[str]:
    """Every code that the program can end with: `code = "…"` of a Problem class and `code="…"` where one is raised."""
    found = set()
    for package in ("auth", "mail", "tray"):
        for file in (ROOT / package).rglob("*.py"):
            if "sandbox" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found |= {
                        statement.value.value
                        for statement in node.body
                        if isinstance(statement, ast.Assign)
                        and isinstance(statement.value, ast.Constant)
                        and [t.id for t in statement.targets if isinstance(t, ast.Name)] == ["code"]
                        and isinstance(statement.value.value, str)
                    }
                elif isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                    found.add(str(node.value.value))
    return {code for code in found if re.fullmatch(r"[a-z0-9_-]{3,}|AADSTS\d+", code)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_title_and_a_next_step(language: str) -> None:
    known = sentences(language)
    missing = [code for code in sorted(codes()) if {f"{code}.title", f"{code}.next-step"} - known.keys()]
    assert not missing


VERDICTS = {
    *(f"refused-{cure.value}" for cure in Cure),
    *("not_signed_in", "offline", "mailbox_refused", "expiring", "vault_unusable", "post_set_aside", "state_set_aside"),
    *("network", "certificate", "captive_portal", "throttled", "service_fault"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_has_a_title_and_a_next_step(language: str) -> None:
    known = sentences(language)
    missing = [code for code in sorted(VERDICTS) if {f"{code}.title", f"{code}.next-step"} - known.keys()]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_code_still_says_something(language: str) -> None:
    advice = Texts(language).problem(Problem("odd", code="never-heard-of"))
    assert advice.title
    assert advice.next_step


def test_a_date_reads_as_people_write_it() -> None:
    moment = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert Texts("de").date(moment) == "Freitag, 27. November 2026"
    assert Texts("en").date(moment) == "Friday, November 27, 2026"


def test_a_missing_fact_is_our_mistake_and_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        Texts("en").say("account_not_found.title")
