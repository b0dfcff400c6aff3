"""The real program on a real desktop: the icon is seen, its menu signs in, and so does the notification's button."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rigs import browser
from tests.rigs.desktop import Desktop, desktop
from tests.rigs.postwart import Postwart, postwart
from tray import config_file
from tray.app import utc_now
from tray.demo_world import World

pytestmark = [pytest.mark.needs("desktop", "chromium")]

ADDRESS = "info@office.example"
RED, GREEN = (211, 32, 47), (26, 143, 60)


@dataclass(frozen=True)
class Place:
    world: World
    here: Desktop
    program: Postwart

    def icon_shows(self, colour: tuple[int, int, int]) -> bool:
        """The state's colour is in the icon's place on the screen."""
        box = self.here.icon_box(self.program.pid)
        shot = self.here.screenshot().convert("RGB").crop(box)
        pixels = [shot.getpixel((x, y)) for x in range(shot.width) for y in range(shot.height)]
        return sum(_near(pixel, colour) for pixel in pixels) > 20

    def icon_middle(self) -> tuple[int, int]:
        left, top, right, bottom = self.here.icon_box(self.program.pid)
        return (left + right) // 2, (top + bottom) // 2

    def state(self) -> str:
        return str(self.program.health("info")["state"])


def _near(pixel: object, colour: tuple[int, int, int]) -> bool:
    return isinstance(pixel, tuple) and all(abs(a - b) < 24 for a, b in zip(pixel, colour, strict=False))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("desk")
    with (
        World(folder / "world", utc_now) as world,
        desktop(notify="dunst", keyring=True, BROWSER=browser.command(ADDRESS)) as here,
        postwart(folder / "home", here.env) as program,
    ):
        world.provider.add_person(ADDRESS)
        program.home.mkdir()
        program.places.config_file.write_text('language = "de"\n[app]\nname = "WIN-OFFICE"\n', "utf-8")
        config_file.add_account(program.places.config_file, world.account("info", ADDRESS, receive="imap"))
        program.start()
        yield Place(world, here, program)
        program.stop()


def test_1_a_new_account_turns_the_icon_red_and_the_menus_sign_in_turns_it_green(place: Place) -> None:
    place.program.until(lambda: place.state() == "sign_in_required", "the first check")
    place.program.until(lambda: place.icon_shows(RED), "the red icon")
    place.here.click(*place.icon_middle(), button=3)
    time.sleep(2)
    place.here.keys("Down", "Return")  # the first entry is the most urgent thing: to sign in
    place.program.until(lambda: place.state() == "ok", "the sign-in")
    place.program.until(lambda: place.icon_shows(GREEN), "the green icon")


def test_2_a_revoked_session_shows_within_one_check_and_the_notifications_button_mends_it(place: Place) -> None:
    before = len(place.world.provider.requests)
    place.world.provider.revoke(ADDRESS)
    health = place.program.api.post("accounts", "info", "check")
    assert (health["state"], health["code"], health["who"]) == ("sign_in_required", "AADSTS50173", "user")
    assert health["next_step"]
    place.program.until(lambda: place.icon_shows(RED), "the red icon")
    place.program.until(lambda: place.here.shown_by_dunst() == 1, "the notification")
    refused = place.program.command("token", "info", "--for", "imap")
    assert (refused.returncode, refused.stdout) == (3, ""), refused.stderr + place.program.log
    assert "info@office.example" in refused.stderr or "nmeld" in refused.stderr
    place.here.press("Anmelden")
    place.program.until(lambda: place.state() == "ok", "the sign-in")
    assert any(seen.endpoint == "authorize" for seen in place.world.provider.requests[before:])
    place.program.until(lambda: place.icon_shows(GREEN), "the green icon")


def test_3_quit_in_the_menu_ends_it_and_takes_api_json_away(place: Place) -> None:
    place.here.click(*place.icon_middle(), button=3)
    time.sleep(2)
    place.here.keys("Up", "Return")
    assert place.program.process
    assert place.program.process.wait(15) == 0
    assert not Path(place.program.places.api_file).exists()
    place.program.process = None
