"""What is a command given? Its words, and an API: that of the Postwart that runs, else of one for the moment."""

from __future__ import annotations

import argparse
import logging
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, TypeVar

from tray.api.client import ApiClient
from tray.paths import Places
from tray.runtime import AlreadyRunning, NotAnswering
from tray.texts import LANGUAGES, Texts, system_language

if TYPE_CHECKING:
    from tray.app import App


T = TypeVar("T")

_TURN_SECONDS, _TURN_PAUSE = 30.0, 0.1


class Exit(IntEnum):
    DONE = 0
    FAILED = 1
    USAGE = 2
    SIGN_IN_REQUIRED = 3
    CONSENT_PENDING = 4
    OFFLINE = 5


@dataclass(frozen=True)
class Call:
    said: argparse.Namespace
    places: Places
    texts: Texts

    def running(self) -> ApiClient | None:
        """The API of the Postwart that runs; None where none does. Raises NotAnswering."""
        return ApiClient.discover(self.places, self.texts.language)

    @contextmanager
    def api(self, *, schedule: bool = False) -> Iterator[ApiClient]:
        """Where none runs, one in this process until the command is done. With `schedule` it sends what waits."""
        if running := self.running():
            yield running
        else:
            with self.temporary(schedule=schedule) as app:
                yield ApiClient(app.api.file, self.texts.language)

    def ask(self, question: Callable[[ApiClient], T]) -> T:
        """One question that changes nothing. Two mail programs may ask at the same moment while no Postwart runs: the
        second command waits for its turn, or asks the first one's, and again where that has ended without an answer.
        """
        until = time.monotonic() + _TURN_SECONDS
        while True:
            try:
                with self.api() as api:
                    return question(api)
            except (NotAnswering, AlreadyRunning):
                if time.monotonic() > until:
                    raise
                time.sleep(_TURN_PAUSE)

    @contextmanager
    def temporary(self, *, schedule: bool) -> Iterator[App]:
        """Raises ConfigProblem, AlreadyRunning, StoreProblem, PortTaken, FolderProblem."""
        from tray.app import started
        from tray.logs import logging_to

        self.places.create()
        with logging_to(self.places.logs), started(self.places, schedule=schedule) as app:
            yield app


def language(places: Places) -> str:
    """As the configuration has it, whatever else may be wrong with it; else the system's."""
    with suppress(OSError, ValueError):
        said = tomllib.loads(places.config_file.read_text("utf-8-sig")).get("language")
        if said in LANGUAGES:
            return str(said)
    return system_language()


logging.getLogger().addHandler(logging.NullHandler())  # else warnings of a library would stand on stderr
