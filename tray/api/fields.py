"""Which fields of a JSON body are wrong, and what is allowed there? All of them at once, not only the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from auth.problems import Fact, Problem

T = TypeVar("T", bound=msgspec.Struct)

_AT = re.compile(r" - at `\$\.?(?P<path>.*)`$")
_EXPECTED = re.compile(r"^Expected `(?P<kind>[^`]+)`(?P<limit>.*?)(?:, got `(?P<got>[^`]+)`)?$")

_LIMIT = re.compile(r"^ (?P<of>of length )?(?P<sign>[<>]=) (?P<number>-?\d+)")


@dataclass(frozen=True)
class FieldFault:
    """`code` names the sentence: field_missing, field_unknown, field_wrong_type, field_out_of_range, field_not_allowed.

    Facts: allowed, kind, or limit and number.
    """

    field: str
    code: str
    facts: Mapping[str, Fact]


class WrongFields(Problem):
    code = "wrong_fields"

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = faults


class NotJson(Problem):
    code = "not_json"


_NO_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""The last: thousands of brackets in one another."""


def read(kind: type[T], body: bytes) -> T:
    """The body as one of our types, nothing converted silently. Raises WrongFields, NotJson."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as fault:
        first = explain(str(fault), kind)
    except _NO_JSON as fault:
        raise NotJson(str(fault)) from None
    raise WrongFields(tuple(_faults(kind, _json(body))) or (first,))


def read_object(body: bytes) -> dict[str, Any]:
    """A JSON object, for whoever checks it further on. Raises WrongFields, NotJson."""
    data = _json(body)
    if not isinstance(data, dict):
        raise WrongFields((FieldFault("", "field_wrong_type", {"kind": "object"}),))
    return data


def explain(message: str, kind: Any, prefix: str = "") -> FieldFault:
    """One of msgspec's messages as a code with facts."""
    at = _AT.search(message)
    path = _join(prefix, at["path"] if at else "")
    words = message[: at.start()] if at else message
    if words.startswith("Object missing required field"):
        return FieldFault(_join(path, words.split("`")[1]), "field_missing", {})
    if words.startswith("Object contains unknown field"):
        names = _names(_type_at(kind, at["path"] if at else ""))
        return FieldFault(_join(path, words.split("`")[1]), "field_unknown", {"allowed": ", ".join(names)})
    if words.startswith("Invalid enum value"):
        choices = _choices(_type_at(kind, at["path"] if at else ""))
        return FieldFault(path, "field_not_allowed", {"allowed": ", ".join(map(str, choices))})
    if expected := _EXPECTED.match(words):
        if limit := _LIMIT.search(expected["limit"]):
            which = f"{'length_' if limit['of'] else ''}{'most' if '<' in limit['sign'] else 'least'}"
            return FieldFault(path, "field_out_of_range", {"limit": which, "number": int(limit["number"])})
        return FieldFault(path, "field_wrong_type", {"kind": expected["kind"].split(" |")[0]})
    if "base64" in words:
        return FieldFault(path, "field_wrong_type", {"kind": "base64"})
    return FieldFault(path, "field_wrong_type", {"kind": words})


def _json(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except _NO_JSON as fault:
        raise NotJson(str(fault)) from None


def _faults(kind: type[msgspec.Struct], data: Any) -> Iterator[FieldFault]:
    if not isinstance(data, dict):
        yield FieldFault("", "field_wrong_type", {"kind": "object"})
        return
    known = {each.encode_name: each for each in msgspec.structs.fields(kind)}
    for name in data.keys() - known.keys():
        yield FieldFault(name, "field_unknown", {"allowed": ", ".join(known)})
    for name, each in known.items():
        if name not in data:
            if each.required:
                yield FieldFault(name, "field_missing", {})
            continue
        try:
            msgspec.convert(data[name], each.type)
        except msgspec.ValidationError as fault:
            yield explain(str(fault), each.type, name)


def _join(path: str, name: str) -> str:
    return path + name if name.startswith("[") else ".".join(part for part in (path, name) if part)


def _type_at(kind: Any, path: str) -> Any:
    """The type of a place such as `imap.security` or `attachments[0].name`."""
    for name in filter(None, re.split(r"\.|\[[^\]]*\]", path)):
        struct = next(
            (each for each in _parts(kind) if isinstance(each, type) and issubclass(each, msgspec.Struct)), None
        )
        if struct is None:
            return kind
        kind = next((each.type for each in msgspec.structs.fields(struct) if each.encode_name == name), kind)
    return kind


def _parts(kind: Any) -> Iterator[Any]:
    """The type itself, or what an Optional, a Union, a list or an Annotated one is made of."""
    if get_origin(kind) is None or get_origin(kind) is Literal:
        yield kind
    else:
        for part in get_args(kind):
            yield from _parts(part)


def _choices(kind: Any) -> tuple[Any, ...]:
    return tuple(value for part in _parts(kind) if get_origin(part) is Literal for value in get_args(part))


def _names(kind: Any) -> list[str]:
    structs = (part for part in _parts(kind) if isinstance(part, type) and issubclass(part, msgspec.Struct))
    return [each.encode_name for struct in structs for each in msgspec.structs.fields(struct)]
