from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mail.database import Database
from tests.tray.api.office import Office, running
from tray.api.program_keys import KeyNameTaken, KeyNameUnfit, KeyNotFound, ProgramKeys, RightsUnfit
from tray.api.rights import LOCKED, MAIN, PAGE, Caller, Right, digest
from tray.memory import MIGRATIONS

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LEAST = frozenset({Right.READ})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "state.db", MIGRATIONS, clock=lambda: NOW) as database:
        yield database


def given(office: Office, *rights: str, name: str = "WIN-OFFICE") -> str:
    answer = office.call("POST", "/v1/keys", {"name": name, "rights": rights})
    assert answer.status == 201, answer.content
    return str(answer.json["key"])


def test_a_key_opens_the_door_also_after_a_restart_and_no_other_key_does(database: Database) -> None:
    key = ProgramKeys(database, lambda: NOW).add("WIN-OFFICE", ["send", "read"], MAIN)
    again = ProgramKeys(database, lambda: NOW)
    assert again.caller(digest(key.encode())) == Caller("WIN-OFFICE", frozenset({Right.SEND, Right.READ}))
    assert again.caller(digest(f"{key}x".encode())) is None


def test_no_file_holds_a_key(database: Database) -> None:
    key = ProgramKeys(database, lambda: NOW).add("WIN-OFFICE", ["read"], MAIN)
    kept = [file.read_bytes() for file in database.path.parent.iterdir()]
    assert not any(key.encode() in content or key.removeprefix("pw_").encode() in content for content in kept)


def test_a_key_that_was_taken_away_opens_nothing(database: Database) -> None:
    keys = ProgramKeys(database, lambda: NOW)
    key = keys.add("WIN-OFFICE", ["read"], MAIN)
    keys.remove("WIN-OFFICE")
    assert keys.caller(digest(key.encode())) is None
    assert ProgramKeys(database, lambda: NOW).list() == []
    with pytest.raises(KeyNotFound):
        keys.remove("WIN-OFFICE")


@pytest.mark.parametrize("name", ["win-office", " WIN-OFFICE ", "Postwart", "postwart"])
def test_two_programs_cannot_be_mistaken_for_each_other_nor_for_postwart(database: Database, name: str) -> None:
    keys = ProgramKeys(database, lambda: NOW)
    keys.add("WIN-OFFICE", ["read"], MAIN)
    with pytest.raises(KeyNameTaken):
        keys.add(name, ["read"], MAIN)


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "a\nb", "a/b", "a\\b", "\u202egro.elpmaxe"])
def test_a_name_that_could_not_be_shown_is_refused(database: Database, name: str) -> None:
    with pytest.raises(KeyNameUnfit):
        ProgramKeys(database, lambda: NOW).add(name, ["read"], MAIN)


@pytest.mark.parametrize(
    ("giver", "rights"),
    [
        (MAIN, []),
        (MAIN, ["own"]),
        (MAIN, ["read", "all"]),
        (PAGE, ["token"]),
        (Caller("x", frozenset({Right.MANAGE})), ["read"]),
    ],
)
def test_nobody_gives_more_than_they_may(database: Database, giver: Caller, rights: list[str]) -> None:
    keys = ProgramKeys(database, lambda: NOW)
    with pytest.raises(RightsUnfit):
        keys.add("x", rights, giver)
    assert keys.list() == []


def test_where_the_secret_is_for_no_program_it_still_makes_keys_for_all_things(database: Database) -> None:
    assert ProgramKeys(database, lambda: NOW).add("x", ["token", "send", "read", "manage", "gateway"], LOCKED)


def test_the_list_says_to_the_hour_when_a_key_was_used(database: Database) -> None:
    now = [NOW]
    keys = ProgramKeys(database, lambda: now[0])
    seal = digest(keys.add("x", ["read"], MAIN).encode())
    assert keys.list()[0].used_at is None
    for minutes, seen in ((0, NOW), (59, NOW), (61, NOW + timedelta(minutes=61))):
        now[0] = NOW + timedelta(minutes=minutes)
        assert keys.caller(seal)
        assert keys.list()[0].used_at == seen
    assert ProgramKeys(database, lambda: NOW).list()[0].used_at == NOW + timedelta(minutes=61)


DOES = {
    ("GET", "/v1/accounts/info/token"): "token",
    ("GET", "/v1/status"): "read",
    ("GET", "/v1/messages"): "read",
    ("POST", "/v1/accounts/info/fetch"): "read",
    ("POST", "/v1/accounts/info/check"): "manage",
    ("POST", "/v1/accounts/info/sign-in"): "manage",
    ("DELETE", "/v1/accounts/info/session"): "manage",
    ("POST", "/v1/stop"): "manage",
    ("GET", "/v1/keys"): "",
    ("POST", "/v1/page-code"): "",
    ("DELETE", "/v1/keys/WIN-OFFICE"): "",
}


@pytest.mark.parametrize("right", ["token", "send", "read", "manage", "gateway"])
def test_a_key_does_what_it_is_for_and_nothing_else(office: Office, right: str) -> None:
    key = given(office, right)
    for (method, path), needed in DOES.items():
        answer = office.call(method, path, key=key)
        assert (answer.status == 403) == (needed != right), (method, path, answer.status)
        if answer.status == 403:
            assert answer.json["code"] == "not_allowed"
    letter = office.call("POST", "/v1/accounts/info/outbox", {"to": ["a@b.example"], "text": "x"}, key=key)
    assert letter.status == (202 if right == "send" else 403)


def test_a_program_cannot_make_keys_nor_open_the_page_with_its_key(office: Office) -> None:
    key = given(office, "token", "send", "read", "manage")
    assert office.call("POST", "/v1/keys", {"name": "y", "rights": ["read"]}, key=key).status == 403
    assert office.call("POST", "/v1/page-code", key=key).status == 403


def test_where_programs_need_keys_the_secret_of_api_json_opens_only_postwarts_own_doors(tmp_path: Path) -> None:
    with running(tmp_path, default_key=False) as office:
        key = given(office, "read")
        for path in ("/v1/status", "/v1/messages", "/v1/accounts/info/token", "/v1/accounts"):
            assert office.call("GET", path).status == 403, path
        assert office.call("GET", "/v1/status", key=key).status == 200
        assert office.call("POST", "/v1/page-code").status == 201
        assert office.call("GET", "/v1/hello?nonce=x", key="").status == 200
        assert office.call("POST", "/v1/stop").status == 204


def test_the_list_names_programs_and_shows_no_key(office: Office) -> None:
    key = given(office, "read", "token")
    answer = office.call("GET", "/v1/keys")
    (listed,) = answer.json["keys"]
    assert (listed["name"], listed["rights"], listed["used_at"]) == ("WIN-OFFICE", ["token", "read"], None)
    assert key.encode() not in answer.content


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "x", "rights": []}, "wrong_fields"),
        ({"name": "x", "rights": ["own"]}, "wrong_fields"),
        ({"name": "", "rights": ["read"]}, "wrong_fields"),
        ({"name": "a/b", "rights": ["read"]}, "key_name_unfit"),
        ({"rights": ["read"]}, "wrong_fields"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong_and_makes_no_key(
    office: Office, body: dict[str, object], code: str
) -> None:
    answer = office.call("POST", "/v1/keys", body)
    assert (answer.status, answer.json["code"]) == (400, code)
    assert office.call("GET", "/v1/keys").json["keys"] == []


def test_a_key_that_was_removed_is_refused_at_once(office: Office) -> None:
    key = given(office, "read", name="Büro 1")
    assert office.call("GET", "/v1/status", key=key).status == 200
    assert office.call("DELETE", "/v1/keys/B%C3%BCro%201").status == 204
    assert office.call("GET", "/v1/status", key=key).status == 401
    assert office.call("DELETE", "/v1/keys/B%C3%BCro%201").status == 404
