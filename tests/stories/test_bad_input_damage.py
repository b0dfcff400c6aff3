"""A damaged database or vault, a keyring that is lost, locked or missing: told, kept aside, never overwritten."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import secretstorage

from auth.keyring_store import SERVICE
from tests.rigs.desktop import Desktop
from tests.rigs.postwart import postwart
from tests.stories.mishaps import ADDRESS, NO_KEYRING, Place, surroundings

pytestmark = pytest.mark.needs("desktop")


def garbage_inside(content: bytes) -> bytes:
    """Over whole pages: what falls into a page's free room harms nobody."""
    quarter = len(content) // 4
    return content[:quarter] + os.urandom(2 * quarter) + content[3 * quarter :]


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2 + 77]


def something_else(_content: bytes) -> bytes:
    return b"Dear Sir or Madam,\n" * 500


DAMAGES = (garbage_inside, cut_short, something_else)


def test_a_damaged_database_is_set_aside_told_and_not_overwritten(place: Place) -> None:
    place.world.post.deliver(ADDRESS, b"Subject: kept on the server\r\n\r\nx\r\n")
    api = place.signed_in()
    for damage in DAMAGES:
        api.post("accounts", "info", "fetch")
        place.program.stop()
        damaged = {}
        for name in ("post.db", "state.db"):
            file = place.program.places.data / name
            damaged[name] = damage(file.read_bytes())
            file.write_bytes(damaged[name])
        api = place.program.start("--no-tray")
        for name, content in damaged.items():
            aside = place.program.home.glob(f"{name}.damaged-*")
            assert content in [each.read_bytes() for each in aside]
            assert f"{name} was damaged and is now" in place.program.log
        assert {each["code"] for each in api.get("status")["warnings"]} == {"post_set_aside", "state_set_aside"}
        api.post("accounts", "info", "fetch")
        assert len(api.get("messages", limit=500)["messages"]) == len(place.world.post.messages(ADDRESS))
        assert api.post("accounts", "info", "check")["state"] == "ok"
    for words in (("with your mail was damaged", "mit Ihren E-Mails war beschädigt"), ("post.db.damaged-",) * 2):
        place.says("status", code=0, en=words[0], de=words[1])
    place.says("status", code=0, en="A damaged file was set aside.", de="Eine beschädigte Datei wurde beiseitegelegt.")


def test_that_mail_was_damaged_is_told_until_somebody_has_taken_the_file_away(place: Place) -> None:
    place.account(receive="imap")
    place.types("status")
    (place.program.places.data / "post.db").write_bytes(something_else(b""))
    assert place.types("token", "info")[0] == 3  # finds the damage, and shows no warnings
    api = place.program.start("--no-tray")
    assert [each["code"] for each in api.get("status")["warnings"]] == ["post_set_aside"]
    place.program.stop()
    for file in place.program.home.glob("post.db.damaged-*"):
        file.unlink()
    assert place.program.start("--no-tray").get("status")["warnings"] == []


def test_a_damaged_vault_asks_for_a_sign_in_which_sets_it_aside(place: Place) -> None:
    place.signed_in()
    for damage in (garbage_inside, something_else):
        place.program.stop()
        (file,) = place.program.home.glob("vault/*.vault")
        content = damage(file.read_bytes())
        file.write_bytes(content)
        api = place.program.start("--no-tray")
        place.says("check", "info", code=3, en="sign-in is damaged", de="Die gespeicherte Anmeldung ist beschädigt")
        place.says("token", "info", code=3, en="Click “Sign in”", de="Klicken Sie auf „Anmelden“")
        assert file.read_bytes() == content
        place.sign_in(api)
        assert content in [each.read_bytes() for each in file.parent.glob("*.set-aside")]
        assert api.post("accounts", "info", "check")["state"] == "ok"


def test_without_a_keyring_nothing_is_kept_in_clear_and_no_browser_opens(place: Place) -> None:
    place.account(receive="imap")
    before = len(place.world.provider.requests)
    place.start(**NO_KEYRING)
    place.says("sign-in", "info", code=1, en="lacks a safe place", de="fehlt ein sicherer Ort")
    place.says("sign-in", "info", code=1, en="gnome-keyring", de="gnome-keyring")
    assert len(place.world.provider.requests) == before
    assert not list(place.program.home.glob("vault/*"))


def test_a_keyring_that_has_gone_leaves_the_sign_in_as_it_was(place: Place) -> None:
    place.signed_in()
    place.program.stop()
    before = place.kept()
    place.start(**NO_KEYRING)
    for command in ("check", "token", "sign-in"):
        place.says(command, "info", code=1, en="lacks a safe place", de="fehlt ein sicherer Ort")
    assert place.program.health("info")["who"] == "admin"
    place.program.stop()
    assert place.kept() == before
    assert place.program.start("--no-tray").post("accounts", "info", "check")["state"] == "ok"


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Place, Desktop]]:
    """With a keyring of its own."""
    with surroundings(tmp_path / "world") as (world, here), postwart(tmp_path / "home", here.env) as program:
        program.home.mkdir()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", here.env["DBUS_SESSION_BUS_ADDRESS"])
        yield Place(world, here, program), here


def test_a_key_that_is_gone_asks_for_a_sign_in_and_the_old_file_is_kept(apart: tuple[Place, Desktop]) -> None:
    place, _ = apart
    place.signed_in()
    place.program.stop()
    (file,) = place.program.home.glob("vault/*.vault")
    before = file.read_bytes()
    keyring = secretstorage.get_default_collection(secretstorage.dbus_init())
    for item in keyring.search_items({"service": SERVICE}):
        item.delete()
    api = place.program.start("--no-tray")
    place.says("check", "info", code=3, en="The key to the stored sign-in is gone", de="ist nicht mehr da")
    place.says("status", code=3, en="Windows profile", de="Windows-Profil")
    assert file.read_bytes() == before
    place.sign_in(api)
    assert [each.read_bytes() for each in file.parent.glob("*.set-aside")] == [before]
    assert api.post("accounts", "info", "check")["state"] == "ok"


def test_a_locked_keyring_is_told_and_loses_nothing(apart: tuple[Place, Desktop]) -> None:
    place, here = apart
    place.signed_in()
    place.program.stop()
    before = place.kept()
    secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
    api = place.program.start("--no-tray")
    for command in (("check", "info"), ("token", "info"), ("sign-in", "info")):
        place.says(*command, code=1, en="keyring is locked. Unlock it", de="ist gesperrt. Entsperren Sie ihn")
    assert place.kept() == before
    here.end("keyring")
    here.start_keyring()  # unlocks it
    assert api.post("accounts", "info", "check")["state"] == "ok"
