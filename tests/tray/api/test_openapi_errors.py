"""Each error that the description names for a call reaches that call's caller, in the shape that is described."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest

from auth.problems import Problem
from tests.tray.api.description import Call, calls, conforms
from tests.tray.api.office import Office, request, with_secret
from tray.api import body
from tray.api.catalogue import example
from tray.api.rights import MAIN

CALLS = {call.name: call for call in calls()}
NAMES = {"account_id": "info", "letter_id": "1", "message_id": "1", "number": "0", "name": "WIN-OFFICE"}
DOOR = {"target_refused", "host_refused", "origin_refused", "not_authorized", "not_allowed"} | {
    *("body_refused", "content_type_unknown", "body_too_large", "body_too_slow", "not_json", "wrong_fields")
}
OF_THE_PC = {"examine", "getAutostart", "setAutostart", "listPresets", "getSettings"}
"""They ask the system or nobody: what goes wrong there has tests of its own."""
WRONG = {"limit": "0", "nonce": "", "for": "nntp"}


def target(call: Call, said: dict[str, str] | None = None) -> str:
    needed = {
        each["name"]: "x" for each in call.operation.get("parameters", ()) if each["in"] == "query" and each["required"]
    }
    query = "&".join(f"{name}={value}" for name, value in (needed | (said or {})).items())
    return call.path.format(**NAMES) + (f"?{query}" if query else "")


def wrong_fields(call: Call) -> tuple[str, str, str]:
    """Target, headers and body of a call with one value that is not allowed."""
    if "requestBody" in call.operation:
        return target(call), "Content-Type: application/json\n", "[]"
    names = {each["name"] for each in call.operation["parameters"]}
    if query := {name: WRONG[name] for name in sorted(names & WRONG.keys())}:
        return target(call, query), "", ""
    if "Last-Event-ID" in names:
        return target(call), f"Last-Event-ID: {'1' * 65}\n", ""
    return call.path.format(**{**NAMES, "letter_id": "-1", "message_id": "-1"}), "", ""


def refused(office: Office, call: Call, code: str, door_key: str) -> bytes:
    """A request that is to be refused with this code. `door_key` is one that opens the mail doors alone."""
    secret, length = with_secret(office), "Content-Type: application/json\nContent-Length: "
    if code == "wrong_fields":
        path, more, body = wrong_fields(call)
        return request(office, call.method, path, more=secret + more, body=body)
    ways: dict[str, dict[str, str]] = {
        "target_refused": {"path": f"http://{office.host}{target(call)}"},
        "host_refused": {"host": "evil.example"},
        "origin_refused": {"more": f"{secret}Origin: https://evil.example\n"},
        "not_authorized": {"more": ""},
        "not_allowed": {"more": f"Authorization: Bearer {door_key}\n"},
        "body_refused": {"body": "x"},
        "content_type_unknown": {"more": f"{secret}Content-Type: text/plain\n", "body": "x"},
        "body_too_large": {"more": f"{secret}{length}1000000000\nExpect: 100-continue\n"},
        "body_too_slow": {"more": f"{secret}{length}10\n"},
        "not_json": {"more": f"{secret}Content-Type: application/json\n", "body": "{"},
    }
    said = {"path": target(call), "more": secret} | ways[code]
    return request(office, call.method, **said)


def named(call: Call) -> list[tuple[int, str]]:
    errors = [status for status in sorted(call.statuses) if status >= 400]
    return [
        (status, code)
        for status in errors
        for code in call.response(status)["content"]["application/problem+json"]["examples"]
    ]


@pytest.mark.parametrize("name", CALLS)
def test_what_the_door_refuses_is_refused_as_described(
    office: Office, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "SECONDS", 0.1)
    call, door_key = CALLS[name], office.server.keys.programs.add("Door", ["gateway"], MAIN)
    for status, code in named(call):
        if code in DOOR:
            raw = refused(office, call, code, door_key)
            head, _, content = office.send(raw).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 %d " % status), (code, head, content)
            conforms(call.method, call.path, status, "application/problem+json", content)
            assert json.loads(content)["code"] == code
    assert office.hub.did == []


def break_all(office: Office, problem: Problem) -> None:
    """Whatever a route may ask says this."""

    def say(*_: Any, **__: Any) -> Any:
        raise problem

    hub, keys = office.hub, office.server.keys
    for part in (hub, hub.inbox, hub.outbox, hub.journal, hub.feed, keys, keys.programs):
        for each, _ in inspect.getmembers(part, callable):
            if not each.startswith("_") and each not in {"caller", "texts_in", "end_sessions"}:
                setattr(part, each, say)


@pytest.mark.parametrize("name", CALLS)
def test_what_a_call_cannot_do_is_told_as_described(office: Office, name: str) -> None:
    call = CALLS[name]
    content = call.operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    for status, code in named(call):
        if code in DOOR or name in OF_THE_PC:
            continue
        problem = example(code)
        break_all(office, problem)
        answer = office.call(call.method, target(call), content)
        assert answer.status == status, (code, answer.content)
        assert answer.json["code"] == problem.code
        assert answer.json["title"]
        assert answer.json["next_step"]
