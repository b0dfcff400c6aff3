"""What is wrong with how a command was typed? argparse says it in English only."""

from __future__ import annotations

import re

from tray.texts import Texts

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
