"""On which line, and where in the text, does config.toml say a thing? A scan, since TOML parsers tell values alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # strings, so that what is in them is not taken for keys; the quotes may touch more
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}=.,\n]"
    r"|[^\s\[\]{}=.,\#\"']+"
    r"|[^\S\n]+",
    re.DOTALL,
)


@dataclass(frozen=True)
class Statement:
    """A header (`[checks]`) or a key with its value. `path` is as people name it: `account[1].imap.host`, from 1.

    `table` is the header it stands under (a header's own path), empty at the top of the file. The value is
    `text[value_start:value_end]`, without the comment behind it; `end` is after the line's end.
    """

    path: str
    table: str
    line: int
    start: int
    value_start: int
    value_end: int
    end: int
    header: bool


@dataclass(frozen=True)
class _Token:
    text: str
    line: int
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return self.text.isspace() or self.text.startswith("#")


def statements(text: str) -> list[Statement]:
    """All of a text that is valid TOML, in order."""
    found: list[Statement] = []
    counts: dict[str, int] = {}
    table = ""
    for tokens in _lines(text):
        words = [token for token in tokens if not token.blank]
        if not words:
            continue
        header = words[0].text == "["
        if header:
            path = table = _header_path(words, counts)
        else:
            path = _joined(table, words[: _index_of(words, "=")])
        value = words[_index_of(words, "=") + 1] if not header else words[0]
        start = _line_start(text, words[0].start)
        found.append(Statement(path, table, words[0].line, start, value.start, words[-1].end, tokens[-1].end, header))
    return found


def line_of(path: str, places: dict[str, int]) -> int:
    """The line of `path`, or of the nearest thing around it that the file names; 0: the file as a whole."""
    while path and path not in places:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return places.get(path, 0)


def lines(text: str) -> dict[str, int]:
    """The line, from 1, of each header and each key; the first one where a table is opened twice."""
    found: dict[str, int] = {}
    for statement in statements(text):
        found.setdefault(statement.path, statement.line)
    return found


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        yield _Token(match[0], line, match.start())
        line += match[0].count("\n")


def _lines(text: str) -> Iterator[list[_Token]]:
    """What belongs to one statement: up to a line's end that is in no bracket."""
    tokens: list[_Token] = []
    depth = 0
    for token in _tokens(text):
        tokens.append(token)
        depth += (token.text in ("[", "{")) - (token.text in ("]", "}"))
        if token.text == "\n" and depth == 0:
            yield tokens
            tokens = []
    if tokens:
        yield tokens


def _header_path(words: list[_Token], counts: dict[str, int]) -> str:
    """`[[account]]` counts up; a later `[account.imap]` belongs to the account opened last."""
    names = [_name(token) for token in words if token.text not in ("[", "]", ".")]
    plain = ""
    path = ""
    for position, name in enumerate(names, 1):
        plain = f"{plain}.{name}".lstrip(".")
        path = f"{path}.{name}".lstrip(".")
        if position == len(names) and words[1].text == "[":
            counts[plain] = counts.get(plain, 0) + 1
        if plain in counts:
            path += f"[{counts[plain]}]"
    return path


def _joined(table: str, words: list[_Token]) -> str:
    names = [_name(token) for token in words if token.text != "."]
    return ".".join([*([table] if table else []), *names])


def _name(token: _Token) -> str:
    if token.text[0] in "\"'":
        return str(tomllib.loads(f"key = {token.text}")["key"])
    return token.text


def _index_of(words: list[_Token], text: str) -> int:
    return next((index for index, token in enumerate(words) if token.text == text), 0)


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1
