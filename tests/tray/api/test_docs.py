"""The description as a page: whole, in the reader's language around it, and nothing in it that could act."""

from __future__ import annotations

import re

import pytest

from tests.tray.api.description import calls, document
from tests.tray.api.office import Office
from tray.api.docs_html import page
from tray.texts import Texts


@pytest.mark.parametrize(("language", "title"), [("de", "Die Schnittstelle von Postwart"), ("en", "Postwart's API")])
def test_the_page_needs_no_secret_and_speaks_the_reader_s_language(office: Office, language: str, title: str) -> None:
    answer = office.call("GET", "/docs", headers={"Accept-Language": language}, key="")
    assert answer.status == 200
    html = answer.content.decode().replace("&#x27;", "'")
    assert f'<html lang="{language}">' in html
    assert f"<h1>{title}</h1>" in html


def test_every_call_and_type_and_error_is_on_it(office: Office) -> None:
    html = office.call("GET", "/docs").content.decode()
    for call in calls():
        assert f'id="{call.name}"' in html
    for name in document()["components"]["schemas"]:
        assert f'id="type-{name}"' in html
    for name in document()["components"]["examples"]:
        assert f'id="error-{name}"' in html
    assert not set(re.findall(r'href="#([^"]+)"', html)) - set(re.findall(r'id="([^"]+)"', html))


def test_nothing_on_it_comes_from_elsewhere_or_runs(office: Office) -> None:
    answer = office.call("GET", "/docs", key="")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    html = answer.content.decode()
    assert "<script" not in html
    assert " style=" not in html
    assert set(re.findall(r'(?:src|href)="([^"#][^"]*)"', html)) == {"/docs.css", "data:,"}
    assert office.call("GET", "/docs.css", key="").headers["content-type"] == "text/css; charset=utf-8"
    assert office.server.keys.secret not in html


def test_what_is_in_the_description_is_taken_for_text() -> None:
    evil = {**document(), "info": {"version": "<b>", "description": "<script>alert(1)</script> `<img src=x>`"}}
    html = page(evil, Texts("en"))
    assert "<script" not in html
    assert "<img" not in html


def test_a_foreign_page_cannot_read_it(office: Office) -> None:
    assert office.call("GET", "/docs", headers={"Origin": "https://evil.example"}, key="").status == 403
    assert office.call("GET", "/docs", headers={"Host": "evil.example"}, key="").status == 403
