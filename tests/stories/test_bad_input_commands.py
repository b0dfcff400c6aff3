"""A command that makes no sense says what is wrong, in one sentence, with the exit code that scripts rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rigs import robot_browser
from tests.stories.mishaps import ADDRESS, Place

pytestmark = pytest.mark.needs("desktop")

ADD = ("accounts", "add", "x", "--address", "a@b.example", "--preset", "microsoft365")
CLIENT = ("--client-id", "11111111-2222-3333-4444-555555555555")


@pytest.mark.parametrize(
    ("command", "en", "de"),
    [
        (("frobnicate",), "there is no “frobnicate” here, only run, demo", "„frobnicate“ gibt es hier nicht"),
        (("accounts", "frob"), "only list, add, remove", "möglich sind list, add, remove"),
        (("token",), "ID is missing", "es fehlt ID"),
        (("token", "info", "--for", "http"), "only imap, pop3, smtp", "möglich sind imap, pop3, smtp"),
        (("status", "--xml"), "there is no “--xml” here", "„--xml“ gibt es hier nicht"),
        (("send", "info"), "FILE.eml is missing", "es fehlt FILE.eml"),
        ((*ADD, "--client-id"), "a value is missing after --client-id", "nach --client-id fehlt eine Angabe"),
    ],
)
def test_a_command_typed_wrongly_ends_with_2(place: Place, command: tuple[str, ...], en: str, de: str) -> None:
    place.says(*command, code=2, en=en, de=de)
    assert list(place.program.home.iterdir()) == []


def test_what_cannot_be_done_ends_with_1_and_changes_nothing(place: Place, tmp_path: Path) -> None:
    files = {"empty": b"", "text": b"Hello,\nworld\n", "alone": b"Subject: x\r\n\r\nx"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    place.account(receive="imap")
    api = place.program.start("--no-tray")
    before = place.kept()
    for verb in ("check", "fetch", "token", "sign-in", "sign-out", "test-mail"):
        place.says(verb, "nobody", code=1, en="There is no account “nobody”", de="Es gibt kein Konto „nobody“")
    place.says("accounts", "remove", "nobody", code=1, en="accounts list", de="accounts list")
    for file, en, de in (
        ("missing", "Check its name", "Prüfen Sie den Namen"),
        (".", "Is a directory", "lässt sich nicht lesen"),
        ("empty", "The file is empty", "Die Datei ist leer"),
        ("text", "Line 1 is not a header line", "Zeile 1 ist keine Kopfzeile"),
        ("alone", "Give at least one address", "mindestens eine Adresse"),
    ):
        place.says("send", "info", str(tmp_path / file), code=1, en=en, de=de)
    for more, en, de in (
        (("--set", "receive"), "an equals sign", "einem Gleichheitszeichen"),
        (("--set", "imap=3", "--set", "imap.port=1"), "“--set imap.port=1” cannot", "„--set imap.port=1“ ist nicht"),
        (("--set", "receive=imep"), "receive: “imep” is not allowed", "receive: „imep“ ist nicht erlaubt"),
        (("--preset", "custom"), "scopes: “scopes” is missing", "scopes: Die Angabe „scopes“ fehlt"),
        (("--address", "nope"), "address: “nope” is no e-mail", "address: „nope“ ist keine E-Mail"),
    ):
        place.says(*ADD, *CLIENT, *more, code=1, en=en, de=de)
    place.says(*ADD[:2], "info", *ADD[3:], *CLIENT, code=1, en="Choose another id", de="eine andere Kennung")
    assert place.kept() == before
    assert api.get("outbox")["letters"] == []


def test_the_exit_code_says_who_has_to_do_something(place: Place, tmp_path: Path) -> None:
    person = "c@office.example"
    place.world.provider.add_person(person, consent="admin")
    place.account("consent", person, receive="imap")
    place.account("info", receive="imap")
    place.start(BROWSER=robot_browser.command(place.world.ca_file, person))
    letter = tmp_path / "letter.eml"
    letter.write_bytes(b"To: a@b.example\r\nSubject: x\r\n\r\nx\r\n")
    for command in (("token", "info"), ("fetch", "info"), ("send", "info", str(letter)), ("check", "info")):
        place.says(*command, code=3, en="Click “Sign in”", de="Klicken Sie auf „Anmelden“")
    place.says("sign-in", "consent", code=4, en="has to approve", de="noch genehmigen")
    for command in (("token", "consent"), ("fetch", "consent"), ("send", "consent", str(letter)), ("check", "consent")):
        place.says(*command, code=4, en="“Ask the administrator”", de="„Administrator fragen“")
    place.says("status", code=3, en=ADDRESS, de=ADDRESS)
    place.says("check", "consent", code=4, en="Grant admin consent", de="Administratorzustimmung erteilen")
