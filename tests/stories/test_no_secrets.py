"""After a whole run no secret stands anywhere in clear: not in files, logs, outputs, answers or process lists."""

from __future__ import annotations

import base64
import json
import logging
import subprocess
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from auth.sandbox.certificate import issue
from auth.sandbox.provider import SandboxProvider
from auth.sandbox.web import Request, Response
from mail.sandbox.post_office import SandboxPostOffice
from tests.rigs import robot_browser
from tests.rigs.desktop import desktop
from tests.rigs.postwart import Postwart, postwart
from tray import config_file
from tray.api.client import ApiRefused
from tray.api.keys import Keys

pytestmark = [pytest.mark.needs("desktop"), pytest.mark.timeout(120)]

ADDRESS = "info@office.example"
SENT = ("code", "code_verifier", "refresh_token", "state")
ANSWERED = ("access_token", "refresh_token", "id_token")
WINDOW = 24  # characters of a long secret that would give it away


class Watched(SandboxProvider):
    """Remembers every secret that goes over the line."""

    def __init__(self, folder: Path) -> None:
        self.secrets: dict[str, str] = {}
        super().__init__(folder)

    def _answer(self, request: Request) -> Response:
        response = super()._answer(request)
        asked = {**request.query, **request.form}
        self.secrets |= {value: name for name in SENT if (value := asked.get(name, ""))}
        if "json" in response.kind:
            said = json.loads(response.body)
            self.secrets |= {said[name]: name for name in ANSWERED if isinstance(said, dict) and said.get(name)}
        return response


@dataclass
class Run:
    provider: Watched
    program: Postwart
    answers: list[str] = field(default_factory=list)
    command_lines: set[str] = field(default_factory=set)
    api_secrets: set[str] = field(default_factory=set)

    def asks(self, method: str, *path: str, **more: Any) -> Any:
        answer = self.program.api.call(method, path, **more)
        self.answers.append(json.dumps(answer))
        return answer

    def types(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = self.program.command(*arguments)
        self.answers += [done.stdout if arguments[0] != "token" else "", done.stderr]
        return done

    def secrets(self) -> dict[bytes, str]:
        """Each in all the spellings that would give it away → what it is."""
        found: dict[bytes, str] = {}
        named = {**self.provider.secrets, **dict.fromkeys(self.api_secrets, "the API's secret")}
        for secret, name in named.items():
            sasl = base64.b64encode(f"user={ADDRESS}\x01auth=Bearer {secret}\x01\x01".encode()).decode()
            for spelling in {secret, quote(secret), base64.b64encode(secret.encode()).decode().rstrip("="), sasl}:
                found[spelling.encode()] = name
            if len(secret) > 3 * WINDOW:  # the end of a token is its own; the beginning is all tokens' alike
                found[secret[-WINDOW:].encode()] = f"the end of {name}"
        return found


def watch_processes(run: Run, stop: threading.Event) -> None:
    while not stop.wait(0.05):
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                run.command_lines.add(file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
            except OSError:
                continue  # it has ended


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A day in the life: sign-in, checks, mail in and out, tokens, refusals, wrong keys, a restart."""
    folder = tmp_path_factory.mktemp("secrets")
    with Watched(folder / "idp") as provider:
        certificate = issue(provider.ca, ["localhost", "127.0.0.1"], folder / "post")
        with (
            SandboxPostOffice(folder, (certificate.file, certificate.key_file), provider.owner_of) as post,
            desktop(
                keyring=True,
                tray=False,
                notify="fake",
                screen="",
                BROWSER=robot_browser.command(provider.ca_file, ADDRESS),
            ) as here,
            postwart(folder / "home", here.env) as program,
        ):
            provider.add_person(ADDRESS, mfa=True)
            post.deliver(ADDRESS, b"Subject: one\r\n\r\nbody\r\n")
            program.home.mkdir()
            config_file.add_account(program.places.config_file, _account(provider, post))
            done, stop = Run(provider, program), threading.Event()
            watcher = threading.Thread(target=watch_processes, args=(done, stop))
            watcher.start()
            try:
                _live(done, post)
            finally:
                stop.set()
                watcher.join()
            yield done


def _account(provider: SandboxProvider, post: SandboxPostOffice) -> dict[str, Any]:
    servers = {
        server.protocol.value: {"host": server.host, "port": server.port, "security": server.security.value}
        for server in (post.imap, post.smtp)
    }
    return {
        "id": "info",
        "address": ADDRESS,
        "preset": "microsoft365",
        "client_id": provider.client_id,
        "authority": provider.authority,
        "ca_file": str(provider.ca_file),
        "receive": "imap",
        **servers,
    }


def _live(run: Run, post: SandboxPostOffice) -> None:
    for _ in range(2):
        run.program.start("--no-tray")
        run.api_secrets.add(json.loads(run.program.places.api_file.read_text())["secret"])
        assert run.types("sign-in", "info").returncode == 0
        assert run.asks("POST", "accounts", "info", "check")["state"] == "ok"
        run.asks("POST", "accounts", "info", "fetch")
        run.asks("GET", "messages")
        run.asks("GET", "status")
        run.asks("GET", "accounts")
        assert run.types("token", "info").stdout.strip() in run.provider.secrets
        assert run.types("test-mail", "info").returncode == 0
        run.asks("GET", "outbox")
        post.refuse(ADDRESS, "imap", "token_refused")
        run.asks("POST", "accounts", "info", "check")
        post.clear_faults()
        run.provider.fail_next(500)
        run.asks("POST", "accounts", "info", "check")
        run.provider.revoke(ADDRESS)
        run.asks("POST", "accounts", "info", "check")
        with pytest.raises(ApiRefused):
            run.program.api.get("accounts", "info", "token")
        run.asks("GET", "accounts", "info", "journal")
        run.asks("GET", "accounts", "info", "sign-in")
        run.types("status")
        run.program.stop()


def found_in(content: bytes, secrets: dict[bytes, str]) -> list[str]:
    return sorted({name for secret, name in secrets.items() if secret in content})


def places(run: Run) -> Iterable[tuple[str, bytes]]:
    for file in run.program.home.rglob("*"):
        if file.is_file():
            yield file.name, file.read_bytes()
    yield "answers", "\n".join(run.answers).encode()


def test_the_search_finds_what_is_there(run: Run) -> None:
    secrets = run.secrets()
    kinds = set(run.provider.secrets.values())
    assert kinds >= {"access_token", "refresh_token", "id_token", "code", "code_verifier", "state"}
    assert len(run.api_secrets) == 2
    for secret in (*run.provider.secrets, *run.api_secrets):
        assert found_in(b"log: " + secret.encode() + b"!", secrets)
    assert len(run.program.log) > 100


def test_no_secret_stands_in_any_file_output_or_answer(run: Run) -> None:
    secrets = run.secrets()
    assert {name: found for name, content in places(run) if (found := found_in(content, secrets))} == {}


def test_no_secret_stands_in_a_process_list(run: Run) -> None:
    """The state of a sign-in does: it is in the URL that the browser opens, and worth nothing without the verifier."""
    secrets = {secret: name for secret, name in run.secrets().items() if name != "state"}
    assert any("tray run" in line for line in run.command_lines)
    assert {line for line in run.command_lines if found_in(line.encode(), secrets)} == set()


def test_a_secret_does_not_show_where_an_object_is_printed() -> None:
    keys = Keys()
    logging.getLogger(__name__).info("%r", keys)
    assert keys.secret not in repr(keys)
