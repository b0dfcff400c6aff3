"""Is every refusal of Entra's understood: state, who can mend it, and complete sentences in both languages?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from auth.aadsts import CURE_OF_NUMBER, PASSING
from auth.outcome import Refused, Unreachable
from auth.provider import Session
from auth.refusals import refusal_in
from tests.tray.entra_table import ROWS, THROTTLED, Row
from tray.health import Facts, Verdict, assess
from tray.learning import learn
from tray.texts import LANGUAGES, Texts

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HELD = Session("info@office.example", NOW - timedelta(days=3), NOW - timedelta(hours=1))
FACTS = {"account": "info", "address": "info@office.example", "person": "info@office.example"}


def answer(row: Row, number: int | None = None) -> dict[str, object]:
    """Entra's JSON."""
    code = number or row.number
    body: dict[str, object] = {
        "error": row.error,
        "error_description": f"AADSTS{code}: The words of the day. Trace ID: 1 Correlation ID: 2",
        "error_codes": [code],
    }
    return body | ({"suberror": row.suberror} if row.suberror else {})


def verdict(body: dict[str, object]) -> Verdict:
    """How an account stands that was well until this answer, ten minutes ago."""
    facts = learn(Facts(held=HELD, checked_at=NOW - timedelta(hours=1)), refusal_in(body), HELD, NOW)
    return assess(facts, NOW + timedelta(minutes=10), expiring=False)


def name(row: Row) -> str:
    return f"{row.number}-{row.error}-{row.suberror}"


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_each_answer_has_its_state_and_who_can_mend_it(row: Row) -> None:
    found = verdict(answer(row))
    assert (found.state, found.who) == (row.state, row.who)
    if row.state == "offline":
        assert found.code == ("throttled" if row.number in THROTTLED else "service_fault")
    else:
        assert found.code == f"AADSTS{row.number}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", ROWS, ids=name)
def test_each_answer_is_told_in_full(row: Row, language: str) -> None:
    found = verdict(answer(row))
    advice = Texts(language, "WIN-OFFICE").advise(found.texts, {**FACTS, **found.facts})
    for sentence in (advice.title, advice.next_step):
        assert sentence
        assert not re.search(r"AADSTS|OAuth|[Tt]oken|\{|\$", sentence)
    assert advice.next_step.endswith(".")
    if row.who in {"admin", "vendor"}:
        assert re.search("Administrator|administrator", advice.next_step + advice.title)
        assert row.admin_words
    if row.admin_words:
        assert any(word in advice.admin_help for word in row.admin_words), advice.admin_help


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", ROWS, ids=name)
def test_no_number_is_told_in_general_words(row: Row, language: str) -> None:
    """Unless it means the same as another: then it says the same, word for word."""
    texts = Texts(language)
    general = {texts.say(f"refused-{cure}.title") for cure in ("sign_in", "admin", "vendor")}
    assert texts.advise((f"AADSTS{row.number}",), {}).title not in general


def test_the_table_is_complete() -> None:
    assert {row.number for row in ROWS} == CURE_OF_NUMBER.keys() | PASSING.keys()
    assert len({row.number for row in ROWS}) == 90


@pytest.mark.parametrize("row", [row for row in ROWS if row.number not in PASSING], ids=name)
def test_an_unknown_number_keeps_its_text_and_gets_the_default_of_its_error(row: Row) -> None:
    known, unknown = refusal_in({"error": row.error, "suberror": row.suberror}), refusal_in(answer(row, 99_999_001))
    assert type(known) is type(unknown)
    if isinstance(known, Unreachable):  # the device flow's own words, which nobody else says
        assert row.error in {"bad_verification_code", "expired_token"}
        return
    assert isinstance(unknown, Refused)
    assert isinstance(known, Refused)
    assert (unknown.code, unknown.cure) == ("AADSTS99999001", known.cure)
    assert unknown.detail.startswith("AADSTS99999001: The words of the day.")
    found = verdict(answer(row, 99_999_001))
    assert Texts("de").advise(found.texts, {**FACTS, **found.facts}).next_step


@pytest.mark.parametrize(
    ("suberror", "number", "who"),
    [("message_only", 50076, "admin"), ("basic_action", 53000, "user"), ("consent_required", 50076, "admin")],
)
def test_where_suberror_says_who_can_mend_it_a_number_does_not_send_to_somebody_else(
    suberror: str, number: int, who: str
) -> None:
    found = verdict({"error": "invalid_grant", "suberror": suberror, "error_codes": [number]})
    assert (found.code, found.who) == (f"AADSTS{number}", who)
    assert found.texts[0].startswith("refused-")


@pytest.mark.parametrize("number", [50076, 700082, 65001, 53003, 0])
@pytest.mark.parametrize("error", ["temporarily_unavailable", "server_error", "slow_down", "authorization_pending"])
def test_an_error_that_passes_is_never_an_answer_whatever_number_comes_with_it(error: str, number: int) -> None:
    assert isinstance(refusal_in({"error": error, "error_codes": [number]}), Unreachable)


def test_a_loop_that_entra_sees_is_left_alone_for_long() -> None:
    found = refusal_in({"error": "invalid_grant", "error_codes": [50196]})
    assert isinstance(found, Unreachable)
    assert found.retry_after == timedelta(hours=1)
