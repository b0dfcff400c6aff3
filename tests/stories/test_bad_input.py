"""Each mistake and each mishap gets a clear answer with the next step, in both languages, and changes nothing."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.rigs import robot_browser
from tests.rigs.desktop import Desktop, desktop
from tests.rigs.postwart import Postwart, postwart
from tray import config_file
from tray.api.client import ApiRefused
from tray.app import utc_now
from tray.demo_world import World

pytestmark = [pytest.mark.needs("desktop"), pytest.mark.timeout(120)]

ADDRESS = "info@office.example"
NO_KEYRING = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}


@dataclass(frozen=True)
class Place:
    world: World
    here: Desktop
    program: Postwart

    def types(self, *arguments: str, language: str = "en", **env: str) -> tuple[int, str]:
        """Exit code and all that is printed."""
        before = dict(self.program.env)
        self.program.env |= {"LANG": f"{language}_{'DE' if language == 'de' else 'US'}.UTF-8", **env}
        try:
            done = self.program.command(*arguments)
        finally:
            self.program.env.clear()
            self.program.env.update(before)
        return done.returncode, done.stdout + done.stderr

    def account(self, **values: Any) -> None:
        config_file.add_account(self.program.places.config_file, self.world.account("info", ADDRESS, **values))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Desktop]]:
    with World(tmp_path_factory.mktemp("world"), utc_now) as world:
        world.provider.add_person(ADDRESS)
        browser = robot_browser.command(world.ca_file, ADDRESS)
        with desktop(keyring=True, tray=False, notify="none", screen="", BROWSER=browser) as here:
            yield world, here


@pytest.fixture
def place(shared: tuple[World, Desktop], tmp_path: Path) -> Iterator[Place]:
    world, here = shared
    with postwart(tmp_path / "home", here.env) as program:
        program.home.mkdir()
        yield Place(world, here, program)
    world.provider.online()
    world.post.clear_faults()


WRONG = """\
lang = "de"
[checks]
every = "15 minutes"
[[account]]
id = "In fo"
address = "nobody"
preset = "microsoft366"
receive = "imep"
"""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Zeile 3", "ist keine Dauer", "Erlaubt: imap, pop3, none")),
        ("en", ("line 3", "is no duration", "Allowed: imap, pop3, none")),
    ],
)
@pytest.mark.parametrize("command", ["run", "status"])
def test_a_wrong_configuration_is_refused_with_all_of_its_faults(
    place: Place, command: str, language: str, words: tuple[str, ...]
) -> None:
    file = place.program.places.config_file
    file.write_text(WRONG, "utf-8")
    code, said = place.types(command, language=language)
    assert code == 1
    for word in (str(file), "lang", "checks.every", "account[1].id", "account[1].preset", *words):
        assert word in said, said
    assert file.read_text("utf-8") == WRONG
    assert not list(place.program.home.glob("*.db"))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b'language = "de\n', "line 1"), (b'language = "d\xe4"\n', "UTF-8")],
    ids=["no TOML", "Latin-1"],
)
def test_a_file_that_cannot_be_read_is_told_by_line_and_kept(place: Place, content: bytes, words: str) -> None:
    place.program.places.config_file.write_bytes(content)
    code, said = place.types("run", "--no-tray")
    assert code == 1
    assert words in said
    assert "Traceback" not in said
    assert place.program.places.config_file.read_bytes() == content


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "already in use. Close the program"), ("de", "schon belegt. Beenden Sie das Programm")],
)
def test_a_port_that_is_taken_is_named_and_never_silently_another(place: Place, language: str, words: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        place.program.places.config_file.write_text(f"[api]\nport = {port}\n", "utf-8")
        code, said = place.types("run", "--no-tray", language=language)
    assert (code, str(port) in said, words in said) == (1, True, True), said
    assert not place.program.places.api_file.exists()


def test_a_second_start_says_that_postwart_runs_and_is_no_failure(place: Place) -> None:
    place.program.start("--no-tray")
    assert place.types("run") == (0, "Postwart is already running. “postwart status” shows how the accounts are.\n")
    code, said = place.types("run", language="de")
    assert (code, "läuft schon" in said) == (0, True)


def test_what_a_killed_postwart_left_behind_does_not_hinder_the_next_one(place: Place) -> None:
    place.program.start("--no-tray")
    old = json.loads(place.program.places.api_file.read_text("ascii"))
    place.program.kill()
    assert place.types("stop")[0] == 0
    place.program.start("--no-tray")
    new = json.loads(place.program.places.api_file.read_text("ascii"))
    assert new["secret"] != old["secret"]
    assert new["pid"] != old["pid"]


@pytest.mark.parametrize(("language", "words"), [("en", "lacks a safe place"), ("de", "fehlt ein sicherer Ort")])
def test_without_a_keyring_nothing_is_kept_in_clear_and_no_browser_opens(
    place: Place, language: str, words: str
) -> None:
    place.account(receive="imap")
    before = len(place.world.provider.requests)
    code, said = place.types("sign-in", "info", language=language, **NO_KEYRING)
    assert (code, words in said) == (1, True), said
    assert len(place.world.provider.requests) == before
    assert not list((place.program.places.data / "vault").glob("*"))


def test_an_offline_provider_ends_a_check_with_5_and_costs_no_sign_in(place: Place) -> None:
    place.account(receive="imap")
    assert place.types("sign-in", "info")[0] == 0
    place.world.provider.offline()
    assert place.types("check", "info")[0] == 5
    place.world.provider.online()
    assert place.types("check", "info")[0] == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"imap": {"host": "127.0.0.1", "port": 9, "security": "tls"}}, "127.0.0.1"),
        ({"imap": {"host": "nowhere.invalid", "port": 993, "security": "tls"}}, "nowhere.invalid"),
    ],
    ids=["nobody listens", "no such host"],
)
def test_a_mail_server_that_is_not_there_is_named(place: Place, values: dict[str, Any], words: str) -> None:
    place.account(receive="imap", **values)
    assert place.types("sign-in", "info")[0] == 0
    code, said = place.types("check", "info")
    assert (code, words in said) == (5, True), said


def test_a_damaged_database_is_set_aside_told_and_not_overwritten(place: Place) -> None:
    place.account(receive="imap")
    assert place.types("sign-in", "info")[0] == 0
    for name, words in (("post.db", "with your mail was damaged"), ("state.db", "A damaged file was set aside")):
        file = place.program.places.data / name
        damaged = b"\xff" * 4_000 + file.read_bytes()[4_000:]
        file.write_bytes(damaged)
        place.program.start("--no-tray")
        assert words in place.types("status")[1]
        assert [each["code"] for each in place.program.api.get("status")["warnings"]] == [f"{file.stem}_set_aside"]
        place.program.stop()
        kept = [
            each
            for each in place.program.places.data.glob(f"{name}.damaged-*")
            if not each.name.endswith(("-wal", "-shm"))
        ]
        assert any(each.read_bytes() == damaged for each in kept)
    assert place.types("check", "info")[0] == 0


@pytest.mark.parametrize(("language", "words"), [("en", "is damaged"), ("de", "ist beschädigt")])
def test_a_damaged_vault_asks_for_a_sign_in_which_sets_it_aside(place: Place, language: str, words: str) -> None:
    place.account(receive="imap")
    assert place.types("sign-in", "info")[0] == 0
    (file,) = (place.program.places.data / "vault").glob("*.vault")
    file.write_bytes(b"garbage")
    code, said = place.types("check", "info", language=language)
    assert (code, words in said) == (3, True), said
    assert file.read_bytes() == b"garbage"
    assert place.types("sign-in", "info")[0] == 0
    assert [each.read_bytes() for each in file.parent.glob("*.set-aside")] == [b"garbage"]
    assert place.types("check", "info")[0] == 0


POISON = [
    b"Content-Type: text/plain; name*\r\n\r\nx\r\n",
    b"To: (c):\r\nFrom: =?broken?Q?=?=\r\nDate: never\r\n\r\nx\r\n",
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=no\r\n\r\n\xff\xfe\r\n",
    bytes(range(256)) * 20,
    b"Subject: =?utf-8?B?PGltZyBzcmM9eCBvbmVycm9yPWFsZXJ0KDEpPg==?=\r\n\r\n<script>alert(1)</script>\r\n",
]


def test_malformed_mail_is_kept_byte_for_byte_and_stops_nothing(place: Place) -> None:
    place.account(receive="imap", idle=False)
    for raw in POISON:
        place.world.post.deliver(ADDRESS, raw)
    there = place.world.post.messages(ADDRESS)
    place.program.start("--no-tray")
    assert place.types("sign-in", "info")[0] == 0
    place.program.api.post("accounts", "info", "fetch")
    listed = place.program.api.get("messages", limit=500)["messages"]
    assert [place.program.raw(each["id"]) for each in listed] == there
    for each in listed:
        assert place.program.api.get("messages", str(each["id"]))["id"] == each["id"]


def test_a_call_that_makes_no_sense_is_refused_in_the_callers_language(place: Place) -> None:
    place.account(receive="imap")
    api = place.program.start("--no-tray")
    for path, body, status, code in (
        (("accounts", "nobody", "check"), None, 404, "account_not_found"),
        (("accounts", "info", "outbox"), {"to": [], "subject": "x", "text": "y"}, 422, "no_recipient"),
        (("accounts", "info", "outbox"), {"to": ["not an address"], "subject": "x", "text": "y"}, 422, "bad_address"),
        (("accounts", "info", "outbox"), {"to": "x", "subjekt": "x"}, 422, ""),
        (("accounts",), {"id": "x"}, 422, ""),
    ):
        with pytest.raises(ApiRefused) as refused:
            api.post(*path, json_body=body)
        assert refused.value.status in {status, 400}, (path, refused.value.status, refused.value.code)
        assert not code or refused.value.code == code
        assert refused.value.title
        assert refused.value.next_step
    assert api.get("outbox")["letters"] == []
    assert [each["id"] for each in api.get("accounts")["accounts"]] == ["info"]


def test_the_command_line_says_what_is_wrong_with_a_call(place: Place, tmp_path: Path) -> None:
    place.account(receive="imap")
    empty = tmp_path / "empty.eml"
    empty.touch()
    for arguments, code in (
        (("frobnicate",), 2),
        (("token",), 2),
        (("check", "nobody"), 1),
        (("send", "info", str(tmp_path / "missing.eml")), 1),
        (("send", "info", str(empty)), 1),
        (("accounts", "add", "x", "--address", "nope", "--preset", "custom", "--client-id", "1"), 1),
        (("token", "info"), 3),
    ):
        for language in ("de", "en"):
            ended, said = place.types(*arguments, language=language)
            assert ended == code, (arguments, said)
            assert said.strip()
            assert "Traceback" not in said


def test_a_test_mail_signs_in_first_and_goes_out_once(place: Place) -> None:
    place.account(receive="none")
    place.program.start("--no-tray")
    before = len(place.world.post.submitted)
    assert place.types("check", "info")[0] == 3
    code, said = place.types("test-mail", "info")
    assert (code, "sign in in the browser" in said, "has been sent" in said) == (0, True, True), said
    assert len(place.world.post.submitted) == before + 1


def test_an_account_that_is_pointed_at_another_mailbox_loses_nothing_there(place: Place) -> None:
    """Its UIDs say nothing about the new one's, where the first message may bear the same."""
    other = "other@office.example"
    place.world.provider.add_person(other)
    place.world.post.deliver(ADDRESS, b"Subject: first\r\n\r\nx\r\n")
    place.account(receive="imap", idle=False)
    place.program.start("--no-tray")
    assert place.types("sign-in", "info")[0] == 0
    place.program.api.post("accounts", "info", "fetch")
    before = len(place.program.api.get("messages", limit=500)["messages"])
    place.world.provider.share(other, with_person=ADDRESS)
    place.world.post.add_mailbox(other)
    place.world.post.deliver(other, b"Subject: theirs\r\n\r\nx\r\n")
    changes = {"address": other, "sign_in_as": ADDRESS, "after_fetch": "delete"}
    place.program.api.call("PATCH", ("accounts", "info"), body=json.dumps(changes).encode(), kind="application/json")
    assert place.program.api.post("accounts", "info", "fetch")["new"] == 1
    assert len(place.program.api.get("messages", limit=500)["messages"]) == before + 1


def test_it_ends_within_seconds_though_a_server_is_silent_and_the_letter_stays(place: Place) -> None:
    place.account(receive="none")
    assert place.types("sign-in", "info")[0] == 0
    api = place.program.start("--no-tray")
    place.world.post.slow(ADDRESS, "smtp", 60)
    letter = api.post("accounts", "info", "outbox", json_body={"to": ["a@b.example"], "subject": "x", "text": "y"})
    place.program.until(lambda: place.world.post.connections(ADDRESS, "smtp"), "the round of sending")
    begun = time.monotonic()
    assert place.program.stop() == 0
    assert time.monotonic() - begun < 8
    place.world.post.clear_faults()
    api = place.program.start("--no-tray")
    assert api.get("outbox", str(letter["id"]))["state"] == "queued"
