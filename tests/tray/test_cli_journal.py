"""The journal in words: every kind of entry has a line that reads well in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from tray.cli_journal import line
from tray.journal import Happened
from tray.texts import Texts

FACTS: dict[str, dict[str, Any]] = {
    "limit_learned": {"about": "age", "hours": 720},
    "state": {"state": "ok", "before": "unknown"},
    "fetched": {"new": 2, "bytes": 9, "skipped": 0},
    "accepted": {"letter": 7},
    "sent": {"letter": 7},
    "not_sent": {"letter": 7},
    "token_given": {"protocol": "imap", "program": "WIN-OFFICE"},
}


def told(kind: str, language: str = "en", code: str = "", **facts: Any) -> str:
    entry = {"id": 1, "at": "2026-11-24T08:00:00+00:00", "kind": kind, "code": code, "facts": facts}
    return line(entry, Texts(language)).split("  ", 1)[1]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", list(Happened))
def test_each_kind_has_its_words(kind: Happened, language: str) -> None:
    words = told(kind.value, language, **FACTS.get(kind.value, {}))
    assert words
    assert "{" not in words
    assert words != f"journal-{kind.value}"


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        ("refreshed", {"times": 24, "until": "…"}, "Sign-in renewed, 24 times in a row"),
        ("limit_learned", {"about": "age", "hours": 720}, "Learned: a sign-in lasts 30 days"),
        ("limit_learned", {"about": "age", "hours": 24}, "Learned: a sign-in lasts one day"),
        ("limit_learned", {"about": "age", "hours": 0}, "Learned: the sign-in lasts longer than so far"),
        ("limit_learned", {"about": "inactivity", "hours": 12}, "Learned: without use the sign-in lasts 12 hours"),
        ("token_given", {"protocol": "imap", "program": ""}, "Access token for imap given out"),
        ("token_given", {"protocol": "imap", "program": "mutt"}, "Access token for imap given to mutt"),
        ("state", {"state": "ok", "before": "unknown"}, "New state: all well"),
        ("fetched", {"new": 1, "bytes": 3, "skipped": 2}, "One mail fetched, 2 skipped"),
    ],
)
def test_what_it_says(kind: str, facts: dict[str, Any], words: str) -> None:
    assert told(kind, **facts) == words


def test_the_code_stands_behind_it() -> None:
    assert told("refresh_failed", "de", "AADSTS70043") == "Anmeldung nicht erneuert (AADSTS70043)"
