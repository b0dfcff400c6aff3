"""Where does everything go wrong that can? The real program on a desktop with a keyring, between sandboxes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.rigs import robot_browser
from tests.rigs.desktop import ROOT, Desktop, desktop
from tests.rigs.postwart import Postwart
from tray import config_file
from tray.api.client import ApiClient
from tray.app import utc_now
from tray.demo_world import World

ADDRESS = "info@office.example"
NO_KEYRING = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}


@contextmanager
def surroundings(folder: Path) -> Iterator[tuple[World, Desktop]]:
    """Whoever clicks *Sign in* here is signed in a moment later."""
    with World(folder, utc_now) as world:
        world.provider.add_person(ADDRESS)
        browser = robot_browser.command(world.ca_file, ADDRESS)
        with desktop(keyring=True, tray=False, notify="none", screen="", BROWSER=browser) as here:
            yield world, here


@dataclass(frozen=True)
class Place:
    world: World
    here: Desktop
    program: Postwart

    @property
    def config(self) -> Path:
        return self.program.places.config_file

    def account(self, account_id: str = "info", address: str = ADDRESS, **values: Any) -> None:
        config_file.add_account(self.config, self.world.account(account_id, address, **values))

    def start(self, **env: str) -> ApiClient:
        """With another environment than usual."""
        usual = dict(self.program.env)
        self.program.env |= env
        try:
            return self.program.start("--no-tray")
        finally:
            self.program.env.clear()
            self.program.env.update(usual)

    def signed_in(self, **values: Any) -> ApiClient:
        """A Postwart that runs, with an account somebody has signed in to."""
        self.account(**{"receive": "imap", "idle": False, "fetch_every": "1h", **values})
        api = self.program.start("--no-tray")
        self.sign_in(api)
        return api

    def sign_in(self, api: ApiClient) -> None:
        api.post("accounts", "info", "sign-in")
        self.program.until(lambda: api.get("accounts", "info", "sign-in")["stage"] != "running", "the sign-in's end")
        assert api.get("accounts", "info", "sign-in")["stage"] == "signed_in"

    def environment(self, language: str = "en", **env: str) -> dict[str, str]:
        return {**self.program.env, "LANG": "de_DE.UTF-8" if language == "de" else "en_US.UTF-8", **env}

    def types(self, *arguments: str, language: str = "en", **env: str) -> tuple[int, str]:
        """Exit code and all that is printed. Never a traceback."""
        done = subprocess.run(
            [sys.executable, "-m", "tray", *arguments],
            env=self.environment(language, **env),
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        said = done.stdout + done.stderr
        assert "Traceback" not in said, said
        return done.returncode, said

    def says(self, *arguments: str, code: int, en: str, de: str, **env: str) -> None:
        """In both languages, with the same exit code."""
        for language, words in (("en", en), ("de", de)):
            ended, said = self.types(*arguments, language=language, **env)
            assert (ended, words in said) == (code, True), f"{ended}, “{words}” is not in: {said}"

    def kept(self) -> dict[str, bytes]:
        """What nothing that is refused may change: configuration, sign-ins, and that nothing else lies there."""
        files = [self.config, *self.program.home.glob("vault/*"), *self.program.home.glob("*.damaged-*")]
        return {file.name: file.read_bytes() for file in files if file.is_file()}
