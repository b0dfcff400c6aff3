"""Where do tray icon, notifications and keyring live in a test? On a whole desktop of their own, in one folder.

Xvfb, a session bus that starts nothing by itself (so that "no daemon" can be tested), trayer as the tray's host, dunst
or a fake as the notification daemon, gnome-keyring unlocked. Nothing of it meets the desktop of whoever runs the tests.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from PIL import Image

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""

# dunst shows no buttons; its context menu is a program that is given "#label (summary) [id,key]" lines and picks one
_PICK = """#!/bin/sh
grep -m1 -F "#$(cat "{press}") ("
"""

_DUNST = """[global]
monitor = 0
width = 420
origin = top-left
offset = 20x20
font = DejaVu Sans 11
format = "<b>%s</b>\\n%b"
markup = full
idle_threshold = 0
dmenu = {pick}
mouse_left_click = do_action, close_current
mouse_middle_click = context
mouse_right_click = close_current
"""


def wait_until(met: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Waits until `met()` is true and returns it."""
    deadline = time.monotonic() + seconds
    while not (answer := met()):
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.02)
    return answer


@dataclass
class Desktop:
    """`env` is the whole environment for programs that are to live here."""

    folder: Path
    env: dict[str, str]
    notify: str
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    # the person

    def click(self, x: int, y: int, button: int = 1) -> None:
        """1 left, 2 middle, 3 right."""
        self.tool("xdotool", "mousemove", str(x), str(y), "sleep", "0.1", "click", str(button))

    def keys(self, *names: str) -> None:
        self.tool("xdotool", "key", "--delay", "60", *names)

    def press(self, label: str) -> None:
        """That button of the newest notification; `default` is its body."""
        if self.notify == "fake":
            path, method = ("-d", "org.freedesktop.Notifications", "-o", "/rig"), ("-m", "rig.Desk.Press", label)
            wait_until(lambda: "true" in self.tool("gdbus", "call", "--session", *path, *method), f"no button {label}")
        elif label == "default":
            self.tool("dunstctl", "action")
        else:
            (self.folder / "press").write_text(label, "utf-8")
            self.tool("dunstctl", "context")

    def dismiss(self) -> None:
        path = ("-d", "org.freedesktop.Notifications", "-o", "/rig", "-m", "rig.Desk.Dismiss")
        wait_until(lambda: "true" in self.tool("gdbus", "call", "--session", *path), "nothing to dismiss")

    # what there is to see

    def screenshot(self, file: Path | None = None) -> Image.Image:
        file = file or self.folder / "screen.png"
        self.tool("import", "-window", "root", str(file))
        with Image.open(file) as shot:
            return shot.convert("RGB")

    def icon_box(self, pid: int) -> tuple[int, int, int, int]:
        """Where that process's tray icon is: left, top, right, bottom."""
        return wait_until(lambda: self._icon_box(pid), f"no tray icon of process {pid}")  # type: ignore[no-any-return]

    def _icon_box(self, pid: int) -> tuple[int, int, int, int] | None:
        for window in self.tool("xdotool", "search", "--pid", str(pid), check=False).split():
            lines = self.tool("xdotool", "getwindowgeometry", "--shell", window, check=False).split()
            place = {name: int(value) for name, _, value in (line.partition("=") for line in lines) if value}
            if 10 < place.get("WIDTH", 0) < 100 and place["X"] > 0:
                return place["X"], place["Y"], place["X"] + place["WIDTH"], place["Y"] + place["HEIGHT"]
        return None

    def notifications(self, event: str = "notify") -> list[dict[str, Any]]:
        """What the fake daemon was asked to do."""
        record = self.folder / "notifications.jsonl"
        lines = record.read_text("utf-8").splitlines() if record.exists() else []
        return [entry for entry in map(json.loads, lines) if entry["event"] == event]

    def shown_by_dunst(self) -> int:
        """How many notifications are on the screen."""
        return int(self.tool("dunstctl", "count", "displayed") or 0)

    # the machinery

    def tool(self, *command: str, check: bool = True) -> str:
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=30, check=False)
        if check and done.returncode:
            raise RuntimeError(f"{command}: {done.stderr}")
        return done.stdout

    def has_name(self, name: str) -> bool:
        call = ("gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m")
        return "true" in self.tool(*call, "org.freedesktop.DBus.NameHasOwner", name, check=False)

    def start(self, name: str, *command: str, stdin: bytes = b"") -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.env, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=ROOT, start_new_session=True
            )
        if process.stdin:
            process.stdin.write(stdin)
            process.stdin.close()
        self._processes[name] = process
        return process

    def end(self, name: str) -> None:
        """Stops one of the desktop's programs: trayer, dunst, …"""
        process = self._processes.pop(name)
        process.terminate()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self, name: str) -> None:
        """It crashes."""
        process = self._processes.pop(name)
        process.kill()
        process.wait()

    def end_all(self) -> None:
        for name in reversed(list(self._processes)):
            self.end(name)

    def explain(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Where a test fails, what the desktop's programs said goes with it."""
        for log in sorted(self.folder.glob("*.log")) if error else ():
            if error and (text := log.read_text("utf-8", "replace").strip()):
                error.add_note(f"{log.name}: {text[-2000:]}")

    def start_tray(self) -> None:
        place = ("--edge", "top", "--align", "right", "--widthtype", "request", "--monitor", "0")
        self.start("trayer", "trayer", *place, "--heighttype", "pixel", "--height", "32", "--SetDockType", "false")
        wait_until(lambda: self.tool("xdotool", "search", "--name", "^panel$", check=False), "no trayer")

    def start_notify(self) -> None:
        if self.notify == "fake":
            daemon = ROOT / "tests" / "rigs" / "fake_notifyd.py"
            self.start("fake", sys.executable, str(daemon), str(self.folder / "notifications.jsonl"))
        else:
            pick, config = self.folder / "pick", self.folder / "dunstrc"
            pick.write_text(_PICK.format(press=self.folder / "press"), "utf-8")
            pick.chmod(0o755)
            config.write_text(_DUNST.format(pick=pick), "utf-8")
            self.start("dunst", "dunst", "-config", str(config))
        wait_until(lambda: self.has_name("org.freedesktop.Notifications"), "no notification daemon")

    def start_keyring(self) -> None:
        (self.folder / "data" / "keyrings").mkdir(parents=True, exist_ok=True)
        command = ("gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground")
        self.start("keyring", *command, stdin=b"\n")  # an empty line is the password
        wait_until(lambda: self.has_name("org.freedesktop.secrets"), "no keyring")

    def keep_keyring(self) -> None:
        """Starts it again where it is gone: gnome-keyring crashes now and then when its caller is killed."""
        if not self.has_name("org.freedesktop.secrets"):
            self.end("keyring")
            self.start_keyring()

    def start_screen(self, size: str) -> None:
        """On a display number of our own: of two servers that look for a free one, the one that ends takes the other's
        socket along.
        """
        for _ in range(10):
            reading, writing = os.pipe()
            display = f":{random.randrange(1_000, 60_000)}"
            command = ["Xvfb", display, "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
            command.append("-noreset")  # else it begins anew, turning programs away, once its last client has left
            with (self.folder / "xvfb.log").open("ab") as log:
                server = subprocess.Popen(
                    command, env=self.env, stdout=log, stderr=log, pass_fds=[writing], start_new_session=True
                )
            os.close(writing)
            with os.fdopen(reading) as answer:
                ready = answer.readline().strip()
            if ready:
                self._processes["xvfb"] = server
                self.env["DISPLAY"] = f":{ready}"
                return
            server.wait()
        raise RuntimeError("no display is free")

    def start_bus(self) -> None:
        config = self.folder / "bus.conf"
        config.write_text(_BUS.format(socket=self.folder / "bus"), "utf-8")
        self.start("bus", "dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--nosyslog")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.folder / 'bus'}"
        wait_until(lambda: self.has_name("org.freedesktop.DBus"), "no session bus")


def _environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    foreign = {"WAYLAND_DISPLAY", "DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND"}
    env = {name: value for name, value in os.environ.items() if name not in foreign}
    for name in ("config", "cache", "data"):
        (folder / name).mkdir()
        env[f"XDG_{name.upper()}_HOME"] = str(folder / name)
    env |= {"XDG_RUNTIME_DIR": str(folder), "NO_AT_BRIDGE": "1", "GTK_A11Y": "none", "PYTHONPATH": str(ROOT)}
    return {**env, "PYSTRAY_BACKEND": "gtk", **more}


@contextmanager
def desktop(
    *,
    tray: bool = True,
    notify: Literal["dunst", "fake", "none"] = "fake",
    keyring: bool = False,
    screen: str = "1024x700",
    **env: str,
) -> Iterator[Desktop]:
    """A running desktop; an empty `screen` is a session without one. `env` is added to its environment."""
    folder = Path(tempfile.mkdtemp(prefix="pw", dir="/tmp"))  # short: a socket's path holds 107 characters
    with ExitStack() as running:
        running.callback(shutil.rmtree, folder, ignore_errors=True)
        here = Desktop(folder, _environment(folder, env), notify)
        running.callback(here.end_all)
        running.push(here.explain)
        if screen:
            here.start_screen(screen)
        here.start_bus()
        if keyring:
            here.start_keyring()
        if notify != "none":
            here.start_notify()
        if tray and screen:
            here.start_tray()
        yield here
