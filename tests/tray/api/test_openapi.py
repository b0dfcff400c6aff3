"""The description is what a main app's developer reads and generates code from: it must be valid, whole and true."""

from __future__ import annotations

import pytest
from openapi_spec_validator import validate

from tests.tray.api.description import calls, check, document, resolved
from tests.tray.api.office import Office
from tray.api import openapi
from tray.api.describe import written
from tray.version import __version__

PROMISED = {
    ("GET", "/v1/status"),
    ("POST", "/v1/doctor"),
    ("GET", "/v1/accounts"),
    ("POST", "/v1/accounts"),
    ("GET", "/v1/accounts/{account_id}"),
    ("PATCH", "/v1/accounts/{account_id}"),
    ("DELETE", "/v1/accounts/{account_id}"),
    ("POST", "/v1/accounts/{account_id}/sign-in"),
    ("GET", "/v1/accounts/{account_id}/sign-in"),
    ("DELETE", "/v1/accounts/{account_id}/sign-in"),
    ("DELETE", "/v1/accounts/{account_id}/session"),
    ("POST", "/v1/sign-in"),
    ("GET", "/v1/sign-in"),
    ("POST", "/v1/accounts/{account_id}/check"),
    ("GET", "/v1/accounts/{account_id}/token"),
    ("GET", "/v1/accounts/{account_id}/consent-request"),
    ("POST", "/v1/accounts/{account_id}/fetch"),
    ("POST", "/v1/accounts/{account_id}/test-mail"),
    ("GET", "/v1/accounts/{account_id}/journal"),
    ("GET", "/v1/accounts/{account_id}/timeline"),
    ("GET", "/v1/presets"),
    ("POST", "/v1/accounts/{account_id}/outbox"),
    ("GET", "/v1/outbox"),
    ("GET", "/v1/outbox/{letter_id}"),
    ("DELETE", "/v1/outbox/{letter_id}"),
    ("GET", "/v1/messages"),
    ("GET", "/v1/messages/{message_id}"),
    ("GET", "/v1/messages/{message_id}/raw"),
    ("GET", "/v1/messages/{message_id}/attachments/{number}"),
    ("PUT", "/v1/messages/{message_id}/done"),
    ("GET", "/v1/events"),
    ("GET", "/v1/hello"),
    ("POST", "/v1/page-session"),
}


def test_the_file_is_up_to_date() -> None:
    assert openapi.content() == written(), "python -m tray.api.describe writes it anew"


def test_the_program_serves_the_file_and_wants_the_secret_for_it(office: Office) -> None:
    answer = office.call("GET", "/openapi.json")
    assert answer.content == openapi.content()
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert office.call("GET", "/openapi.json", key="").status == 401


def test_it_is_valid_and_has_the_program_s_version() -> None:
    validate(document())
    assert document()["info"]["version"] == __version__


def test_it_names_every_call_of_the_contract() -> None:
    assert {(call.method, call.path) for call in calls()} >= PROMISED


def test_every_call_names_its_errors_as_problem_json() -> None:
    for call in calls():
        always = {400, 403, 500} if call.operation.get("security") == [{}] else {400, 401, 403, 500}
        assert always <= call.statuses, call.name
        assert {408, 413, 415} <= call.statuses or call.method == "GET", call.name
        assert 404 in call.statuses or "{" not in call.path, call.name
        for status in call.statuses:
            if status >= 400:
                said = call.response(status)["content"]["application/problem+json"]
                assert said["schema"] == {"$ref": "#/components/schemas/ProblemBody"}, call.name


def test_every_error_has_an_example_that_is_as_described() -> None:
    for call in calls():
        for status in (each for each in call.statuses if each >= 400):
            for name, said in call.response(status)["content"]["application/problem+json"]["examples"].items():
                value = resolved(said["$ref"])["value"]
                check("ProblemBody", value)
                assert value["status"] == status, (call.name, name)
                assert value["title"] != "That did not work" or name == "unexpected", name


def test_every_body_has_an_example_that_is_as_described() -> None:
    for call in calls():
        contents = [call.operation.get("requestBody", {}).get("content", {})]
        contents += [call.response(status).get("content", {}) for status in call.statuses if status < 400]
        for media_type, said in (each for content in contents for each in content.items()):
            assert "example" in said, (call.name, media_type)
            if reference := said["schema"].get("$ref"):
                check(reference.rpartition("/")[2], said["example"])


def test_every_call_that_takes_a_body_says_which() -> None:
    assert {(call.method, call.path) for call in calls() if "requestBody" in call.operation} == {
        ("POST", "/v1/accounts"),
        ("PATCH", "/v1/accounts/{account_id}"),
        ("POST", "/v1/accounts/{account_id}/sign-in"),
        ("POST", "/v1/accounts/{account_id}/outbox"),
        ("POST", "/v1/keys"),
        ("POST", "/v1/page-session"),
        ("PUT", "/v1/autostart"),
        ("PATCH", "/v1/settings"),
    }
    outbox = document()["paths"]["/v1/accounts/{account_id}/outbox"]["post"]["requestBody"]["content"]
    assert outbox.keys() == {"application/json", "message/rfc822"}


def test_only_the_open_doors_are_described_as_open() -> None:
    assert document()["security"] == [{"secret": []}]
    assert {call.path for call in calls() if call.operation.get("security") == [{}]} == {
        "/v1/hello",
        "/v1/page-session",
    }


def test_operation_names_are_fit_for_generated_code() -> None:
    names = [call.name for call in calls()]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and len(name) < 40 for name in names)


@pytest.mark.parametrize("key", ["description", "summary"])
def test_everything_is_told_in_words(key: str) -> None:
    silent = [call.name for call in calls() if key == "summary" and not call.operation.get("summary")]
    silent += [
        f"{call.name} {parameter['name']}"
        for call in calls()
        for parameter in call.operation.get("parameters", ())
        if key == "description" and not parameter.get("description")
    ]
    assert not silent
