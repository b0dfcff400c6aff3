"""What does a header field say? Pure, for any bytes: encoded words, parameters, addresses and dates; never raises."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import unquote_to_bytes

LONGEST = 65_536
"""Bytes of one field that are looked at."""

ADDRESSES = 1_000

_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,60})?\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_SEGMENT = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?$")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_ADDRESS_TOKEN = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.){0,300})"|\((?P<comment>(?:[^()\\]|\\.){0,300})\)'  # limited: else quadratic
    r"|<(?P<angle>[^<>]*)>|<(?P<unclosed>[^<>,;]*)|(?P<end>[,;])|(?P<group>:)"
    r'|(?P<text>[^"(<,;:]+|.)',
    re.DOTALL,
)
_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_CODECS = {"ascii": "utf-8", "iso8859-1": "cp1252", "gb2312": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"}
"""What senders call by the smaller name and browsers read as the larger one."""

_NO_CHARSETS = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
"""Python's codecs that no mail is written in, some of them slow on purpose-made input."""


def decoded(data: bytes, charset: str = "") -> str:
    """Text from bytes whose declared charset may be missing, unknown or a lie."""
    declared = _codec(charset)
    for codec in filter(None, (declared, "utf-8")):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    text = data.decode(declared or "utf-8", "replace")
    foreign = sum(byte > 127 for byte in data[:LONGEST])  # noqa: PLR2004  what is not ASCII
    return text if text[:LONGEST].count("\ufffd") * 10 <= foreign else data.decode("cp1252", "replace")


def _plain(value: bytes) -> str:
    value = value[:LONGEST]
    return value.decode("ascii") if value.isascii() else decoded(value)


@lru_cache(maxsize=256)
def _codec(charset: str) -> str:
    """Python's name of a charset; empty where it is none."""
    try:
        codec = codecs.lookup(charset.strip(" \"'"))
    except (LookupError, ValueError):  # ValueError: a null byte in the name
        return ""
    name = _CODECS.get(codec.name, codec.name)
    return "" if name in _NO_CHARSETS or not _is_charset(name) else name


def _is_charset(name: str) -> bool:
    try:
        return isinstance(bytes(4).decode(name, "replace"), str)  # nothing at all would be decoded without a look-up
    except (LookupError, UnicodeError):  # a codec of another kind: zlib, rot13
        return False


def from_base64(data: bytes) -> bytes:
    """Whatever can be made of it: strange characters passed over, the padding put right."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        core = _NOT_BASE64.sub(b"", data)
        core = core[: len(core) - (len(core) % 4 == 1)]
        return binascii.a2b_base64(core + b"=" * (-len(core) % 4))


def text_of(value: bytes | str) -> str:
    """A field as people read it, its encoded words decoded."""
    plain = _plain(value) if isinstance(value, bytes) else value[:LONGEST]
    if "=?" not in plain:
        return _printable(plain)
    pieces: list[str | tuple[str, bytes]] = []
    position = 0
    for word in _WORD.finditer(plain):
        between = plain[position : word.start()]
        if between and not (between.isspace() and pieces and isinstance(pieces[-1], tuple)):
            pieces.append(between)
        _append(pieces, word[1].lower(), _word_bytes(word[2], word[3]))
        position = word.end()
    pieces.append(plain[position:])
    return _printable("".join(each if isinstance(each, str) else decoded(each[1], each[0]) for each in pieces))


def _append(pieces: list[str | tuple[str, bytes]], charset: str, data: bytes) -> None:
    """Joined to the word before, since some senders cut in the middle of a character."""
    if pieces and isinstance(before := pieces[-1], tuple) and before[0] == charset:
        pieces[-1] = (charset, before[1] + data)
    else:
        pieces.append((charset, data))


def _word_bytes(encoding: str, content: str) -> bytes:
    data = content.encode("utf-8", "replace")
    return from_base64(data) if encoding in "bB" else binascii.a2b_qp(data, header=True)


def _printable(text: str) -> str:
    """One line, without what could steer a terminal or turn the reading direction."""
    if text.isprintable():
        return text.strip()
    return _STEERING.sub("", _BREAKS.sub(" ", text)).strip()


@dataclass(frozen=True)
class Parameters:
    """`text/plain; charset=utf-8`: the value in small letters, and the parameters, decoded, by small names."""

    value: str
    items: Mapping[str, str]


def parameters(value: bytes) -> Parameters:
    """Most mail says the same few things: read once, they are known."""
    return _parameters_known(value) if len(value) <= _OFTEN_SAID else _parameters(value)


def _parameters(value: bytes) -> Parameters:
    plain = _plain(value)
    if ";" not in plain:
        return Parameters(plain.strip().lower(), {})
    simple: dict[str, str] = {}
    segments: dict[str, dict[int, tuple[bool, str]]] = {}
    for found in _PARAMETER.finditer(plain):
        content = found[2].strip()
        if content.startswith('"') and content.endswith('"') and len(content) > 1:
            content = _ESCAPED.sub(r"\1", content[1:-1])
        name = _SEGMENT.match(found[1].lower())
        if name and (name[2] or name[3]):
            segments.setdefault(name[1], {}).setdefault(int(name[2] or 0), (bool(name[3]), content))
        else:
            simple.setdefault(found[1].lower(), content)
    joined = {name: _joined(parts) for name, parts in segments.items()}
    return Parameters(plain.partition(";")[0].strip().lower(), simple | joined)


_OFTEN_SAID = 100
"""Bytes: what is longer hardly comes again."""

_parameters_known = lru_cache(maxsize=256)(_parameters)


def _joined(segments: Mapping[int, tuple[bool, str]]) -> str:
    """RFC 2231: numbered pieces, percent-encoded or not, the charset in front of the first."""
    charset, data = "", b""
    for number, (encoded, content) in sorted(segments.items()):
        piece = content
        if encoded and number == min(segments) and content.count("'") >= 2:  # noqa: PLR2004  charset'language'text
            charset, _, piece = content.split("'", 2)
        data += unquote_to_bytes(piece) if encoded else piece.encode("utf-8", "replace")
    return decoded(data, charset)


@dataclass(frozen=True)
class Address:
    """`name` may be empty; `address` is as the sender wrote it, valid or not."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def addresses(value: bytes) -> tuple[Address, ...]:
    """Split before decoding: a decoded name may hold a comma. Nothing is put right: what is no address stays none."""
    found: list[Address] = []
    words: list[tuple[str, str]] = []  # as shown, as written
    angle = comment = None
    complete = False
    for token in _ADDRESS_TOKEN.finditer(_plain(value) + ";"):
        kind, content = token.lastgroup, token[token.lastgroup or 0]
        if kind == "end" and (complete or content == ";"):
            found += _address(words, angle, comment)
            words, angle, comment, complete = [], None, None, False
        elif kind in {"angle", "unclosed"}:
            if angle is not None:  # two without a comma between them
                found += _address(words, angle, comment)
                words, comment = [], None
            angle, complete = content, True
        elif kind == "comment":
            comment = content
        elif kind == "group" and angle is None:
            words = []
        elif kind == "end":
            words += [(", ", ",")] if words else []  # Müller, Jörg <joerg@…>, as some write it without quotes
        else:
            words.append((_ESCAPED.sub(r"\1", content) if kind == "quoted" else content, token[0]))
            complete = complete or "@" in content
        if len(found) >= ADDRESSES:
            break
    return tuple(found)


def _address(words: list[tuple[str, str]], angle: str | None, comment: str | None) -> list[Address]:
    name = "".join(shown for shown, _ in words)
    if angle is None:
        angle, name = "".join(written for _, written in words).strip(" \t,"), comment or ""
    address = _printable(angle.rpartition(":")[2] if angle.startswith("@") else angle)  # behind a source route
    name = " ".join(text_of(name).split())
    return [Address("" if name == address else name, address)] if address or name else []


def date_of(value: bytes) -> datetime | None:
    """Aware UTC; None where it cannot be read."""
    try:
        moment = parsedate_to_datetime(_plain(value[:200]))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):  # all of them seen, for dates nobody can mean
        return None
