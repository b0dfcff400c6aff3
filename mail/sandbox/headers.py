"""What do a message's header fields say? Names with raw values, parameters and addresses, as IMAP shows them."""

from __future__ import annotations

import re

Fields = tuple[tuple[str, bytes], ...]
Parameters = tuple[tuple[str, bytes], ...]
Address = tuple[bytes | None, bytes | None, bytes | None]
"""Name, mailbox, domain. A group's start has only a mailbox, its end nothing."""

_FIELD = re.compile(rb"([^\s:]+)[ \t]*:((?:[^\r\n]|\r(?!\n)|\r\n[ \t])*)")
_PARAMETER = re.compile(rb'\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;\s]*)[^;]*', re.DOTALL)


def fields(block: bytes) -> Fields:
    """Names in lower case; values raw, but for the line ends of folding."""
    return tuple((found[1].decode("latin-1").lower(), unfolded(found[2])) for found in _FIELD.finditer(block))


def unfolded(value: bytes) -> bytes:
    return value.replace(b"\r\n", b"").strip(b" \t")


def first(headers: Fields, name: str) -> bytes | None:
    return next((value for each, value in headers if each == name), None)


def content_type(value: bytes | None, default: tuple[str, str]) -> tuple[tuple[str, str], Parameters]:
    if value is None:
        return default, ()
    head, parameters = parameterised(value)
    major, slash, minor = head.partition(b"/")
    if not slash or not major.strip() or not minor.strip():
        return default, ()
    return (_lower(major), _lower(minor)), parameters


def parameterised(value: bytes) -> tuple[bytes, Parameters]:
    """`inline; filename="a b"` → b"inline" and (("filename", b"a b"),). Comments are left out."""
    head, _, rest = without_comments(value).partition(b";")
    found = [(_lower(name), unquoted(text)) for name, text in _PARAMETER.findall(rest)]
    return head.strip(), tuple(found)


def unquoted(text: bytes) -> bytes:
    if not text.startswith(b'"'):
        return text
    return re.sub(rb"\\(.)", rb"\1", text[1:].removesuffix(b'"'), flags=re.DOTALL)


def without_comments(value: bytes) -> bytes:
    kept, depth, quoted, at = bytearray(), 0, False, 0
    while at < len(value):
        char = value[at : at + 1]
        if char == b"\\" and (quoted or depth):
            char = value[at : at + 2]
        elif char == b'"' and not depth:
            quoted = not quoted
        elif char == b"(" and not quoted:
            depth += 1
        if not depth:
            kept += char
        if char == b")" and not quoted and depth:
            depth -= 1
        at += len(char)
    return bytes(kept)


_TOKEN = re.compile(rb'\s*("(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|[<>,:;@]|[^\s"\[<>,:;@()]+|.)', re.DOTALL)


def addresses(value: bytes) -> tuple[Address, ...]:
    """The addresses of a From or To field, groups included."""
    tokens = [token for token in _TOKEN.findall(without_comments(value)) if token.strip()]
    return tuple(_Addresses(tokens).read())


class _Addresses:
    def __init__(self, tokens: list[bytes]) -> None:
        self.tokens = tokens
        self.words: list[bytes] = []
        self.spec: list[bytes] | None = None
        self.found: list[Address] = []
        self.in_group = False

    def read(self) -> list[Address]:
        for token in self.tokens:
            if token in b",;":
                self._finish()
                if token == b";" and self.in_group:
                    self.found.append((None, None, None))
                    self.in_group = False
            elif token == b":" and not self.in_group and self.spec is None and b"@" not in self.words:
                self.found.append((None, b" ".join(map(unquoted, self.words)), None))
                self.words, self.in_group = [], True
            elif token == b"<":
                self.spec = []
            elif token != b">":
                (self.words if self.spec is None else self.spec).append(token)
        self._finish()
        if self.in_group:
            self.found.append((None, None, None))
        return self.found

    def _finish(self) -> None:
        words, spec = self.words, self.spec
        self.words, self.spec = [], None
        if spec is None and not words:
            return
        name = b" ".join(map(unquoted, words)) if spec is not None and words else None
        parts = spec if spec is not None else words
        if b":" in parts:  # a route, long obsolete
            parts = parts[parts.index(b":") + 1 :]
        at = parts.index(b"@") if b"@" in parts else len(parts)
        mailbox, domain = b"".join(map(unquoted, parts[:at])), b"".join(parts[at + 1 :])
        self.found.append((name, mailbox or b"MISSING_MAILBOX", domain or b"MISSING_DOMAIN"))


def _lower(text: bytes) -> str:
    return text.strip().decode("latin-1").lower()
