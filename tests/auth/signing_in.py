"""Who sits at the browser when a provider under test signs somebody in? The sandbox's robot, on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from auth.identity import Identity
from auth.problems import Problem
from auth.provider import Attempt, SignedIn
from auth.sandbox import SandboxProvider
from auth.sandbox.robot import Person, Robot
from tests.rigs.program import IMAP, SMTP

MEIER = "meier@haus.example"
INFO = "info@haus.example"


def identity(idp: SandboxProvider, person: str = MEIER, *, ca_file: Path | None = None) -> Identity:
    return Identity(
        "info", person, idp.client_id, (IMAP, SMTP), authority=idp.authority, ca_file=ca_file or idp.ca_file
    )


@dataclass
class Desk:
    """A person at a browser. `shown` is the last page's text, `ended` what the page was made for."""

    idp: SandboxProvider
    person: Person
    robot: Robot | None = None
    opened: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    ended: list[SignedIn | Problem] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def browse(self, url: str) -> bool:
        self.opened.append(url)
        thread = threading.Thread(target=self._walk, args=(url,))
        self.threads.append(thread)
        thread.start()
        return True

    def closing_page(self, ended: SignedIn | Problem) -> str:
        self.ended.append(ended)
        return f"<p>{ended.code if isinstance(ended, Problem) else 'signed in'}"

    def attempt(self, *, seconds: float = 20, browse: Callable[[str], bool] | None = None) -> Attempt:
        return Attempt(browse or self.browse, self.closing_page, timedelta(seconds=seconds))

    def leaves(self) -> None:
        for thread in self.threads:
            thread.join(20)
            assert not thread.is_alive()

    def _walk(self, url: str) -> None:
        robot = self.robot or Robot(self.idp.ca_file)
        self.shown.append(robot.walk(url, self.person))


def at_the_desk(idp: SandboxProvider, address: str = MEIER, *, accepts: bool = True) -> Desk:
    return Desk(idp, Person(address, accepts=accepts))
