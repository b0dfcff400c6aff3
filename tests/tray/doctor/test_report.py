"""The first two lines say whether something is wrong and who mends it; nothing in the report is a secret."""

from __future__ import annotations

import ast
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.test_texts import ROOT, sentences
from tray.cli_call import Exit
from tray.cli_doctor import exit_of
from tray.doctor import file
from tray.doctor.finding import Finding, Level, fault, note, ok
from tray.doctor.report import Report, report
from tray.health import Who
from tray.paths import FolderProblem, Places
from tray.texts import LANGUAGES, Advice, Texts

NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
DE, EN = Texts("de"), Texts("en")
JWT = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl"


def made(*findings: Finding, texts: Texts = EN, log: tuple[str, ...] = ()) -> Report:
    return report(findings, texts, NOW, {"Postwart": "0.1.0"}, log)


def account(state: str, who: Who = Who.USER) -> Finding:
    advice = Advice("Bitte neu anmelden", "Klicken Sie auf „Anmelden“.")
    facts = {"state": state}
    return Finding("account", Level.FAULT, (f"doctor-account-{state}",), "info@x.example", who, facts, advice=advice)


STEP = (
    "Das können Sie selbst beheben. Stellen Sie in den Einstellungen des PCs unter „Datum und Uhrzeit“ die Uhr auf "
    "„automatisch“."
)
CLOCK = fault("clock", "clock-ahead", who=Who.USER, minutes=12, here="2026-11-24 08:05 UTC")
LOOPBACK = fault("loopback", "loopback-blocked", who=Who.ADMIN, reason="refused")
NO_NETWORK = fault("network", "network-none", who=Who.USER)
WELL = ok("clock", "clock-ok", seconds=1)
REMARK = note("tray", "tray-no_screen")


@pytest.mark.parametrize(
    ("findings", "texts", "lines"),
    [
        ((WELL,), DE, ("Auf diesem PC ist alles in Ordnung.", "Sie müssen nichts tun.")),
        ((WELL,), EN, ("Nothing is wrong on this PC.", "You need not do anything.")),
        (
            (REMARK, WELL),
            DE,
            ("Auf diesem PC ist alles in Ordnung.", "Ein Hinweis: Hier gibt es keinen Bildschirm für das Symbol."),
        ),
        (
            (CLOCK, WELL),
            DE,
            (
                "Etwas stimmt nicht: Die Uhr dieses PCs geht 12 Minuten vor.",
                STEP,
            ),
        ),
        (
            (LOOPBACK, CLOCK),
            EN,
            (
                "2 things are wrong. The most important one: Programs on this PC do not reach each other.",
                "Your administrator can mend this. Please send him this report.",
            ),
        ),
        (
            (account("sign_in_required", Who.VENDOR),),
            DE,
            (
                "Etwas stimmt nicht: info@x.example: Bitte neu anmelden.",
                "Das kann der Hersteller Ihres Programms beheben. Bitte schicken Sie ihm diesen Bericht.",
            ),
        ),
    ],
)
def test_the_first_two_lines(findings: tuple[Finding, ...], texts: Texts, lines: tuple[str, str]) -> None:
    found = made(*findings, texts=texts)
    assert tuple(found.text.splitlines()[:2]) == lines
    assert (found.headline, found.next_step) == lines


def test_a_consequence_names_its_cause_and_asks_for_nothing() -> None:
    follows = Finding("mail", Level.NOTE, ("server_certificate_date",), "IMAP", explained_by=CLOCK,
                      facts={"host": "mail.example", "issuer": "A", "answer": "expired"})  # fmt: skip
    found = made(CLOCK, follows)
    assert (found.faults, found.findings[1].because) == (1, "This PC's clock is 12 minutes fast")
    text = found.text.partition("What follows from that (1)")[2].partition("\n\n")[0]
    assert "This comes from: This PC's clock is 12 minutes fast." in text
    assert "Check" not in text


def test_no_secret_gets_into_it_by_any_way_and_addresses_stay() -> None:
    spoilt = Finding("mail", Level.FAULT, ("doctor-mail-server_silent", "server_silent"), JWT, Who.ADMIN,
                     {"host": JWT, "port": JWT, "answer": f"Bearer {JWT}", "address": "info@x.example"},
                     (f"line {JWT}",), Advice(JWT, JWT, JWT))  # fmt: skip
    found = made(spoilt, log=(f"access_token={JWT}",))
    assert JWT not in repr(found)
    assert "info@x.example" in found.text


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((WELL, REMARK), Exit.DONE),
        ((CLOCK,), Exit.FAILED),
        ((account("sign_in_required"), account("sign_in_required")), Exit.SIGN_IN_REQUIRED),
        ((account("consent_pending"),), Exit.CONSENT_PENDING),
        ((account("mailbox_refused"),), Exit.FAILED),
        ((account("sign_in_required"), account("consent_pending")), Exit.FAILED),
        ((NO_NETWORK,), Exit.OFFLINE),
        ((NO_NETWORK, CLOCK), Exit.FAILED),
    ],
)
def test_the_exit_code_is_what_all_faults_have_in_common(findings: tuple[Finding, ...], code: Exit) -> None:
    assert exit_of(made(*findings)) is code


def named() -> dict[str, Level]:
    """Every message that the doctor's checks can end with, as it stands in the source."""
    found = {}
    levels = {"ok": Level.OK, "note": Level.NOTE, "fault": Level.FAULT}
    for source in (ROOT / "tray" / "doctor").glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in levels:
                for each in ast.walk(node.args[1]) if len(node.args) > 1 else ():
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        found[f"doctor-{each.value}"] = levels[node.func.id]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_words_and_what_is_not_in_order_has_a_next_step(language: str) -> None:
    known, found = sentences(language), named()
    assert len(found) > 40
    assert not [code for code in found if f"{code}.title" not in known]
    asking = [code for code, level in found.items() if level is not Level.OK]
    assert not [code for code in asking if f"{code}.next-step" not in known]


def test_every_message_of_the_catalogue_is_said_somewhere() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "tray").rglob("*.py"))
    messages = {key.partition(".")[0] for key in sentences("en") if key.startswith("doctor-")}
    built = re.compile(r"doctor-(section|who|mail|provider|account)-")
    assert not [each for each in messages if not built.match(each) and each.removeprefix("doctor-") not in sources]


def test_the_file_has_a_name_with_date_and_pc_and_opens_in_every_editor(tmp_path: Path) -> None:
    there = Places(tmp_path / "c", tmp_path, tmp_path, tmp_path)
    written = file.write(made(CLOCK, texts=DE), DE, there)
    assert re.fullmatch(r"Postwart-Bericht [\w-]+ 20\d\d-\d\d-\d\d \d\d-\d\d\.txt", written.name)
    assert written.parent == tmp_path / "reports"
    assert written.read_text("utf-8-sig").startswith("Etwas stimmt nicht: Die Uhr")
    documents = tmp_path / "Dokumente"
    documents.mkdir()
    there = Places(tmp_path / "c", tmp_path, tmp_path, tmp_path, documents)
    assert file.write(made(CLOCK, texts=DE), DE, there).parent == documents
    documents.chmod(0o777)
    kept = tmp_path / "reports" if sys.platform != "win32" else documents
    assert file.write(made(CLOCK, texts=DE), DE, there).parent == kept


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("in the way")
    with pytest.raises(FolderProblem):
        file.write(made(CLOCK), EN, Places(tmp_path / "c", tmp_path, tmp_path, tmp_path))


def test_its_folder_is_shown(tmp_path: Path) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    file.show(tmp_path / "report.txt", browse)
    assert opened == [tmp_path.as_uri()]
