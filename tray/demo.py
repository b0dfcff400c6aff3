"""What does `postwart demo` show? All of Postwart against sandboxes of its own, with nothing installed."""

from __future__ import annotations

import shutil
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from auth.keyring_store import SystemKeyring
from auth.problems import Problem, VaultProblem
from auth.sandbox.people import Consent
from auth.sandbox.robot import Person
from auth.vault import KeyStore, MemoryKey
from tray import config_file
from tray.app import App, started, utc_now
from tray.demo_control import control_page_of
from tray.demo_world import Letters, World
from tray.desktop import shown_until_stopped
from tray.logs import logging_to
from tray.paths import Places, demo_places
from tray.runtime import AlreadyRunning, is_running
from tray.signals import Signals
from tray.texts import Texts

_MARK = "made-by-postwart-demo"
_LETTER_EVERY = 6.0  # seconds

OFFICE = "hausverwaltung.example"
ADMINISTRATOR = f"admin@{OFFICE}"


@dataclass(frozen=True)
class Scene:
    """One account, and how it is to stand when the curtain rises."""

    id: str
    receive: str
    consent: Consent = "user"
    signs_in: bool = True
    revoked: bool = False
    mfa: bool = False
    sign_in_every: str = "90d"

    @property
    def address(self) -> str:
        return f"{self.id}@{OFFICE}"


SCENES = (
    Scene("info", "imap"),
    Scene("vermietung", "pop3", sign_in_every="5d"),
    Scene("buchhaltung", "imap", revoked=True, mfa=True),
    Scene("technik", "imap", consent="admin"),
    Scene("rechnungen", "none", signs_in=False),
)


def run_demo(language: str, *, tray: bool, say: Callable[[str], None] = print) -> int:
    """Until somebody ends it. Raises AlreadyRunning, DemoFolderTaken and what `started` raises."""
    texts, places = Texts(language, "WIN-OFFICE"), demo_places()
    say(texts.say("demo-preparing"))
    with ExitStack() as running:
        _fresh(places.data)
        places.create()
        running.enter_context(logging_to(places.logs, console=False))
        world = running.enter_context(World(places.data / "sandbox", utc_now, hints=True))
        _write_config(places, world, language)
        browser, signals = _Browser(world), running.enter_context(Signals())
        keys, in_memory = _keys()
        app = running.enter_context(
            started(
                places,
                browse=browser,
                key_store=keys,
                consent_link=world.provider.plain,
                spread=timedelta(seconds=2),
            )
        )
        signals.end(app.stopping)
        _set_the_scene(app, world, browser)
        app.rounds.check_now()
        app.rounds.fetch_now()
        threading.Thread(target=_deliver, args=(world, app.stopping), name="demo-letters", daemon=True).start()
        control = running.enter_context(control_page_of(world, app.helper))
        say(_programme(texts, places, app, control, in_memory=in_memory))
        shown_until_stopped(app, tray=tray, no_tray_here=lambda why: say(texts.say("cli-no-tray-here", why=why)))
    return 0


class DemoFolderTaken(Problem):
    """There is something else where the demo would begin afresh. Facts: folder."""

    code = "demo_folder_taken"


class _Browser:
    """The robot until the scene is set, then the person's own browser."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.person: Person | None = None

    def __call__(self, url: str) -> bool:
        if self.person is None:
            return webbrowser.open(url)
        threading.Thread(target=self._world.robot.walk, args=(url, self.person), daemon=True).start()
        return True


def _fresh(folder: Path) -> None:
    """The sandboxes forget everything with each start, so what an earlier demo left fits no longer."""
    if is_running(folder):
        raise AlreadyRunning(folder=str(folder))
    if (folder / _MARK).exists():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise DemoFolderTaken(folder=str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _MARK).touch()


def _write_config(places: Places, world: World, language: str) -> None:
    head = f'language = "{language}"\n\n[checks]\nevery = "1m"\n\n[app]\nname = "WIN-OFFICE"\n'
    places.config_file.write_text(head, encoding="utf-8")
    for scene in SCENES:
        account = world.account(
            scene.id,
            scene.address,
            receive=scene.receive,
            fetch_every="10s",
            sign_in_every=scene.sign_in_every,
        )
        config_file.add_account(places.config_file, account)


def _keys() -> tuple[KeyStore, bool]:
    """The system's keyring, or memory where there is none: the demo's sign-ins are worth nothing."""
    keyring = SystemKeyring(limit_seconds=3)
    try:
        keyring.get()
    except VaultProblem:
        return MemoryKey(), True
    return keyring, False


def _set_the_scene(app: App, world: World, browser: _Browser) -> None:
    world.provider.add_person(ADMINISTRATOR, name="Administrator", admin=True)
    letters = Letters(utc_now)
    for scene in SCENES:
        world.provider.add_person(scene.address, mfa=scene.mfa, consent=scene.consent)
        if scene.receive != "none":
            for _ in range(3):
                world.post.deliver(scene.address, letters.next(scene.address))
        if scene.signs_in:
            browser.person = Person(scene.address)
            app.helper.sign_in(scene.id)
            app.helper.wait_for_sign_in(scene.id, 20)
        if scene.revoked:
            world.provider.revoke(scene.address)
    browser.person = None


def _deliver(world: World, stopping: threading.Event) -> None:
    letters = Letters(utc_now)
    receiving = [scene.address for scene in SCENES if scene.receive != "none"]
    number = 0
    while not stopping.wait(_LETTER_EVERY):
        address = receiving[number % len(receiving)]
        world.post.deliver(address, letters.next(address))
        number += 1


def _programme(texts: Texts, places: Places, app: App, control: str, *, in_memory: bool) -> str:
    """What to try next, ready to be pasted."""
    setting = f"set POSTWART_HOME={places.data}" if sys.platform == "win32" else f"export POSTWART_HOME='{places.data}'"
    consent = app.helper.consent_request("technik", texts.language).url
    keyring = texts.say("demo-key-in-memory") if in_memory else ""
    return texts.say(
        "demo-programme",
        setting=setting,
        consent=consent,
        control=control,
        administrator=ADMINISTRATOR,
        keyring=keyring,
        folder=str(places.data),
    ).replace("\n\n\n", "\n\n")
