"""How does a test run Postwart as its users do? The real program in a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.rigs.desktop import ROOT
from tray.api.client import ApiClient
from tray.paths import Places, places

PATIENCE = 60.0


class Postwart:
    """One home folder; the program in it is started, asked, stopped and killed."""

    def __init__(self, home: Path, env: Mapping[str, str]) -> None:
        self.home = home
        self.env: dict[str, str] = {**env, "POSTWART_HOME": str(home)}
        self.places: Places = places({"POSTWART_HOME": str(home)})
        self.process: subprocess.Popen[bytes] | None = None
        self._outputs = home / "outputs"
        self._direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def start(self, *arguments: str) -> ApiClient:
        """`postwart run …`, until its API answers."""
        self._outputs.mkdir(parents=True, exist_ok=True)
        with (self._outputs / f"{time.time_ns()}.txt").open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tray", "run", *arguments],
                env=self.env,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.until(self._answers, "api.json")
        return self.api

    def _answers(self) -> bool:
        """An earlier one that was killed has left its file behind."""
        file = self.places.api_file
        return file.exists() and json.loads(file.read_text("ascii"))["pid"] == self.pid

    @property
    def api(self) -> ApiClient:
        client = ApiClient.discover(self.places)
        assert client, self.output
        return client

    def raw(self, message: int) -> bytes:
        """A fetched message as a main app takes it over."""
        api = json.loads(self.places.api_file.read_text("ascii"))
        request = urllib.request.Request(
            f"{api['url']}/v1/messages/{message}/raw", headers={"Authorization": f"Bearer {api['secret']}"}
        )
        with self._direct.open(request, timeout=30) as response:
            content: bytes = response.read()
        return content

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    @property
    def output(self) -> str:
        """All that it has printed, at every start."""
        return "".join(file.read_text("utf-8", "replace") for file in sorted(self._outputs.iterdir()))

    @property
    def log(self) -> str:
        file = self.places.logs / "postwart.log"
        return file.read_text("utf-8") if file.exists() else ""

    def command(self, *arguments: str, timeout: float = 60, check: bool = False) -> subprocess.CompletedProcess[str]:
        """Another `postwart …` of the same user."""
        return subprocess.run(
            [sys.executable, "-m", "tray", *arguments],
            env=self.env,
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=check,
        )

    def health(self, account: str) -> dict[str, Any]:
        accounts = self.api.get("status")["accounts"]
        health: dict[str, Any] = next(each["health"] for each in accounts if each["id"] == account)
        return health

    def until(self, met: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process is None or self.process.poll() is None, f"Postwart has ended:\n{self.output}"
            if found := met():
                return found
            time.sleep(0.05)
        raise TimeoutError(f"{what} did not come within {seconds:.0f} s\n{self.output}")

    def stop(self) -> int:
        """Ends it as the user would; the exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.terminate()
        status = self.process.wait(15)
        self.process = None
        return status

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process
        self.process.kill()
        self.process.wait()
        self.process = None


@contextmanager
def postwart(home: Path, env: Mapping[str, str]) -> Iterator[Postwart]:
    program = Postwart(home, env)
    try:
        yield program
    finally:
        if program.process and program.process.poll() is None:
            program.kill()
