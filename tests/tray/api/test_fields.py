from __future__ import annotations

from typing import Literal

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from tray.api.fields import NotJson, WrongFields, read, read_object


class Server(msgspec.Struct, forbid_unknown_fields=True):
    host: str
    security: Literal["tls", "none"] = "tls"


class Thing(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    size: int = 0
    kind: Literal["big", "small"] | UnsetType = UNSET
    server: Server | None = None
    parts: list[Server] | UnsetType = UNSET


def faults(body: str) -> dict[str, tuple[str, str]]:
    with pytest.raises(WrongFields) as caught:
        read(Thing, body.encode())
    return {
        fault.field: (fault.code, str(fault.facts.get("allowed", fault.facts.get("kind", ""))))
        for fault in caught.value.faults
    }


def test_what_is_right_is_read() -> None:
    assert read(Thing, b'{"name": "x", "server": {"host": "h"}}') == Thing("x", server=Server("h"))


def test_all_wrong_fields_are_named_at_once_with_what_is_allowed() -> None:
    assert faults('{"size": "1", "kind": "huge", "colour": 1}') == {
        "name": ("field_missing", ""),
        "size": ("field_wrong_type", "int"),
        "kind": ("field_not_allowed", "big, small"),
        "colour": ("field_unknown", "name, size, kind, server, parts"),
    }


@pytest.mark.parametrize(
    ("body", "field", "fault"),
    [
        ('{"name": "x", "server": {"host": 1}}', "server.host", ("field_wrong_type", "str")),
        ('{"name": "x", "server": {}}', "server.host", ("field_missing", "")),
        (
            '{"name": "x", "server": {"host": "h", "security": "ssl"}}',
            "server.security",
            ("field_not_allowed", "tls, none"),
        ),
        ('{"name": "x", "server": {"host": "h", "port": 1}}', "server.port", ("field_unknown", "host, security")),
        ('{"name": "x", "server": []}', "server", ("field_wrong_type", "object")),
        ('{"name": "x", "parts": [{"host": "h"}, {"host": null}]}', "parts[1].host", ("field_wrong_type", "str")),
        ('{"name": "x", "size": 1.5}', "size", ("field_wrong_type", "int")),
        ('{"name": "x", "size": true}', "size", ("field_wrong_type", "int")),
    ],
)
def test_a_wrong_place_inside_is_named_by_its_path(body: str, field: str, fault: tuple[str, str]) -> None:
    assert faults(body) == {field: fault}


@pytest.mark.parametrize("body", ["[]", "1", "null", '"x"'])
def test_anything_but_an_object_is_wrong_as_a_whole(body: str) -> None:
    assert faults(body) == {"": ("field_wrong_type", "object")}
    with pytest.raises(WrongFields):
        read_object(body.encode())


@pytest.mark.parametrize("body", [b"", b"{", b"{'a': 1}", b"\xff\xfe", b'{"name": "\xff"}', b"{} x", b"[" * 3000])
def test_what_is_not_json_says_so(body: bytes) -> None:
    with pytest.raises(NotJson):
        read(Thing, body)
    with pytest.raises(NotJson):
        read_object(body)
