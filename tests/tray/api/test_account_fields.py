"""Each field of an account that is changed to what cannot be: named, in both languages, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tests.office import Office
from tray.api.account_types import AccountChange
from tray.api.client import ApiClient, ApiRefused

LONG = "x" * 300
WRONG: dict[str, tuple[Any, ...]] = {
    "address": ("meier", "", None, 5, "a@b@c.example", "a@firm.example\r\nBcc: x@firm.example", LONG),
    "preset": ("office", None, ["custom"], ""),
    "client_id": ("", None, 5, "a\nb"),
    "tenant": ("common", "", 5),
    "sign_in_as": ("Anna Vogel", "", 5, "INFO@office.example"),
    "aliases": ([], "a@firm.example", ["meier"], [5], ["a@firm.example", "A@firm.example"]),
    "broker": ("yes", 1),
    "receive": ("imaps", "", 5),
    "folders": ([], "INBOX", ["A", "A"], [""], [5]),
    "fetch_every": ("5", "1s", 300, "999999999d"),
    "idle": ("yes", 1),
    "after_fetch": ("move", 5),
    "sign_in_every": ("0d", 90, "soon"),
    "keep_days": (0, -1, "30", 1.5, True),
    "export": ("", 5, "\x00"),
    "authority": ("http://login.example/x", "login.example", 5, "https://[x/organizations"),
    "issuer": ("http://login.example", "", 5, "https://login.example?x=1"),
    "client_secret": ("", 5, "a\nb"),
    "scopes": ([], "mail", ["openid"], ["a b"], [5]),
    "imap": (
        {"host": "https://x"},
        {"port": 0},
        {"port": "993"},
        {"security": "ssl"},
        {"name": "x"},
        "imap.example",
        [],
    ),
    "pop3": ({"host": ""}, {"port": 65536}, {"port": True}, {"security": ""}, {"host": "a b"}),
    "smtp": ({"host": 5}, {"port": 1.5}, {"security": "none", "host": "smtp.example"}, 25),
    "ca_file": ("missing.pem", "", 5, "\x00"),
}
CASES = [(field, value) for field, values in WRONG.items() for value in values]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office")) as office:
        office.has_account("info")
        yield office.opens()


def faults(office: Office, field: str, value: Any, language: str) -> dict[str, str]:
    client = ApiClient(office.app.api.file, language)
    with pytest.raises(ApiRefused) as refused:
        client.patch("accounts", "info", json_body={field: value})
    assert refused.value.status == 400, refused.value.detail
    return {each["field"]: each["message"] for each in refused.value.errors}


def test_the_table_knows_every_field_that_can_be_changed() -> None:
    assert set(WRONG) == {each.encode_name for each in msgspec.structs.fields(AccountChange)}


@pytest.mark.parametrize(("field", "value"), CASES)
def test_a_wrong_value_is_told_at_its_field_in_both_languages_and_changes_nothing(
    office: Office, field: str, value: Any
) -> None:
    before = office.places.config_file.read_bytes()
    german, english = (faults(office, field, value, language) for language in ("de", "en"))
    assert german.keys() == english.keys()
    assert {name.partition(".")[0] for name in german} == {field}
    for name, message in german.items():
        assert message != english[name]
        assert message.rstrip().endswith((".", ":", "“.", "?")), message
    assert office.places.config_file.read_bytes() == before


def test_several_wrong_fields_are_told_at_once(office: Office) -> None:
    with pytest.raises(ApiRefused) as refused:
        office.api.patch("accounts", "info", json_body={"address": "x", "fetch_every": "x", "imap": {"port": 0}})
    assert {each["field"] for each in refused.value.errors} == {"address", "fetch_every", "imap.port"}
