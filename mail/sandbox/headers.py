"""What do a message's header fields say? Names with raw values, parameters and addresses, as IMAP shows them."""

from __future__ import annotations

import re

Fields = tuple[tuple[str, bytes], ...]
Parameters = tuple[tuple[str, bytes], ...]
Address = tuple[bytes | None, bytes | None, bytes | None, bytes | None]
"""Name, route (long obsolete), mailbox, domain. A group's start has only a mailbox, its end nothing."""

_FIELD = re.compile(rb"^([^\s:]+)[ \t]*:((?:[^\r\n]|\r(?!\n)|\r\n[ \t])*)", re.MULTILINE)
_FOLD = re.compile(rb"\r\n[ \t]")
_PARAMETER = re.compile(rb'(?:\A|;)\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;\s]*)[^;]*', re.DOTALL)


def fields(block: bytes) -> Fields:
    """Names in lower case; values raw, but for folding: a line end and the blank after it become one space."""
    return tuple((found[1].decode("latin-1").lower(), unfolded(found[2])) for found in _FIELD.finditer(block))


def unfolded(value: bytes) -> bytes:
    return _FOLD.sub(b" ", value).strip(b" \t")


def last(headers: Fields, name: str) -> bytes | None:
    """Of a field that is there more than once the last, as Dovecot has it."""
    return next((value for each, value in reversed(headers) if each == name), None)


def content_type(value: bytes | None, default: tuple[str, str]) -> tuple[tuple[str, str], Parameters]:
    if value is None:
        return default, ()
    head, parameters = parameterised(value)
    major, slash, minor = head.partition(b"/")
    if not major.strip() or (slash and not minor.strip()):
        return default, ()
    return (_lower(major), _lower(minor)), parameters


def parameterised(value: bytes) -> tuple[bytes, Parameters]:
    """`inline; filename="a b"` → b"inline" and (("filename", b"a b"),). Comments are left out."""
    head, _, rest = without_comments(value).partition(b";")
    found: dict[str, bytes] = {}
    for name, text in _PARAMETER.findall(rest):
        whole, star, part = _lower(name).partition("*")
        if star and part.isdigit():  # one of several pieces (RFC 2231, 3)
            found[whole] = found.get(whole, b"") + unquoted(text)
        else:
            found.setdefault(_lower(name), unquoted(text))
    return head.strip(), tuple(found.items())


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


_COMMENT = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_TOKEN = re.compile(rb"\s*(" + _COMMENT + rb'|"(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|[<>,:;@]|[^\s"\[<>,:;@()]+|.)', re.DOTALL)


def addresses(value: bytes) -> tuple[Address, ...]:
    """The addresses of a From or To field, groups included."""
    tokens = [token for token in _TOKEN.findall(value) if token.strip()]
    return tuple(_Addresses(tokens).read())


class _Addresses:
    def __init__(self, tokens: list[bytes]) -> None:
        self.tokens = tokens
        self.words: list[bytes] = []
        self.spec: list[bytes] | None = None
        self.comment: bytes | None = None
        self.found: list[Address] = []
        self.in_group = self.in_brackets = False

    def read(self) -> list[Address]:
        for token in self.tokens:
            if token in (b",", b";") and not (self.in_brackets and self.spec and self.spec[0] == b"@"):
                self._finish()
                if token == b";" and self.in_group:
                    self.found.append((None, None, None, None))
                    self.in_group = False
            elif token == b":" and not self.in_group and self.spec is None and b"@" not in self.words:
                self.found.append((None, None, b" ".join(map(unquoted, self.words)), None))
                self.words, self.in_group = [], True
            elif token == b"<":
                self.spec, self.in_brackets = [], True
            elif token == b">":
                self.in_brackets = False
            elif token.startswith(b"(") and len(token) > 1:
                self.comment = token[1:-1]
            else:
                (self.words if self.spec is None else self.spec).append(token)
        self._finish()
        if self.in_group:
            self.found.append((None, None, None, None))
        return self.found

    def _finish(self) -> None:
        words, spec, comment = self.words, self.spec, self.comment
        self.words, self.spec, self.comment, self.in_brackets = [], None, None, False
        if spec is None and not words:
            return
        name = b" ".join(map(unquoted, words)) if spec is not None and words else comment
        parts = spec if spec is not None else words
        colon = parts.index(b":") if b":" in parts else -1
        route, parts = b"".join(parts[: max(colon, 0)]) or None, parts[colon + 1 :]
        at = parts.index(b"@") if b"@" in parts else len(parts)
        mailbox, domain = b"".join(map(unquoted, parts[:at])), b"".join(parts[at + 1 :])
        self.found.append((name, route, mailbox or b"MISSING_MAILBOX", domain or b"MISSING_DOMAIN"))


def _lower(text: bytes) -> str:
    return text.strip().decode("latin-1").lower()
