"""The status page in a real browser: this PC is checked, and the report can be read, copied and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.tray.doctor.test_report import CLOCK, LOOPBACK, WELL, made
from tests.tray.page.conftest import Open
from tests.tray.page.rig import StandIn, account
from tray.api import types
from tray.doctor.report import Report
from tray.texts import Texts

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def report(api: StandIn) -> Report:
    api.accounts = [account("info", "ok")]
    found = made(LOOPBACK, CLOCK, WELL, texts=Texts("de"))
    api.answers["doctor"] = found
    return found


def test_the_report_says_first_what_is_wrong_and_who_mends_it(report: Report, open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Diesen PC prüfen").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text(
        "2 Dinge stimmen nicht. Das Wichtigste: Programme auf diesem PC erreichen einander nicht."
    )
    expect(dialog.get_by_text("Das kann Ihr Administrator beheben.")).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    expect(dialog.get_by_role("textbox")).to_have_value(report.text)
    dialog.get_by_role("button", name="Schließen").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Diesen PC prüfen")).to_be_focused()


def test_it_is_saved_as_a_file_that_every_editor_opens(report: Report, open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    page.get_by_role("button", name="Diesen PC prüfen").click()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Als Datei speichern").click()
    saved = tmp_path / "saved.txt"
    loading.value.save_as(saved)
    assert loading.value.suggested_filename == f"Postwart {report.computer} 2026-11-24T08-05.txt"
    assert saved.read_text("utf-8-sig") == report.text


def test_where_it_cannot_be_made_that_is_said(api: StandIn, open_page: Open) -> None:
    api.accounts = [account("info", "ok")]
    api.refuse["doctor"] = types.ProblemBody("It failed", 500, "unexpected", "", "Try again.")
    page = open_page(locale="en-GB")
    page.get_by_role("button", name="Check this PC").click()
    expect(page.locator("#doctor .result")).to_have_text("It failed. Try again.")
