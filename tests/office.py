"""The office that stories are told about: a tenant, a post office, a clock that can be turned, and Postwart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import requests

from auth import provider
from auth.sandbox.robot import Person, Robot
from auth.vault import KeyStore, MemoryKey
from mail.compose import compose
from tray import config_file
from tray.api.client import ApiClient
from tray.app import App, started
from tray.demo_world import World
from tray.helper import Helper
from tray.notice import Notice
from tray.notices import Notices
from tray.paths import Places
from tray.picture import Health
from tray.sign_ins import Stage


class Clock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


class Office:
    """Speaks in an office's words. Postwart itself is the real one; nothing runs by itself unless `schedule`."""

    def __init__(self, folder: Path, *, schedule: bool = False, clock: provider.Clock | None = None) -> None:
        """`clock`: another one than that which stands still until it is turned."""
        self._turned = Clock()
        self.clock: provider.Clock = clock or self._turned
        self.places = Places(folder / "config.toml", folder / "data", folder / "run", folder / "logs")
        self.world = World(folder / "world", self.clock)
        self.keys: KeyStore = MemoryKey()
        self.notices: list[Notice] = []
        self.opened: list[str] = []
        self.last_page = ""
        self._person: Person | None = None
        self._people: dict[str, Person] = {}
        self._idle_browser = False
        self._browsers: dict[str, Robot] = {}
        self._schedule = schedule
        self._running = ExitStack()
        self._app: App | None = None
        self._around = ExitStack()

    def __enter__(self) -> Self:
        self._around.enter_context(self.world)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closes()
        self._around.close()

    # setting up

    @property
    def tenant(self) -> Any:
        return self.world.provider

    @property
    def post(self) -> Any:
        return self.world.post

    def has_account(self, account_id: str, *, person: dict[str, Any] | None = None, **values: Any) -> str:
        """A person of the tenant with a mailbox, in config.toml; None takes a value away. Returns the address."""
        address = f"{account_id}@office.example"
        self.world.provider.add_person(address, **(person or {}))
        values.setdefault("receive", "imap")
        self.places.config_file.parent.mkdir(parents=True, exist_ok=True)
        said = self.world.account(account_id, address, **values)
        config_file.add_account(
            self.places.config_file, {key: value for key, value in said.items() if value is not None}
        )
        return address

    def opens(self) -> Self:
        """Start Postwart."""
        app = self._running.enter_context(
            started(
                self.places,
                clock=self.clock,
                browse=self._browse,
                key_store=self.keys,
                schedule=self._schedule,
                spread=timedelta(),
            )
        )
        self._app = app
        self._running.enter_context(self.watched(app))
        return self

    @contextmanager
    def watched(self, app: App) -> Iterator[None]:
        """Somebody sees what Postwart tells."""
        notices = Notices(
            memory=app.memory,
            clock=self.clock,
            show=lambda notice, _picture: self.notices.append(notice),
            withdraw=lambda _key: None,
        )
        notices.start()
        app.helper.in_vain = notices.asked_in_vain
        app.helper.board.watch(notices.picture)
        try:
            yield
        finally:
            notices.stop()

    def closes(self) -> None:
        self._running.close()
        self._running = ExitStack()
        self._app = None

    def reopens(self) -> None:
        self.closes()
        self.opens()

    # what people and time do

    @property
    def app(self) -> App:
        assert self._app, "the office is closed"
        return self._app

    @property
    def helper(self) -> Helper:
        return self.app.helper

    @property
    def api(self) -> ApiClient:
        found = ApiClient.discover(self.places)
        assert found
        return found

    def begins_to_sign_in(self, account_id: str, *, by: Person | None = None) -> None:
        account = self.helper.account(account_id)
        self._person = by or Person(account.person)
        self.helper.sign_in(account_id)

    def signs_in(self, account_id: str, *, by: Person | None = None) -> Stage:
        self.begins_to_sign_in(account_id, by=by)
        return self.helper.wait_for_sign_in(account_id, 30).stage

    def is_at_the_browser(self, address: str) -> None:
        self._person = Person(address)

    def has_nobody_at_the_browser(self) -> None:
        """It opens, and nothing happens in it."""
        self._person = None
        self._idle_browser = True

    def turns(self, **time: float) -> None:
        """The clock alone; nobody looks at anything."""
        self._turned.turn(**time)

    def waits(self, **time: float) -> None:
        """The clock is turned, and every account is checked, as it would be by then."""
        self._turned.turn(**time)
        self.checks()

    def checks(self) -> None:
        for account in self.helper.settings.accounts:
            self.helper.check(account.id)

    def dispatches(self, account_id: str) -> None:
        """A round of sending, as the schedule has it."""
        self.helper._postman.dispatch(self.helper.account(account_id))

    def health(self, account_id: str) -> Health:
        return self.helper.health(account_id)

    def letter(self, account_id: str, to: str, subject: str = "Hello") -> Any:
        address = self.helper.account(account_id).address
        return compose(address, to=(to,), subject=subject, text="A letter.\n")

    def sits_down(self, *people: Person) -> None:
        """Each signs in where they are asked for; nobody does for anybody else."""
        self.has_nobody_at_the_browser()
        self._people = {person.address: person for person in people}

    def _browse(self, url: str) -> bool:
        self.opened.append(url)
        hint = parse_qs(urlsplit(url).query).get("login_hint", [""])[0]
        person = self._people.get(hint, self._person)
        if person is None:
            return self._idle_browser
        threading.Thread(target=self._walk, args=(url, person), daemon=True).start()
        return True

    def _walk(self, url: str, person: Person) -> None:
        browser = self._browsers.setdefault(person.address, Robot(self.world.ca_file))
        with suppress(requests.ConnectionError):  # the sign-in was ended meanwhile
            self.last_page = browser.walk(url, person)


def wait_until(condition: Callable[[], object], seconds: float = 30) -> bool:
    """Real time, for what other threads do."""
    end = datetime.now(UTC) + timedelta(seconds=seconds)
    pause = threading.Event()
    while datetime.now(UTC) < end:
        if condition():
            return True
        pause.wait(0.02)
    return bool(condition())
