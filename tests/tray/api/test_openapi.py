"""The description is what a main app's developer reads and generates code from: it must be valid, whole and true."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import validate

from tests.tray.api.office import Office

PROMISED = {
    ("get", "/v1/status"),
    ("post", "/v1/doctor"),
    ("get", "/v1/accounts"),
    ("post", "/v1/accounts"),
    ("get", "/v1/accounts/{account_id}"),
    ("patch", "/v1/accounts/{account_id}"),
    ("delete", "/v1/accounts/{account_id}"),
    ("post", "/v1/accounts/{account_id}/sign-in"),
    ("get", "/v1/accounts/{account_id}/sign-in"),
    ("delete", "/v1/accounts/{account_id}/sign-in"),
    ("delete", "/v1/accounts/{account_id}/session"),
    ("get", "/v1/sign-in"),
    ("post", "/v1/sign-in"),
    ("post", "/v1/accounts/{account_id}/check"),
    ("get", "/v1/accounts/{account_id}/token"),
    ("get", "/v1/accounts/{account_id}/consent-request"),
    ("post", "/v1/accounts/{account_id}/fetch"),
    ("post", "/v1/accounts/{account_id}/test-mail"),
    ("get", "/v1/accounts/{account_id}/journal"),
    ("get", "/v1/accounts/{account_id}/timeline"),
    ("get", "/v1/presets"),
    ("post", "/v1/accounts/{account_id}/outbox"),
    ("get", "/v1/outbox"),
    ("get", "/v1/outbox/{letter_id}"),
    ("delete", "/v1/outbox/{letter_id}"),
    ("get", "/v1/messages"),
    ("get", "/v1/messages/{message_id}"),
    ("get", "/v1/messages/{message_id}/raw"),
    ("get", "/v1/messages/{message_id}/attachments/{number}"),
    ("put", "/v1/messages/{message_id}/done"),
    ("get", "/v1/hello"),
    ("post", "/v1/page-session"),
}


@pytest.fixture
def document(office: Office) -> Any:
    return office.call("GET", "/openapi.json").json


def test_it_is_valid(document: Any) -> None:
    validate(document)


def test_it_names_every_call_of_the_contract(document: Any) -> None:
    named = {(method, path) for path, methods in document["paths"].items() for method in methods}
    assert named >= PROMISED


def test_every_call_names_its_errors_as_problem_json(document: Any) -> None:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            errors = {status: each for status, each in operation["responses"].items() if status >= "400"}
            assert {"400", "401", "403", "500"} <= errors.keys(), (method, path)
            assert "404" in errors or "{" not in path, (method, path)
            for each in errors.values():
                schema = each["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ProblemBody"}, (method, path)


def test_every_call_that_takes_a_body_says_which(document: Any) -> None:
    with_body = {
        (method, path)
        for path, methods in document["paths"].items()
        for method, each in methods.items()
        if "requestBody" in each
    }
    assert with_body == {
        ("post", "/v1/accounts"),
        ("patch", "/v1/accounts/{account_id}"),
        ("post", "/v1/accounts/{account_id}/sign-in"),
        ("post", "/v1/accounts/{account_id}/outbox"),
        ("post", "/v1/keys"),
        ("post", "/v1/page-session"),
        ("put", "/v1/autostart"),
        ("patch", "/v1/settings"),
    }
    outbox = document["paths"]["/v1/accounts/{account_id}/outbox"]["post"]["requestBody"]["content"]
    assert outbox.keys() == {"application/json", "message/rfc822"}


def test_only_the_open_doors_are_described_as_open(document: Any) -> None:
    assert document["security"] == [{"secret": []}]
    open_doors = {
        path for path, methods in document["paths"].items() for each in methods.values() if each.get("security") == [{}]
    }
    assert open_doors == {"/v1/hello", "/v1/page-session"}


def test_operation_names_are_fit_for_generated_code(document: Any) -> None:
    names = [each["operationId"] for methods in document["paths"].values() for each in methods.values()]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and len(name) < 40 for name in names)
