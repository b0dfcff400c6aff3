"""The API's description as a test reads it: which call an answer belongs to, and whether the answer is as described."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from tray.api import openapi

_FORMATS = FormatChecker(())


@_FORMATS.checks("date-time", ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or (datetime.fromisoformat(value).tzinfo is not None and value.endswith("Z"))


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    operation: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.operation["operationId"])

    @property
    def statuses(self) -> set[int]:
        return {int(status) for status in self.operation["responses"]}

    def response(self, status: int) -> dict[str, Any]:
        said: dict[str, Any] = self.operation["responses"][str(status)]
        return resolved(said["$ref"]) if "$ref" in said else said


@cache
def document() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(openapi.content())
    return read


def calls() -> Iterator[Call]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield Call(method.upper(), path, operation)


def resolved(reference: str) -> Any:
    found: Any = document()
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], Call]]:
    """A name in a path is no word that stands there itself, so that what is fixed comes first."""
    found = sorted(calls(), key=lambda call: call.path.count("{"))
    return [(call.method, re.compile(re.sub(r"\\{\w+\\}", "[^/]*", re.escape(call.path))), call) for call in found]


def call_of(method: str, target: str) -> Call | None:
    path = target.partition("?")[0]
    fits = (call for verb, pattern, call in _patterns() if verb == method and pattern.fullmatch(path))
    return next(fits, None)


@cache
def _validator(name: str) -> Draft202012Validator:
    """Stricter than the description: what it does not name may come later, but not today."""
    schemas = {
        each: schema if "additionalProperties" in schema else {**schema, "additionalProperties": False}
        for each, schema in document()["components"]["schemas"].items()
    }
    whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    return Draft202012Validator(whole, format_checker=_FORMATS)


def check(name: str, body: Any) -> None:
    """Raises AssertionError, saying what is not as described."""
    faults = [f"{fault.json_path}: {fault.message}" for fault in _validator(name).iter_errors(body)]
    assert not faults, (name, faults[:5])


def conforms(method: str, target: str, status: int, media_type: str, content: bytes) -> None:
    """Is the answer one that the description names? Raises AssertionError. What is not described is passed over."""
    call = call_of(method, target)
    if (
        call is None or status in {404, 405} - call.statuses or status == 505
    ):  # the API's own, for all that is not there
        return
    if status == 503 and json.loads(content)["code"] == "postwart_ending":
        return
    assert status in call.statuses, f"{call.name}: {status} is not described: {content[:300]!r}"
    described = call.response(status).get("content", {})
    if not described:
        assert content == b"", (call.name, status, content[:100])
        return
    media_type = media_type.partition(";")[0]
    assert media_type in described, (call.name, status, media_type)
    if reference := described[media_type]["schema"].get("$ref"):
        check(reference.rpartition("/")[2], json.loads(content))
