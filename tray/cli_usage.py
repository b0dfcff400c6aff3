"""How is a command typed, and what is wrong with how it was? argparse says it in English only."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from tray.cli_call import Exit
from tray.cli_output import complain
from tray.texts import Texts

Words = Callable[[str], str]

_MESSAGES = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "cli-usage-missing"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "cli-usage-unknown"),
    (re.compile(r"argument [^:]+: invalid choice: (?P<what>.+) \(choose from (?P<allowed>.+)\)"), "cli-usage-choice"),
    (re.compile(r"argument (?P<what>[^:]+): expected one argument"), "cli-usage-value"),
)


def in_words(message: str, texts: Texts) -> str:
    """The message in the reader's language; one that is not listed stays as it is."""
    for pattern, key in _MESSAGES:
        if found := pattern.fullmatch(message):
            return texts.say(key, **{name: said.replace("'", "") for name, said in found.groupdict().items()})
    return message


class Parser(argparse.ArgumentParser):
    """argparse, but all it says is in the reader's language. The class, as argparse makes the commands' parsers."""

    texts = Texts("en")
    words: Words = str

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Help)
        say = type(self).words
        self._positionals.title, self._optionals.title = say("cli-help-arguments"), say("cli-help-options")
        self.add_argument("-h", "--help", action="help", help=say("cli-help"))

    def error(self, message: str) -> NoReturn:
        complain(self.texts.say("cli-usage", command=self.prog, detail=in_words(message, self.texts)))
        sys.exit(Exit.USAGE)


class _Help(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        """With an empty `prefix` argparse makes a name of it."""
        said = f"{Parser.words('cli-help-usage')} " if prefix is None else prefix
        super().add_usage(usage, actions, groups, said)
