"""The icon is seen in a real tray, its menu works, and where there is no tray the program is told and goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, Queue

import pytest

from tests.rigs.desktop import ROOT, Desktop, desktop, wait_until

pytestmark = pytest.mark.needs("desktop")

COLOURS = {"ok": (26, 143, 60), "sign_in_required": (211, 32, 47), "expiring": (255, 176, 0)}


class Program:
    """Our icon in a process of its own, as pystray wants the main thread."""

    def __init__(self, process: subprocess.Popen[str], here: Desktop) -> None:
        self.process = process
        self.here = here
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.strip())

    def tell(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self, seconds: float = 10) -> str:
        try:
            return self._lines.get(timeout=seconds)
        except Empty:
            raise TimeoutError("the program says nothing") from None

    def hears_nothing(self) -> bool:
        return self._lines.empty()

    def middle(self) -> tuple[int, int]:
        left, top, right, bottom = self.here.icon_box(self.process.pid)
        return (left + right) // 2, (top + bottom) // 2

    def looks(self, state: str) -> bool:
        """The state's colour is in the icon's place on the screen."""
        return self.has(COLOURS[state]) > 40

    def has(self, wanted: tuple[int, int, int]) -> int:
        """So many pixels of about that colour are in the icon's place on the screen."""
        shot = self.here.screenshot().crop(self.here.icon_box(self.process.pid))
        pixels = [shot.getpixel((x, y)) for x in range(shot.width) for y in range(shot.height)]
        near = [
            p for p in pixels if isinstance(p, tuple) and all(abs(a - b) < 12 for a, b in zip(p, wanted, strict=True))
        ]
        return len(near)

    def opens_menu(self) -> None:
        self.here.click(*self.middle(), button=3)
        time.sleep(0.4)  # GTK ignores keys until the menu is on the screen


@contextmanager
def program(here: Desktop) -> Iterator[Program]:
    command = [sys.executable, "-m", "tests.tray.icon_program"]
    with subprocess.Popen(
        command,
        env=here.env,
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield Program(process, here)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def here() -> Iterator[Desktop]:
    with desktop(notify="none") as running:
        yield running


def test_the_icon_shows_the_state_and_a_click_does_the_most_urgent_thing(here: Desktop) -> None:
    with program(here) as seen:
        seen.tell("ok")
        wait_until(lambda: seen.looks("ok"), "no green icon")
        seen.tell("sign_in_required")
        wait_until(lambda: seen.looks("sign_in_required"), "no red icon")
        here.click(*seen.middle())
        assert seen.hear() == "sign_in info"
        seen.tell("ok")
        wait_until(lambda: seen.looks("ok"), "not green again")
        here.click(*seen.middle())
        assert seen.hear() == "open_page"


def test_sign_in_and_quit_are_clicked_in_the_menu(here: Desktop) -> None:
    with program(here) as seen:
        seen.tell("expiring")
        wait_until(lambda: seen.looks("expiring"), "no amber icon")
        seen.opens_menu()
        here.keys("Down", "Return")
        assert seen.hear() == "sign_in info"
        seen.opens_menu()
        here.keys("Down", "Down", "Right", "Down", "Return")  # the account's own menu: its day, Sign in, Check now
        assert seen.hear() == "check info"
        seen.opens_menu()
        here.keys("Up", "Return")
        assert [seen.hear(), seen.hear()] == ["quit", "ended"]
        assert seen.process.wait(10) == 0


def test_stop_ends_it_cleanly_although_there_is_no_notification_daemon(here: Desktop) -> None:
    with program(here) as seen:
        seen.middle()
        seen.tell("stop")
        assert seen.hear() == "ended"
        assert seen.process.wait(10) == 0


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_the_programs_own_signal_handlers_work_while_the_icon_runs(here: Desktop, asked: signal.Signals) -> None:
    with program(here) as seen:
        seen.middle()
        seen.process.send_signal(asked)
        assert seen.hear() == "ended"
        assert seen.process.wait(10) == 0


def test_200_changes_in_10_seconds_under_an_open_menu_lose_nothing(here: Desktop) -> None:
    with program(here) as seen:
        seen.tell("ok")
        wait_until(lambda: seen.looks("ok"), "no green icon")
        seen.opens_menu()
        begun = time.monotonic()
        for number in range(200):
            seen.tell(("sign_in_required", "ok", "expiring", "consent_pending")[number % 4])
            time.sleep(max(0.0, begun + (number + 1) * 0.05 - time.monotonic()))
        seen.tell("expiring")
        here.keys("Down", "Return")  # the open menu is still the one that was opened, its first entry opens the page
        assert seen.hear() == "open_page"
        wait_until(lambda: seen.looks("expiring"), "the last one is not shown")
        here.click(*seen.middle())
        assert seen.hear() == "sign_in info"
        assert seen.hears_nothing()
        assert seen.process.poll() is None


def test_an_icon_survives_its_tray() -> None:
    with desktop(notify="none") as here, program(here) as seen:
        seen.tell("ok")
        wait_until(lambda: seen.looks("ok"), "no green icon")
        for state in ("expiring", "sign_in_required"):
            here.kill("trayer")
            seen.tell(state)
            here.start_tray()
            wait_until(lambda state=state: seen.looks(state), "not in the new tray")  # type: ignore[misc]
        here.click(*seen.middle())
        assert seen.hear() == "sign_in info"


def test_the_icons_edge_follows_the_desktops_colours() -> None:
    edges = {"dark": (244, 244, 244), "light": (43, 43, 43)}
    with desktop(notify="none") as here:
        here.start("portal", sys.executable, str(ROOT / "tests" / "rigs" / "fake_portal.py"), "1")
        wait_until(lambda: here.has_name("org.freedesktop.portal.Desktop"), "no portal")
        with program(here) as seen:
            seen.tell("expiring")
            wait_until(
                lambda: seen.looks("expiring") and seen.has(edges["dark"]) > seen.has(edges["light"]), "not for dark"
            )
            call = ("-d", "org.freedesktop.portal.Desktop", "-o", "/rig", "-m", "rig.Portal.Set")
            here.tool("gdbus", "call", "--session", *call, "2")
            wait_until(lambda: seen.has(edges["light"]) > seen.has(edges["dark"]), "not for light")


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        ("DISPLAY", "", "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ("DISPLAY", ":4711", "the display does not answer"),
        ("DBUS_SESSION_BUS_ADDRESS", "", "no D-Bus session bus"),
        ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", "the D-Bus session bus does not answer"),
        ("PYSTRAY_BACKEND", "nonsense", "pystray cannot be loaded: ImportError: unknown backend"),
    ],
)
def test_without_a_tray_the_program_is_told_why_and_does_not_hang(
    here: Desktop, variable: str, value: str, why: str
) -> None:
    env = {**here.env, variable: value}
    if variable == "DBUS_SESSION_BUS_ADDRESS" and not value:
        env["XDG_RUNTIME_DIR"] = "/nonexistent"
    command = [sys.executable, "-m", "tests.tray.icon_program"]
    done = subprocess.run(command, env=env, cwd=ROOT, input="", capture_output=True, text=True, timeout=20, check=False)
    assert done.stdout.splitlines()[0].startswith(f"tray_missing: {why}")
    assert done.stdout.splitlines()[1] == "ended"
    assert done.returncode == 0
