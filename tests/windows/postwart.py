"""How is Postwart used on the Windows PC? Its home is a folder that Linux sees too; its API is the same loopback."""

from __future__ import annotations

import shlex
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from tests.rigs.desktop import ROOT
from tests.windows.pc import WindowsPc, windows_path
from tray.api.client import ApiClient
from tray.paths import Places, places
from tray.runtime import ApiFile

PATIENCE = 60.0


class WindowsPostwart:
    """One home folder; the program in it is started, asked, and ended as Windows ends programs."""

    def __init__(self, pc: WindowsPc, home: Path) -> None:
        self.pc = pc
        self.home = home
        self.env = {"POSTWART_HOME": windows_path(home)}
        self.places: Places = places({"POSTWART_HOME": str(home)})
        self.process: subprocess.Popen[bytes] | None = None
        self._said: list[bytes] = []

    def start(self, *arguments: str) -> ApiClient:
        """`postwart run …`, until its API answers."""
        before = self._api_file()  # one that was killed has left its file behind
        self.process = self.pc.starts("-m", "tray", "run", *arguments, env=self.env)
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        self.until(lambda: self._api_file() not in {before, b""}, "api.json")
        return self.api

    def _api_file(self) -> bytes:
        file = self.places.api_file
        return file.read_bytes() if file.exists() else b""

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout
        for line in process.stdout:
            self._said.append(line)

    @property
    def output(self) -> str:
        return b"".join(self._said).decode("utf-8", "replace")

    @property
    def log(self) -> str:
        file = self.places.logs / "postwart.log"
        return file.read_text("utf-8") if file.exists() else ""

    @property
    def api(self) -> ApiClient:
        """By api.json, as any program finds it."""
        return ApiClient(self._api())

    def _api(self) -> ApiFile:
        return msgspec.json.decode(self._api_file(), type=ApiFile)

    def command(self, *arguments: str, seconds: float = 90) -> subprocess.CompletedProcess[str]:
        """Another `postwart …` of the same user."""
        return self.pc.python("-m", "tray", *arguments, seconds=seconds, env=self.env)

    def state(self, account: str) -> str:
        accounts = self.api.get("status")["accounts"]
        return str(next(each["health"]["state"] for each in accounts if each["id"] == account))

    def until(self, met: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process is None or self.process.poll() is None, f"Postwart has ended:\n{self.output}{self.log}"
            if found := met():
                return found
            time.sleep(0.1)
        raise TimeoutError(f"{what} did not come within {seconds:.0f} s\n{self.output}{self.log}")

    def raw(self, message: int) -> bytes:
        """A fetched message as a main app takes it over."""
        api = self._api()
        request = urllib.request.Request(
            f"{api.url}/v1/messages/{message}/raw", headers={"Authorization": f"Bearer {api.secret}"}
        )
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as response:
            content: bytes = response.read()
        return content

    def loses_power(self) -> None:
        """And with it all of Windows."""
        self.pc.loses_power()
        self.process = None

    def has_ended(self, seconds: float = 30) -> int:
        """Its exit status; api.json has to be gone with it."""
        assert self.process
        status = self.process.wait(seconds)
        self.process = None
        assert not self.places.api_file.exists(), self.log
        return status


def signs_in_as(pc: WindowsPc, folder: Path, ca_file: Path, address: str) -> None:
    """Whatever Windows is asked to open is opened by a robot who signs in as that person."""
    script = folder / "browser.sh"
    robot = shlex.join([sys.executable, "-m", "tests.rigs.robot_browser", str(ca_file), address])
    script.write_text(f'#!/bin/sh\ncd {shlex.quote(str(ROOT))} && exec {robot} "$1" >>"$0.log" 2>&1\n', "utf-8")
    script.chmod(0o755)
    pc.opens_links_with(str(script))
