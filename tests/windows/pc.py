"""How does Linux have a Windows PC? By a folder with a Windows Python and a Wine of its own, and a screen for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from PIL import Image

from tests.rigs.desktop import Desktop, desktop
from tests.windows.build import ROOT, build, prepare_wine

_LINUX_ONLY = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "BROWSER", "PYTHONUTF8", "XDG_RUNTIME_DIR", "PYSTRAY_BACKEND")


class WindowsPc:
    """`env` is Wine's environment; Windows' programs get it too, as Windows' own."""

    def __init__(self, folder: Path, screen: Desktop) -> None:
        self.folder = folder
        self.screen = screen
        self.env = {name: value for name, value in screen.env.items() if name not in _LINUX_ONLY} | {
            "HOME": str(folder / "home"),  # Wine puts things there, and not everybody's may be written to
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",  # no offers to install more
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def python(
        self, *arguments: str, seconds: float = 120, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Windows' Python, to its end."""
        return self.run(str(self.folder / "python" / "python.exe"), *arguments, seconds=seconds, env=env)

    def run(
        self, *command: str, seconds: float = 60, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Any program of Windows. Its streams are pipes: Python does not start in Wine with a file as one."""
        return subprocess.run(
            ["wine", *command],
            cwd=ROOT,
            env={**self.env, **(env or {})},
            input="",
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )

    def starts(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Windows' Python, left running."""
        return subprocess.Popen(
            ["wine", str(self.folder / "python" / "python.exe"), *arguments],
            cwd=ROOT,
            env={**self.env, **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def passes_on(self, *arguments: str) -> tuple[int, str]:
        """Windows' Python with what it says passed on as it comes; its exit status, and all that it said."""
        said: list[str] = []
        with self.starts(*arguments) as process:
            assert process.stdin
            assert process.stdout
            process.stdin.close()
            for line in process.stdout:
                said.append(line.decode("utf-8", "replace").replace("\r", ""))
                sys.stdout.write(said[-1])
                sys.stdout.flush()
        return process.returncode, "".join(said)

    def tray_shows(self, colour: tuple[int, int, int]) -> bool:
        """That colour is in the taskbar's corner, which is a window of its own in Wine."""
        place = self._tray()
        if place is None:
            return False
        x, y, width, height = place
        shot = self.screen.screenshot().crop((x, y, x + width, y + height))
        near = sum(all(abs(a - b) < 24 for a, b in zip(pixel, colour, strict=True)) for pixel in _pixels(shot))
        return near > 20

    def opens_menu(self) -> None:
        """With the right button on the first icon."""
        place = self._tray()
        assert place, "there is no taskbar"
        self.screen.click(place[0] + 10, place[1] + 10, button=3)
        time.sleep(0.8)

    def _tray(self) -> tuple[int, int, int, int] | None:
        """Left, top, width, height."""
        found = self.screen.tool("xdotool", "search", "--name", "Wine System Tray", check=False).split()
        for window in found[:1]:
            lines = self.screen.tool("xdotool", "getwindowgeometry", "--shell", window, check=False).split()
            of = {name: int(value) for name, _, value in (line.partition("=") for line in lines) if value}
            return of["X"], of["Y"], of["WIDTH"], of["HEIGHT"]
        return None

    def ends_session(self) -> None:
        """As logging off does: every window is asked, then told."""
        self.run("wineboot", "--end-session")

    def opens_links_with(self, program: str) -> None:
        """Instead of this machine's browser. `program`: a path, or a name in PATH."""
        set_to = self.run("reg", "add", r"HKCU\Software\Wine\WineBrowser", "/v", "Browsers", "/d", program, "/f")
        assert set_to.returncode == 0, set_to.stdout + set_to.stderr

    def loses_power(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.env, check=False, timeout=30)


def _pixels(shot: Image.Image) -> list[tuple[int, ...]]:
    flat = shot.tobytes()
    return [tuple(flat[at : at + 3]) for at in range(0, len(flat), 3)]


def windows_path(path: Path) -> str:
    """Linux' root is drive Z."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def place() -> Path:
    """Where the rig is kept between runs."""
    return Path(os.environ.get("POSTWART_WINDOWS") or ROOT / ".windows")


@contextmanager
def windows_pc() -> Iterator[WindowsPc]:
    """Built where it is not there yet (about a minute). Raises NoWindowsError."""
    folder = place()
    (folder / "home").mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "in use"), desktop(tray=False, notify="none", screen="1280x800") as screen:
        build(folder)
        pc = WindowsPc(folder, screen)
        pc.loses_power()  # a run that was broken off leaves a Windows without a screen behind
        prepare_wine(folder, pc.env)
        pc.opens_links_with("true")
        try:
            yield pc
        finally:
            pc.loses_power()
